import type { User } from '@dialog/shared/users';
import type { ReactNode } from 'react';
import { dotOf } from '../chats/dotOf.ts';
import { usePresence } from '../chats/useChats.ts';
import { usePresenceLine } from '../chats/usePresenceLine.ts';
import { Avatar } from '../ui/Avatar.tsx';
import styles from './People.module.css';

interface PersonRowProps {
  readonly user: User;
  readonly isPresenceShown?: boolean;
  /** What there is to do. */
  readonly children?: ReactNode;
}

/** Somebody, and what there is to do about them. */
export function PersonRow({ user, isPresenceShown = false, children }: PersonRowProps): ReactNode {
  const presence = usePresence(isPresenceShown ? user.id : undefined);
  const presenceText = usePresenceLine(presence);
  return (
    <li className={styles['person']}>
      <Avatar name={user.displayName} id={user.id} size={42} dot={dotOf(presence)} />
      <span className={styles['names']}>
        <span className={styles['name']}>
          <bdi>{user.displayName}</bdi>
        </span>
        <span className={styles['under']}>{presenceText ?? <bdi dir="ltr">@{user.userName}</bdi>}</span>
      </span>
      <span className={styles['acts']}>{children}</span>
    </li>
  );
}
