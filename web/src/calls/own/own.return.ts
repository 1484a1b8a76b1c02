import type { Clock } from '../../platform/clock.ts';

/** The library tries to get back by itself first; after this we come back with a fresh token. */
const OWN_TRY_AFTER_MS = 6_000;
/** Tries to get back: soon, then ever less often, and never all at once. */
const RETRY_FIRST_MS = 400;
const RETRY_MAX_MS = 5_000;

interface Deps {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** When a call whose way is lost tries to come back; how it does is its own matter. */
export function createOwnReturn({ clock, random }: Deps) {
  let stopTimer: (() => void) | undefined;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      stopTimer = clock.after(ms, resolve);
    });
  }

  return {
    /** Unless the library is sooner, which is said by `stop`. */
    begin(comeBack: () => void): void {
      stopTimer = clock.after(OWN_TRY_AFTER_MS, comeBack);
    },
    /** What waits for its time does not happen. */
    stop: (): void => stopTimer?.(),
    /** One try after the other. `attempt` answers whether there is nothing more to try, and never rejects. */
    async keepTrying(attempt: () => Promise<boolean>): Promise<void> {
      stopTimer?.();
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      for (let tries = 0; !(await attempt()); tries += 1) {
        // oxlint-disable-next-line no-await-in-loop -- the pause between them
        await pause(Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** tries) * (0.7 + 0.3 * random()));
      }
    },
  };
}
