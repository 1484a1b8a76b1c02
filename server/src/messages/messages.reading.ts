import type { UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { Database, Tx } from '../platform/database.ts';
import type { OpenMessages } from './messages.opening.ts';
import type { ChangedRange, MessagePlace, ReadingRepository, Tail } from './messages.reading.repository.ts';

interface Deps {
  readonly db: Database;
  readonly open: OpenMessages;
  readonly repository: ReadingRepository;
}

export type MessageReading = ReturnType<typeof createMessageReading>;

/** Messages for other features: opened, from any number of chats. */
export function createMessageReading({ db, open, repository }: Deps) {
  return {
    /** Of each chat at most `limit` messages that stand to anyone, those first that changed first. */
    async changedIn(tx: Tx, ranges: readonly ChangedRange[], limit: number): Promise<Message[]> {
      return open(tx, await repository.changedIn(tx, ranges, limit));
    },

    /** Of each place the newest things that people said, at most `limit`, in no particular order. */
    async newestIn(tx: Tx, tails: readonly Tail[], limit: number): Promise<Message[]> {
      return open(tx, await repository.newestIn(tx, tails, limit));
    },

    sendersAt: repository.sendersAt,

    hasReacted: repository.hasReacted,

    /** Those of these that the person may see at this moment (R11), in no particular order. */
    async visibleTo(userId: UserId, places: readonly MessagePlace[]): Promise<Message[]> {
      return open(db, await repository.visibleTo(db, userId, places), userId);
    },
  };
}
