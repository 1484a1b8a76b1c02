import type { User } from '@dialog/shared/users';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { useAct } from '../platform/useAct.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Door, NoDoor } from '../ui/Door.tsx';
import styles from './People.module.css';
import type { People } from './people.ts';
import { useRelation } from './useRelations.ts';

interface AddPageProps {
  readonly code: string;
  readonly people: People;
  readonly onLeave: () => void;
}

/** Whom somebody's link leads to, and asking them. */
export function AddPage({ code, people, onLeave }: AddPageProps): ReactNode {
  const { t } = useTranslation('people');
  const { act, error } = useAct();
  const [user, setUser] = useState<User>();
  useEffect(() => {
    void act(async () => setUser(await people.lookUp(code)));
    // oxlint-disable-next-line react/exhaustive-deps -- once for each link
  }, [code, people]);
  if (user) return <PersonDoor user={user} code={code} people={people} onLeave={onLeave} />;
  return <NoDoor title={t('cannotAdd')} error={error} leaveLabel={t('toChats')} onLeave={onLeave} />;
}

function PersonDoor({ user, code, people, onLeave }: AddPageProps & { readonly user: User }): ReactNode {
  const { t } = useTranslation('people');
  const { me } = useChats();
  const { act, isBusy, error } = useAct();
  const relation = useRelation(user.id);
  const friendship = relation?.friendship ?? 'none';
  const isOwn = user.id === me;
  const canAsk = !isOwn && (friendship === 'none' || friendship === 'asks');
  return (
    <Door
      picture={<Avatar name={user.displayName} id={user.id} size={96} />}
      title={user.displayName}
      error={error}
      leaveLabel={t('toChats')}
      onLeave={onLeave}
    >
      <p className={styles['note']}>
        <bdi dir="ltr">@{user.userName}</bdi>
      </p>
      {canAsk ? (
        <>
          <Button
            kind="primary"
            isBusy={isBusy}
            onClick={() => void act(() => (friendship === 'asks' ? people.accept(user.id) : people.request({ code })))}
          >
            {t(friendship === 'asks' ? 'accept' : 'addFriend')}
          </Button>
          {friendship === 'none' && <p className={styles['note']}>{t('addHint')}</p>}
        </>
      ) : (
        <output className={styles['note']}>
          {t(isOwn ? 'ownLink' : friendship === 'friends' ? 'areFriends' : 'asked')}
        </output>
      )}
    </Door>
  );
}
