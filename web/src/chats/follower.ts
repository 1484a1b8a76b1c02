import type { Clock } from '../platform/clock.ts';

/** What every told fact carries: it applies to a device at `r` when `from <= r < revision` (R3). */
export interface Frame {
  readonly from: number;
  readonly revision: number;
}

/** One thing with a revision that this device keeps equal to the server's. */
interface Followed<F extends Frame> {
  /** Where this device stands; null while it does not hold the thing. */
  revision(): number | null;
  /** Takes a frame in that fits where this device stands. */
  apply(frame: F): void;
  /** Asks the server for all after where this device stands and takes it in. Rejects when it is worth asking again soon. */
  catchUp(): Promise<void>;
}

export interface Follower<F extends Frame> {
  hear(frame: F): void;
  /** The server is at this revision at least; whoever is behind for long asks. */
  headMoved(revision: number): void;
  /**
   * Asks until level, with at least one question asked after this call: the answer to an earlier one may be from
   * before the connection that was just made. One question at a time. Never rejects.
   */
  level(): Promise<void>;
  /** Takes in what was heard too early, now that this device stands elsewhere. */
  settle(): void;
  stop(): void;
}

/** Frames that overtook each other on the way arrive within this time; only then is the server asked. */
export const OUT_OF_ORDER_MS = 300;
/** Bounds what a stalled device keeps (R12); what falls out is fetched instead. */
const HELD_MAX = 100;
const RETRY_FROM_MS = 1_000;
const RETRIES_MAX = 5;

export function createFollower<F extends Frame>(followed: Followed<F>, clock: Clock): Follower<F> {
  let held: F[] = [];
  let newest = 0;
  let cancelTimer: (() => void) | undefined;
  let levelling: Promise<void> | undefined;
  let mustAskAgain = false;
  let endPause: (() => void) | undefined;
  let isStopped = false;

  return { hear, headMoved, level, settle, stop };

  function hear(frame: F): void {
    newest = Math.max(newest, frame.revision);
    held.push(frame);
    if (held.length > HELD_MAX) held.shift();
    settle();
    askSoonIfBehind();
  }

  function headMoved(revision: number): void {
    newest = Math.max(newest, revision);
    askSoonIfBehind();
  }

  function settle(): void {
    let revision = followed.revision();
    if (revision === null) return;
    held.sort((a, b) => a.from - b.from || b.revision - a.revision);
    const early: F[] = [];
    for (const frame of held) {
      if (frame.revision <= revision) continue;
      if (frame.from > revision) {
        early.push(frame);
        continue;
      }
      followed.apply(frame);
      revision = followed.revision() ?? revision;
    }
    held = early;
  }

  function isBehind(): boolean {
    const revision = followed.revision();
    return revision !== null && revision < newest;
  }

  function askSoonIfBehind(): void {
    if (isStopped || cancelTimer || levelling || !isBehind()) return;
    cancelTimer = clock.after(OUT_OF_ORDER_MS, () => {
      cancelTimer = undefined;
      if (isBehind()) void level();
    });
  }

  function level(): Promise<void> {
    mustAskAgain = true;
    endPause?.();
    levelling ??= askUntilLevel().finally(() => {
      levelling = undefined;
      // What came while the last answer was taken in waits its own time.
      askSoonIfBehind();
    });
    return levelling;
  }

  /** Facts told during a question can be newer than its answer, hence the loop; an answer without progress is waited out. */
  async function askUntilLevel(): Promise<void> {
    let retries = 0;
    while (!isStopped) {
      if (mustAskAgain) retries = 0;
      mustAskAgain = false;
      const before = followed.revision();
      // oxlint-disable-next-line no-await-in-loop -- one question at a time
      const isAnswered = await followed.catchUp().then(
        () => true,
        () => false,
      );
      settle();
      if (mustAskAgain) continue;
      if (isAnswered && !isBehind()) return;
      if (isAnswered && followed.revision() !== before) continue;
      if (retries >= RETRIES_MAX) {
        // The next fact, beacon or connection asks again.
        newest = 0;
        return;
      }
      // oxlint-disable-next-line no-await-in-loop -- the server is given time
      await pause(RETRY_FROM_MS * 2 ** retries);
      retries += 1;
    }
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });
  }

  function stop(): void {
    isStopped = true;
    cancelTimer?.();
    endPause?.();
    held = [];
  }
}
