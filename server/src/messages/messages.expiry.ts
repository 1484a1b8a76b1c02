import type { ChatId } from '@dialog/shared/contract/values';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import type { MessageActs } from './messages.acts.ts';
import { EXPIRED } from './messages.content.ts';
import type { ExpiringMessage, ExpiryRepository } from './messages.expiry.repository.ts';
import type { MessageRepository } from './messages.repository.ts';

const SWEEP_EVERY_MS = 3_000;
const EXPIRED_AT_ONCE = 200;
/** What cannot be taken back now does not hold up what can. */
const POSTPONED_MS = 10 * 60_000;

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'changeChatAsServer'>;
  readonly acts: Pick<MessageActs, 'removeEach'>;
  readonly messages: Pick<MessageRepository, 'atPositions'>;
  readonly repository: ExpiryRepository;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/**
 * Takes back, as an act of the server's own, the messages whose time is over: their content goes as if somebody had
 * deleted them for everyone. Every node sweeps: under the chat's lock the second one finds nothing left to do.
 */
export function createExpiry({ db, chats, acts, messages, repository, now, onError }: Deps) {
  async function sweep(): Promise<void> {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- portion by portion is the bound
      const due = await repository.due(db, now(), EXPIRED_AT_ONCE);
      for (const [chatId, expiring] of Map.groupBy(due, (one) => one.chatId)) {
        // oxlint-disable-next-line no-await-in-loop -- one connection, whatever is due
        await expire(chatId, expiring).catch((error: unknown) => failed(expiring, error));
      }
      if (due.length < EXPIRED_AT_ONCE) return;
    }
  }

  async function expire(chatId: ChatId, expiring: readonly ExpiringMessage[]): Promise<void> {
    const positions = expiring.map(({ position }) => position);
    const [first] = await messages.atPositions(db, chatId, positions);
    if (!first) return repository.remove(db, expiring);
    await chats.changeChatAsServer({ chatId, actorId: first.senderId }, async (change) => {
      const standing = (await messages.atPositions(change.tx, chatId, positions)).filter(
        // What was cleared is removed by itself, and says nothing to anyone any more.
        ({ kind, position }) => kind !== 'deleted' && position > change.chat().clearedPosition,
      );
      if (standing.length > 0) await acts.removeEach(change, standing, EXPIRED);
      await repository.remove(change.tx, expiring);
    });
  }

  async function failed(expiring: readonly ExpiringMessage[], error: unknown): Promise<void> {
    if (error instanceof AppError && error.code === 'busy') throw error;
    // The chat is gone, and its messages with it.
    if (error instanceof AppError && error.code === 'chat-not-found') return repository.remove(db, expiring);
    onError(error);
    return repository.postpone(db, expiring, new Date(now().getTime() + POSTPONED_MS));
  }

  return {
    sweep,
    /** Answers how to stop. */
    start: (): (() => void) => repeat(sweep, { everyMs: SWEEP_EVERY_MS, onError }),
  };
}
