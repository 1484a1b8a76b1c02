import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangePassword } from '../auth/ChangePassword.tsx';
import { Sessions } from '../auth/Sessions.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Section.tsx';
import { Select } from '../ui/Select.tsx';
import { Profile } from '../users/Profile.tsx';
import { useLanguageChoice, useThemeChoice } from './Appearance.tsx';
import styles from './Settings.module.css';
import shell from './Shell.module.css';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

export function Settings(): ReactNode {
  const { t } = useTranslation('app');
  const { router } = useApp();
  const { me, call } = useSession();
  return (
    <div className={styles['page']}>
      <header className={styles['bar']}>
        <IconButton label={t('back')} onClick={router.back}>
          <ArrowLeft className={styles['arrow']} />
        </IconButton>
        <h2 className={shell['barTitle']}>{t('settings')}</h2>
      </header>
      <div className={styles['scroll']}>
        <div className={styles['sections']}>
          <Profile user={me.user} />
          <Look />
          <ChangePassword call={call} userName={me.user.userName} />
          <Sessions call={call} />
        </div>
      </div>
    </div>
  );
}

function Look(): ReactNode {
  const { t } = useTranslation('app');
  return (
    <Section title={t('settingsLook')}>
      <div className={styles['pair']}>
        <Select label={t('language')} {...useLanguageChoice()} />
        <Select label={t('theme')} {...useThemeChoice()} />
      </div>
    </Section>
  );
}
