import type { User } from '@dialog/shared/users';
import { useStore } from 'zustand';
import { useSession } from './useSession.ts';

/** Who one is today: as the server last said, else as one signed in. */
export function useMe(): User {
  const { chats, me } = useSession();
  return useStore(chats.sync.store, ({ list }) => list.profile?.user ?? me.user);
}
