import type { Clock } from '../platform/clock.ts';

/** Time that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Runs what falls due on the way, in order, and lets each one's promises settle. */
  advance(ms: number): Promise<void>;
}

export function createTestClock(startMs = Date.UTC(2026, 0, 1)): TestClock {
  let now = startMs;
  let nextId = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();

  async function advance(ms: number): Promise<void> {
    const end = now + ms;
    for (;;) {
      // What one timer starts may set the next.
      await settled();
      const due = [...timers].filter(([, { at }]) => at <= end).toSorted(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      timers.delete(due[0]);
      now = Math.max(now, due[1].at);
      due[1].run();
    }
    now = end;
    await settled();
  }

  return {
    now: () => now,
    after(delayMs, run) {
      nextId += 1;
      const id = nextId;
      timers.set(id, { at: now + delayMs, run });
      return () => timers.delete(id);
    },
    advance,
  };
}

/** Until every promise that can settle by itself has. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
