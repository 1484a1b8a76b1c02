import type { UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { ChangedRange, MessagePlace, ReadingRepository } from './messages.reading.repository.ts';
import { toMessage, type StoredMessage } from './messages.stored.ts';

interface Deps {
  readonly db: Database;
  readonly keys: Pick<ChatKeys, 'ofMany'>;
  readonly repository: ReadingRepository;
}

export type MessageReading = ReturnType<typeof createMessageReading>;

/** Messages for other features: opened, from any number of chats. */
export function createMessageReading({ db, keys, repository }: Deps) {
  async function opened(tx: Tx, stored: readonly StoredMessage[]): Promise<Message[]> {
    const chatKeys = await keys.ofMany(tx, [...new Set(stored.map(({ chatId }) => chatId))]);
    return stored.map((message) => toMessage(message, chatKeys.get(message.chatId)));
  }

  return {
    /** Of each chat at most `limit` messages, those first that changed first. */
    async changedIn(tx: Tx, ranges: readonly ChangedRange[], limit: number): Promise<Message[]> {
      return opened(tx, await repository.changedIn(tx, ranges, limit));
    },

    /** Those of these that the person may see at this moment (R11), in no particular order. */
    async visibleTo(userId: UserId, places: readonly MessagePlace[]): Promise<Message[]> {
      return opened(db, await repository.visibleTo(db, userId, places));
    },
  };
}
