import type { ChatId } from '@dialog/shared/contract/values';
import { createStore } from 'zustand/vanilla';

/** The group whose links somebody wants to give on, from where those are not at hand. */
export const wantedInvitesStore = createStore<{ readonly chatId: ChatId | null }>(() => ({ chatId: null }));

export function wantInvites(chatId: ChatId): void {
  wantedInvitesStore.setState({ chatId });
}

export function closeWantedInvites(): void {
  wantedInvitesStore.setState({ chatId: null });
}
