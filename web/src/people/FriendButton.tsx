import type { User } from '@dialog/shared/users';
import { Check, Hourglass, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { Button } from '../ui/Button.tsx';
import styles from './People.module.css';
import type { People } from './people.ts';
import { useRelation } from './useRelations.ts';
import { useRun } from './useRun.ts';

interface FriendButtonProps {
  readonly user: User;
  readonly people: People;
}

/** The next step towards being friends, or how it stands. */
export function FriendButton({ user, people }: FriendButtonProps): ReactNode {
  const { t } = useTranslation('people');
  const { me } = useChats();
  const relation = useRelation(user.id);
  const { run, isBusy } = useRun();
  const name = user.displayName;
  if (user.id === me) return null;
  if (relation?.isBlocked === true) {
    return (
      <Button
        size="s"
        isBusy={isBusy}
        aria-label={t('unblockOf', { name })}
        onClick={() => run(() => people.unblock(user.id))}
      >
        {t('unblock')}
      </Button>
    );
  }
  const friendship = relation?.friendship ?? 'none';
  if (friendship === 'friends' || friendship === 'asked') return <State isFriend={friendship === 'friends'} />;
  if (friendship === 'asks') {
    return (
      <Button
        size="s"
        kind="primary"
        icon={<Check size={16} />}
        isBusy={isBusy}
        aria-label={t('acceptOf', { name })}
        onClick={() => run(() => people.accept(user.id), t('nowFriends', { name }))}
      >
        {t('accept')}
      </Button>
    );
  }
  return (
    <Button
      size="s"
      kind="primary"
      icon={<UserPlus size={16} />}
      isBusy={isBusy}
      aria-label={t('addFriendOf', { name })}
      onClick={() => run(() => people.request({ userId: user.id }), t('askedNow', { name }))}
    >
      {t('addFriend')}
    </Button>
  );
}

function State({ isFriend }: { readonly isFriend: boolean }): ReactNode {
  const { t } = useTranslation('people');
  const Sign = isFriend ? Check : Hourglass;
  return (
    <span className={styles['state']}>
      <Sign size={16} aria-hidden="true" /> {t(isFriend ? 'areFriends' : 'asked')}
    </span>
  );
}
