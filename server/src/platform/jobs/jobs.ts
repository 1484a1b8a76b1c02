import type { Database, Tx, WriteTx } from '../database.ts';
import { newId, toBytes } from '../ids.ts';
import { describeError, type Log } from '../log/log.ts';
import { jobsRepository, type Job, type NewJob } from './jobs.repository.ts';

/**
 * Work that must follow a commit (R8): written to the outbox in the act's own transaction, done afterwards by whichever
 * node comes first, at least once. Handlers are safe to run again.
 */
export interface Jobs {
  add(tx: Tx, topic: string, payload: unknown): Promise<void>;
  /** As `add`, for each of these, in the round trip of the COMMIT. */
  addAtCommit(tx: WriteTx, topic: string, payloads: readonly unknown[]): void;
  /**
   * Before `start`. A handler that throws is tried again, later each time, five times in all unless it has another
   * patience; one that throws a `FinalFailure` is not.
   */
  handle(topic: string, work: (payload: unknown) => Promise<void>, patience?: Patience): void;
  /** After the commit: do not wait for the next poll. */
  kick(): void;
  start(): void;
  /** Resolves when what is under way is done. */
  stop(): Promise<void>;
}

export interface Patience {
  readonly triesMax: number;
  /** After the first failure; twice as long after each further one. */
  readonly backOffMs: number;
}

/** Trying again would be of no use. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure';
}

interface JobsDeps {
  readonly db: Database;
  readonly log: Log;
  readonly now: () => Date;
  /** Under way at a time on this node. */
  readonly atOnce?: number;
}

const POLL_MS = 1_000;
const AT_ONCE = 20;
/** A job that takes longer is another node's as well. */
const HANDLER_TIMEOUT_MS = 20_000;
/** Waits 1, 2, 4, 8 s between the tries. */
const PATIENCE: Patience = { triesMax: 5, backOffMs: 1_000 };
/** `dead_letters.reason` is for a person to read. */
const REASON_MAX = 2_000;

export function createJobs({ db, log, now, atOnce = AT_ONCE }: JobsDeps): Jobs {
  const handlers = new Map<string, { work: (payload: unknown) => Promise<void>; patience: Patience }>();
  const underWay = new Set<Promise<void>>();
  let taking: Promise<void> | undefined;
  let isKicked = false;
  let timer: NodeJS.Timeout | undefined;

  function inMs(ms: number): Date {
    return new Date(now().getTime() + ms);
  }

  async function takeDue(max: number): Promise<Job[]> {
    return db.transaction(async (tx) => {
      const due = await jobsRepository.takeDue(tx, { topics: [...handlers.keys()], now: now(), max });
      if (due.length > 0) {
        await jobsRepository.postpone(
          tx,
          due.map((job) => job.id),
          inMs(HANDLER_TIMEOUT_MS),
        );
      }
      return due;
    });
  }

  async function carryOut(job: Job): Promise<void> {
    try {
      const payload: unknown = JSON.parse(job.payload);
      await withDeadline(handlers.get(job.topic)?.work(payload));
      await jobsRepository.remove(db, job.id);
    } catch (error) {
      await retryLater(job, error);
    }
  }

  async function retryLater(job: Job, error: unknown): Promise<void> {
    const tries = job.attempts + 1;
    const { type, message } = describeError(error);
    const { triesMax, backOffMs } = handlers.get(job.topic)?.patience ?? PATIENCE;
    if (tries < triesMax && !(error instanceof FinalFailure)) {
      log.warn({ topic: job.topic, tries, err: error }, 'a job failed and will be tried again');
      await jobsRepository.delay(db, job.id, inMs(backOffMs * 2 ** (tries - 1)));
      return;
    }
    log.error({ topic: job.topic, err: error }, 'a job failed for good');
    const reason = `${type}: ${message}`.slice(0, REASON_MAX);
    await db.transaction((tx) => jobsRepository.bury(tx, { ...job, reason, diedAt: now() }));
  }

  /** Takes what there is room for and does not wait for it: a slow job holds up nobody but itself. */
  async function takeAll(): Promise<void> {
    for (;;) {
      isKicked = false;
      const room = atOnce - underWay.size;
      if (room === 0) return;
      // oxlint-disable-next-line no-await-in-loop -- the next portion is for when this one was full
      const due = await takeDue(room);
      due.forEach(begin);
      if (due.length < room && !isKicked) return;
    }
  }

  function begin(job: Job): void {
    const work = carryOut(job)
      .catch((error: unknown) => log.warn({ err: error }, 'a job waits for the database'))
      .finally(() => {
        const wasFull = underWay.size === atOnce;
        underWay.delete(work);
        if (wasFull) kick();
      });
    underWay.add(work);
  }

  function kick(): void {
    isKicked = true;
    if (timer === undefined || handlers.size === 0) return;
    taking ??= takeAll()
      .catch((error: unknown) => log.warn({ err: error }, 'jobs wait for the database'))
      .finally(() => (taking = undefined));
  }

  function newJob(topic: string, payload: unknown): NewJob {
    return { id: toBytes(newId()), topic, payload: JSON.stringify(payload), attempts: 0, runAfter: now() };
  }

  return {
    add: (tx, topic, payload) => jobsRepository.insert(tx, newJob(topic, payload)),
    addAtCommit: (tx, topic, payloads) =>
      jobsRepository.insertAtCommit(
        tx,
        payloads.map((payload) => newJob(topic, payload)),
      ),
    handle(topic, work, patience = PATIENCE) {
      if (handlers.has(topic)) throw new Error(`two handlers for ${topic}`);
      handlers.set(topic, { work, patience });
    },
    kick,
    start() {
      timer = setInterval(kick, POLL_MS);
      timer.unref();
      kick();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await taking;
      await Promise.all(underWay);
    },
  };
}

async function withDeadline(work: Promise<void> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), HANDLER_TIMEOUT_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
