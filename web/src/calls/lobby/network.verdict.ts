/** What was measured between this page and the server. */
export interface Measured {
  /** Of each answer; a question without an answer is missing. */
  readonly roundTripsMs: readonly number[];
  readonly kilobitsPerSecond: number | null;
  /** Whether this browser connects two ends at all when a page asks it to. */
  readonly canConnect: boolean;
}

export interface Verdict {
  readonly kind: 'good' | 'mayStutter' | 'blocked' | 'silent';
  readonly roundTripMs: number | null;
  readonly kilobitsPerSecond: number | null;
}

/** People begin to talk into each other's words. */
const SLOW_MS = 350;
/** Answers that come now sooner, now later, tear sound apart. */
const UNSTEADY_MS = 150;
/** A voice and a small picture. */
const NARROW_KBPS = 800;

export function verdictOf({ roundTripsMs, kilobitsPerSecond, canConnect }: Measured): Verdict {
  const sorted = roundTripsMs.toSorted((left, right) => left - right);
  const roundTripMs = sorted[Math.floor(sorted.length / 2)] ?? null;
  const said = { roundTripMs, kilobitsPerSecond };
  if (roundTripMs === null) return { kind: 'silent', ...said };
  if (!canConnect) return { kind: 'blocked', ...said };
  const isUnsteady = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) > UNSTEADY_MS;
  const isNarrow = kilobitsPerSecond !== null && kilobitsPerSecond < NARROW_KBPS;
  return { kind: roundTripMs > SLOW_MS || isUnsteady || isNarrow ? 'mayStutter' : 'good', ...said };
}
