import type { UserId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Avatar } from '../../ui/Avatar.tsx';
import { hueOf } from '../../ui/initials.ts';
import { avatarUrl } from '../../users/avatarUrl.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useCalls } from '../useCalls.ts';
import styles from './TileFace.module.css';

/** The stylesheet makes it as large as its tile has room for; no picture need be larger. */
const LARGEST = 160;

/** Who has no camera on. */
export function Face({ participant: { userId, name } }: { readonly participant: Participant }): ReactNode {
  const { people } = useCalls().chats;
  const avatarId = useStore(people.store, (known) => known.get(userId)?.avatarId);
  return (
    <span className={styles['face']}>
      <Avatar name={name} id={userId} size={LARGEST} picture={avatarUrl({ avatarId }, LARGEST)} />
    </span>
  );
}

/** Each has a ground in the colour of their letters. */
export function hueClass(userId: UserId): string | undefined {
  return styles[`hue${hueOf(userId)}`];
}
