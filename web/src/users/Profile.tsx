import type { User } from '@dialog/shared/users';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/Avatar.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Section.tsx';
import { toast } from '../ui/toast.ts';
import styles from './Profile.module.css';

/** Who one is to others. */
export function Profile({ user }: { readonly user: User }): ReactNode {
  const { t } = useTranslation('users');
  function copy(): void {
    navigator.clipboard.writeText(user.userName).then(
      () => toast(t('copied'), { kind: 'success' }),
      () => toast(t('copyFailed'), { kind: 'danger' }),
    );
  }
  return (
    <Section title={t('profile')} anchor="names">
      <div className={styles['profile']}>
        <Avatar name={user.displayName} id={user.id} size={64} />
        <div className={styles['names']}>
          <p className={styles['displayName']} dir="auto">
            {user.displayName}
          </p>
          <p className={styles['userName']}>
            <span className="visually-hidden">{t('userName')}</span>
            <span dir="ltr">{user.userName}</span>
            <IconButton size="s" label={t('copyUserName')} onClick={copy}>
              <Copy />
            </IconButton>
          </p>
        </div>
      </div>
    </Section>
  );
}
