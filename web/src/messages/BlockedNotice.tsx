import type { User } from '@dialog/shared/users';
import { Ban } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../people/usePeople.ts';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import styles from './PostingNotice.module.css';

/** In place of the composer where one has blocked the other person. */
export function BlockedNotice({ user }: { readonly user: User }): ReactNode {
  const { t } = useTranslation('messages');
  const people = usePeople();
  const { act, isBusy, error } = useAct();
  return (
    <div className={styles['closed']}>
      <Ban aria-hidden="true" />
      <span>{t('youBlocked', { name: user.displayName })}</span>
      <Button
        size="s"
        isBusy={isBusy}
        disabled={!people}
        onClick={() => void act(async () => people?.unblock(user.id))}
      >
        {t('unblock')}
      </Button>
      <Failure text={error} />
    </div>
  );
}
