import type { UserId } from '@dialog/shared/contract/values';
import { createStore } from 'zustand/vanilla';

/** Whose card is open over the page. */
export const personCardStore = createStore<{ readonly userId: UserId | null }>(() => ({ userId: null }));

export function openPersonCard(userId: UserId): void {
  personCardStore.setState({ userId });
}

export function closePersonCard(): void {
  personCardStore.setState({ userId: null });
}
