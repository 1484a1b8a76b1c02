import type { ChatSummary } from '@dialog/shared/chats';
import { clearedPositionOf } from '@dialog/shared/chats.clearing';
import type { ChatId } from '@dialog/shared/contract/values';
import type { ChatList, ListedChat } from './chats.store.ts';

/** Nothing of this chat stands to this person at or before the position. */
export function clearedIn({ chat, place }: ChatSummary): number {
  return clearedPositionOf(chat, place);
}

/** Of a summary that was put together of parts of different ages: none of them says what was cleared. */
export function withoutCleared(listed: ListedChat): ListedChat {
  const { summary } = listed;
  const cleared = clearedIn(summary);
  const { lastMessage, mentions, threadMentions } = summary;
  const isLastCleared = lastMessage !== null && lastMessage.position <= cleared;
  const heard = listed.heard.filter((position) => position > cleared);
  const called = mentions.filter((position) => position > cleared);
  const calledInThreads = threadMentions.filter(({ position }) => position > cleared);
  const areSame =
    heard.length === listed.heard.length &&
    called.length === mentions.length &&
    calledInThreads.length === threadMentions.length;
  if (!isLastCleared && areSame) return listed;
  const left = { mentions: called, threadMentions: calledInThreads, lastMessage: isLastCleared ? null : lastMessage };
  return { ...listed, heard, summary: { ...summary, ...left } };
}

/** The chats that were cleared further between two states of the list, and up to where. */
export function clearedBetween(before: ChatList, after: ChatList): readonly (readonly [ChatId, number])[] {
  return [...after.chats].flatMap(([chatId, listed]) => {
    const known = before.chats.get(chatId);
    if (!known || known === listed) return [];
    const position = clearedIn(listed.summary);
    return position > clearedIn(known.summary) ? [[chatId, position] as const] : [];
  });
}
