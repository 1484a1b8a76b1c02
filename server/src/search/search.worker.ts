import type { ChatId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log/log.ts';
import type { SearchIndexer } from './search.indexer.ts';
import type { SearchRepository } from './search.repository.ts';

/** What arrives within this time is indexed together; with the indexing itself it is found within 2 s. */
const GATHER_MS = 500;
/** The walk over all chats: so many in each step, one step a second. 100,000 chats are walked through in 20 s. */
const STEP_CHATS = 5_000;
const STEP_MS = 1_000;
const FIRST_ID = Buffer.alloc(16);

interface Deps {
  readonly db: Database;
  readonly repository: Pick<SearchRepository, 'behindAfter'>;
  readonly indexer: SearchIndexer;
  readonly log: Log;
  readonly stepChats?: number;
  readonly stepMs?: number;
}

/**
 * Keeps the index level. A node indexes what it was told of itself, soon after the commit; what a killed node did not
 * get to, the walk over all chats finds, which every node does without haste, and at its start without pause.
 */
export function createSearchWorker(deps: Deps) {
  const { db, repository, indexer, log, stepChats = STEP_CHATS, stepMs = STEP_MS } = deps;
  const changed = new Set<ChatId>();
  let running: Promise<void> | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let walking: NodeJS.Timeout | undefined;
  let walk: Promise<void> = Promise.resolve();
  let isStopped = true;

  async function round(): Promise<void> {
    const chatIds = [...changed];
    changed.clear();
    try {
      await indexer.index(chatIds);
    } catch (error) {
      for (const chatId of chatIds) changed.add(chatId);
      log.warn({ err: error }, 'search: what changed could not be indexed and will be tried again');
    }
  }

  function gather(): void {
    if (isStopped || gathering !== undefined || running !== undefined || changed.size === 0) return;
    gathering = setTimeout(() => {
      gathering = undefined;
      running = round().finally(() => {
        running = undefined;
        gather();
      });
    }, GATHER_MS);
    gathering.unref();
  }

  /** Answers where the next step begins; null at the end. */
  async function step(after: Buffer): Promise<Buffer | null> {
    const { until, behind } = await repository.behindAfter(db, after, stepChats);
    for (const chatId of behind) changed.add(chatId);
    gather();
    return until;
  }

  async function walkThrough(): Promise<void> {
    for (let after: Buffer | null = FIRST_ID; after && !isStopped;) {
      // oxlint-disable-next-line no-await-in-loop -- step by step is the bound
      after = await step(after);
    }
  }

  function walkOn(after: Buffer): void {
    if (isStopped) return;
    walking = setTimeout(() => {
      walk = step(after)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'search: the walk over all chats waits for the database');
          return after;
        })
        .then((next) => walkOn(next ?? FIRST_ID));
    }, stepMs);
    walking.unref();
  }

  return {
    /** After the commit. */
    changed(chatId: ChatId): void {
      changed.add(chatId);
      gather();
    },

    start(): void {
      isStopped = false;
      walk = walkThrough()
        .catch((error: unknown) =>
          log.warn({ err: error }, 'search: the first walk failed; the next comes in its time'),
        )
        .then(() => walkOn(FIRST_ID));
    },

    /** Resolves when what is under way is done. */
    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(gathering);
      clearTimeout(walking);
      await Promise.all([running, walk]);
    },
  };
}
