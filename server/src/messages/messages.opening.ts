import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { Tx } from '../platform/database.ts';
import { toMessage, type StoredMessage } from './messages.stored.ts';

/** Rows as messages that travel, to this person; to nobody where only what was said is asked for. */
export type OpenMessages = (tx: Tx, stored: readonly StoredMessage[], viewer?: UserId) => Promise<Message[]>;

/**
 * Opens rows with the keys at hand. What does not open may be newer than its key: the chat was cleared on another node a
 * moment ago. Then the key that is stored now is asked for, and that is the last word.
 */
export function createOpening(keys: Pick<ChatKeys, 'ofMany' | 'stored'>): OpenMessages {
  return async (tx, stored, viewer) => {
    const atHand = await keys.ofMany(tx, chatsOf(stored));
    const opened = stored.map((row) => toMessage(row, atHand.get(row.chatId), viewer));
    const closed = opened.filter(isClosed);
    if (closed.length === 0) return opened;
    const newest = await keys.stored(tx, chatsOf(closed));
    return stored.map((row, at) => {
      const message = opened[at];
      return message && !isClosed(message) ? message : toMessage(row, newest.get(row.chatId), viewer);
    });
  };
}

function isClosed({ content }: Message): boolean {
  return content.kind === 'unreadable';
}

function chatsOf(some: readonly { readonly chatId: ChatId }[]): ChatId[] {
  return [...new Set(some.map(({ chatId }) => chatId))];
}
