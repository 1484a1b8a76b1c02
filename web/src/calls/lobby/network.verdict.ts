import type { RelayReach } from './relay.probe.ts';

/** What was measured between this page and the server. */
export interface Measured {
  /** Of each answer; a question without an answer is missing. */
  readonly roundTripsMs: readonly number[];
  readonly kilobitsPerSecond: number | null;
  /** Whether this browser connects two ends at all when a page asks it to. */
  readonly canConnect: boolean;
  readonly relay: RelayReach;
}

export interface Verdict {
  /** `detour`: sound and pictures get out, but not as they like it. `closed`: they seem not to. */
  readonly kind: 'good' | 'detour' | 'mayStutter' | 'closed' | 'blocked' | 'silent';
  readonly roundTripMs: number | null;
  readonly kilobitsPerSecond: number | null;
}

/** People begin to talk into each other's words. */
const SLOW_MS = 350;
/** Answers that come now sooner, now later, tear sound apart. */
const UNSTEADY_MS = 150;
/** A voice and a small picture. */
const NARROW_KBPS = 800;

export function verdictOf(measured: Measured): Verdict {
  const sorted = measured.roundTripsMs.toSorted((left, right) => left - right);
  const roundTripMs = sorted[Math.floor(sorted.length / 2)] ?? null;
  const said = { roundTripMs, kilobitsPerSecond: measured.kilobitsPerSecond };
  if (roundTripMs === null) return { kind: 'silent', ...said };
  const spreadMs = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  return { kind: kindOf(measured, { roundTripMs, spreadMs }), ...said };
}

function kindOf(
  { kilobitsPerSecond, canConnect, relay }: Measured,
  { roundTripMs, spreadMs }: { readonly roundTripMs: number; readonly spreadMs: number },
): Verdict['kind'] {
  if (!canConnect) return 'blocked';
  if (relay === 'none') return 'closed';
  const isNarrow = kilobitsPerSecond !== null && kilobitsPerSecond < NARROW_KBPS;
  if (roundTripMs > SLOW_MS || spreadMs > UNSTEADY_MS || isNarrow) return 'mayStutter';
  return relay === 'detour' ? 'detour' : 'good';
}
