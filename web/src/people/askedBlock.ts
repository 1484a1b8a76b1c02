import type { User } from '@dialog/shared/users';
import { createStore } from 'zustand/vanilla';

/** Whom one is asked about before they are blocked. It outlives the menu in which that was chosen. */
export const askedBlockStore = createStore<{ readonly user: User | null }>(() => ({ user: null }));

export function askToBlock(user: User): void {
  askedBlockStore.setState({ user });
}

export function closeAskedBlock(): void {
  askedBlockStore.setState({ user: null });
}
