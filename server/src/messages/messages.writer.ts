import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import { writeBatch, type BatchDeps, type BatchResult, type Frame } from './messages.batch.ts';
import type { Draft, KeyedDraft } from './messages.drafts.ts';

/** Two writes under way at a time: one waits for the disk while the other talks. */
const LANES = 2;
const BATCH_MESSAGES_MAX = 128;
const BATCH_CHARACTERS_MAX = 1_000_000;
/** More than this waiting means that the database does not keep up: refuse at once, rather than late (R12). */
const WAITING_MAX = 500;

/** Two nodes can meet over one id in two chats; more than that is somebody's game. */
const TRIES = 3;
const NOTHING: BatchResult = { outcomes: [], frames: [] };

interface WriterDeps extends BatchDeps {
  readonly db: Database;
  readonly keys: Pick<ChatKeys, 'numbered' | 'ofMany'>;
  readonly now: () => Date;
  /** Called after the commit, in the order of each chat's revisions (R8). */
  readonly tell: (frame: Frame) => void;
}

interface Waiting {
  readonly draft: Draft;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  waiting: Waiting[];
  isWriting: boolean;
}

export type MessageWriter = ReturnType<typeof createMessageWriter>;

/**
 * Posts texts in batches (R10): what arrives while a write is under way makes up the next transaction, so an idle chat
 * waits for nothing and a busy one shares its commits. A chat always writes in the same lane, so what one socket sends
 * one after another stays in that order.
 */
export function createMessageWriter(deps: WriterDeps) {
  const lanes: Lane[] = Array.from({ length: LANES }, () => ({ waiting: [], isWriting: false }));

  async function run(lane: Lane): Promise<void> {
    lane.isWriting = true;
    while (lane.waiting.length > 0) {
      // oxlint-disable-next-line no-await-in-loop -- one batch at a time is what makes the next one large
      await write(lane, takeBatch(lane));
    }
    lane.isWriting = false;
  }

  async function write(lane: Lane, batch: readonly Waiting[]): Promise<void> {
    try {
      settle(batch, await commit(batch));
    } catch (error) {
      if (error instanceof AppError) return refuseAll([...batch, ...emptied(lane)], error);
      if (batch.length === 1) return refuseAll(batch, error);
      // Something in it the database does not take: found by going one by one, so that the others pass.
      // oxlint-disable-next-line no-await-in-loop -- the order of a chat is the order of sending
      for (const waiting of batch) await write(lane, [waiting]);
    }
  }

  async function commit(
    batch: readonly Waiting[],
  ): Promise<{ keyed: readonly (KeyedDraft | null)[]; result: BatchResult }> {
    const keys = await deps.keys.ofMany(deps.db, [...new Set(batch.map(({ draft }) => draft.chatId))]);
    const keyed = batch.map(({ draft }) => {
      const key = keys.get(draft.chatId);
      return key ? { ...draft, key } : null;
    });
    const drafts = keyed.filter((draft) => draft !== null);
    return { keyed, result: drafts.length === 0 ? NOTHING : await store(drafts) };
  }

  /** Once more with the ids looked up, when the database knows one of them. */
  async function store(drafts: readonly KeyedDraft[]): Promise<BatchResult> {
    const postedAt = deps.now();
    for (let tried = 1; ; tried += 1) {
      const batch = { drafts, postedAt, hasRepeats: tried > 1 };
      try {
        // oxlint-disable-next-line no-await-in-loop -- the next try knows what this one met
        return await deps.db.transaction((tx) => writeBatch(deps, tx, batch));
      } catch (error) {
        if (!isDuplicate(error) || tried === TRIES) throw error;
      }
    }
  }

  /** Tells first: everyone else waits for that, and the sender has had the bubble on screen all along. */
  function settle(batch: readonly Waiting[], { keyed, result }: Awaited<ReturnType<typeof commit>>): void {
    result.frames.forEach(deps.tell);
    let at = 0;
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = keyed[index] ? result.outcomes[at++] : undefined;
      // No key: there is no such chat, or none any more.
      if (!outcome) reject(new AppError('chat-not-found', 'no key'));
      else if ('message' in outcome) resolve(outcome.message);
      else reject(outcome.refusal);
    }
  }

  return {
    /** Resolves when the message is durable. */
    post(draft: Draft): Promise<Message> {
      const lane = lanes[laneOf(draft.chatId)];
      if (!lane || waitingIn(lanes) >= WAITING_MAX) {
        return Promise.reject(new AppError('busy', 'too many messages waiting', { retryAfterSeconds: 1 }));
      }
      return new Promise((resolve, reject) => {
        lane.waiting.push({ draft, resolve, reject });
        if (!lane.isWriting) void run(lane);
      });
    },
  };
}

/** The longest-waiting drafts; the same id again waits for the next batch, where the first is found. */
function takeBatch(lane: Lane): Waiting[] {
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  const ids = new Set<string>();
  let characters = 0;
  for (const waiting of lane.waiting) {
    const { id, content } = waiting.draft;
    const { length } = content.kind === 'text' ? content.text : content.question;
    const isFull =
      batch.length === BATCH_MESSAGES_MAX || (batch.length > 0 && characters + length > BATCH_CHARACTERS_MAX);
    if (isFull || ids.has(id)) {
      left.push(waiting);
      continue;
    }
    ids.add(id);
    characters += length;
    batch.push(waiting);
  }
  lane.waiting = left;
  return batch;
}

function emptied(lane: Lane): Waiting[] {
  const { waiting } = lane;
  lane.waiting = [];
  return waiting;
}

/** With the batch goes the whole queue: those behind it have waited as long, and the next try would wait as long again. */
function refuseAll(batch: readonly Waiting[], error: unknown): void {
  for (const { reject } of batch) reject(error);
}

function waitingIn(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, lane) => sum + lane.waiting.length, 0);
}

/** By the id's last hex digit: random in every kind of UUID in use. */
function laneOf(chatId: ChatId): number {
  return Number.parseInt(chatId.slice(-1), 16) % LANES;
}
