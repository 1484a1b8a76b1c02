/** The `Date` header has whole seconds, cut off. */
const HEADER_STEP_MS = 1_000;

export interface MediaClock {
  /** The media server's time, ms since 1970. */
  now(): number;
  /** Compares with the `Date` header of an answer that has just come. */
  hear(dateHeader: string | null): void;
}

interface Clocks {
  /** This machine's idea of the time, ms since 1970. Can be wrong, and jump. */
  readonly wallMs: () => number;
  /** Never jumps. */
  readonly monotonicMs: () => number;
}

/**
 * Tokens live for a minute by the clock of the media server that reads them, so that clock makes and judges them: a
 * node whose own time is wrong by an hour neither makes dead tokens nor lets old ones pass.
 */
export function createMediaClock({ wallMs, monotonicMs }: Clocks): MediaClock {
  let base = wallMs() - monotonicMs();

  return {
    now: () => base + monotonicMs(),
    hear(dateHeader) {
      const theirs = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
      if (Number.isNaN(theirs)) return;
      const ours = base + monotonicMs();
      const isWithin = ours >= theirs - HEADER_STEP_MS && ours <= theirs + 2 * HEADER_STEP_MS;
      if (!isWithin) base = theirs + HEADER_STEP_MS / 2 - monotonicMs();
    },
  };
}
