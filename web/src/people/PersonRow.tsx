import type { User } from '@dialog/shared/users';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { dotOf } from '../chats/dotOf.ts';
import { useChats, usePresence } from '../chats/useChats.ts';
import { usePresenceLine } from '../chats/usePresenceLine.ts';
import { openPersonCard } from '../users/personCard.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';
import styles from './People.module.css';

interface PersonRowProps {
  readonly user: User;
  readonly isPresenceShown?: boolean;
  /** What there is to do. */
  readonly children?: ReactNode;
}

/** Somebody, who opens as a card, and what there is to do about them. */
export function PersonRow({ user: told, isPresenceShown = false, children }: PersonRowProps): ReactNode {
  const user = useNewest(told);
  const presence = usePresence(isPresenceShown ? user.id : undefined);
  const presenceText = usePresenceLine(presence);
  return (
    <li className={styles['person']}>
      <button type="button" className={styles['who']} onClick={() => openPersonCard(user.id)}>
        <PersonAvatar user={user} size={42} dot={dotOf(presence)} />
        <span className={styles['names']}>
          <span className={styles['name']}>
            <bdi>{user.displayName}</bdi>
          </span>
          <span className={styles['under']}>{presenceText ?? <bdi dir="ltr">@{user.userName}</bdi>}</span>
        </span>
      </button>
      <span className={styles['acts']}>{children}</span>
    </li>
  );
}

/** What was told with the relation, or what came since by another way. */
function useNewest(told: User): User {
  const known = useStore(useChats().sync.people.store, (people) => people.get(told.id));
  return known && (known.profileRevision ?? 0) > (told.profileRevision ?? 0) ? known : told;
}
