import type { UserId } from '@dialog/shared/contract/values';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { PersonAvatar } from '../users/PersonAvatar.tsx';
import { useChats } from './useChats.ts';

interface PersonFaceProps {
  readonly userId: UserId;
  /** Pixels. */
  readonly size: number;
  /** Whose letters stand there while nothing is known of them. */
  readonly name: string;
}

/** The picture of somebody of whom only the id is at hand. */
export function PersonFace({ userId, size, name }: PersonFaceProps): ReactNode {
  const { people } = useChats().sync;
  const user = useStore(people.store, (known) => known.get(userId));
  useEffect(() => people.want(userId), [people, userId]);
  return <PersonAvatar user={user ?? { id: userId, displayName: name }} size={size} />;
}
