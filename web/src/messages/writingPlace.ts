import type { ChatId } from '@dialog/shared/contract/values';

/** Where something is written: a conversation, or a thread in it. */
export type WritingPlace = string;

export function placeOf(chatId: ChatId, thread: number | null): WritingPlace {
  return thread === null ? chatId : `${chatId}/${thread}`;
}

export function isPlaceIn(place: WritingPlace, chatId: ChatId): boolean {
  return place === chatId || place.startsWith(`${chatId}/`);
}
