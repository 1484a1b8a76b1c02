import { ChatId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { Database, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { MessageActsRepository } from './messages.acts.repository.ts';
import type { MarkRepository } from './messages.marks.repository.ts';
import type { MessageRepository } from './messages.repository.ts';

interface Deps {
  readonly db: Database;
  readonly jobs: Pick<Jobs, 'add' | 'handle' | 'kick'>;
  readonly repository: Pick<MessageRepository, 'removeSome'>;
  readonly acts: Pick<MessageActsRepository, 'removeSomeOf'>;
  readonly marks: Pick<MarkRepository, 'removeSomeOf'>;
  /** Some of the pictures that messages up to a position show; 0 when none is left. */
  readonly removeSomePictures: (chatId: ChatId, until: number) => Promise<number>;
  /** On all nodes: what of the chat's key is at hand goes. */
  readonly forgetKey: (chatId: ChatId) => void;
  /** What was made of these texts goes as well: of those up to a position, or of all. Safe to run again. */
  readonly textsRemoved: (chatId: ChatId, until: number | undefined) => Promise<void>;
}

/** Without a position: of a chat that is gone. */
const REMOVE_TOPIC = 'messages.removeAll';
const Range = z.object({ chatId: ChatId, until: z.optional(z.int()) });
const REMOVE_MARKS_TOPIC = 'messages.removeMarks';
const OwnRange = z.object({ chatId: ChatId, userId: UserId, until: z.int() });

/** In one statement, each a commit of its own: nobody who posts waits for more than that. */
const REMOVED_AT_ONCE = 500;
/** Well within the time that one job has; what is left by then is for the next one. */
const AT_MOST_MS = 8_000;

export type MessageRemoval = ReturnType<typeof createMessageRemoval>;

/**
 * Removes the rows of what nobody is shown any more: of chats that are gone, and of what was cleared. That they are not
 * shown is decided before; here it is only made true of the tables, portion by portion, again after a crash.
 */
export function createMessageRemoval(deps: Deps) {
  const { db, jobs, repository, acts, marks, forgetKey, textsRemoved, removeSomePictures } = deps;

  /** False when the time was over first. */
  async function drained(...steps: readonly (() => Promise<number>)[]): Promise<boolean> {
    const end = performance.now() + AT_MOST_MS;
    for (const step of steps) {
      // oxlint-disable-next-line no-await-in-loop -- portion by portion is the bound
      while ((await step()) > 0) if (performance.now() > end) return false;
    }
    return true;
  }

  async function goOn(topic: string, payload: unknown): Promise<void> {
    await jobs.add(db, topic, payload);
    jobs.kick();
  }

  jobs.handle(REMOVE_TOPIC, async (payload) => {
    const { chatId, until } = z.parse(Range, payload);
    const range = { chatId, until: until ?? Number.MAX_SAFE_INTEGER, limit: REMOVED_AT_ONCE };
    forgetKey(chatId);
    const isDone = await drained(
      () => repository.removeSome(db, range),
      () => acts.removeSomeOf(db, range),
      () => removeSomePictures(chatId, range.until),
    );
    if (!isDone) return goOn(REMOVE_TOPIC, payload);
    await textsRemoved(chatId, until);
  });

  jobs.handle(REMOVE_MARKS_TOPIC, async (payload) => {
    const own = { ...z.parse(OwnRange, payload), limit: REMOVED_AT_ONCE };
    if (!(await drained(() => marks.removeSomeOf(db, own)))) await goOn(REMOVE_MARKS_TOPIC, payload);
  });

  return {
    chatRemoved: (tx: Tx, chatId: ChatId): Promise<void> => jobs.add(tx, REMOVE_TOPIC, { chatId }),

    /** Up to this position, for everyone. */
    cleared: (tx: Tx, chatId: ChatId, until: number): Promise<void> => jobs.add(tx, REMOVE_TOPIC, { chatId, until }),

    clearedForOne: (tx: Tx, own: z.infer<typeof OwnRange>): Promise<void> => jobs.add(tx, REMOVE_MARKS_TOPIC, own),
  };
}
