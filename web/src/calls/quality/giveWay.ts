import type { CameraLimit } from '../transport/media.transport.ts';

/** How far cameras give way in one direction, and since when. */
export interface Step {
  readonly limit: CameraLimit;
  readonly changedAt: number;
  /** When more was tried again; 0: not yet. */
  readonly raisedAt: number;
  /** Since when the link has been good; null: it is not. */
  readonly calmSince: number | null;
  /** So long it has to be good before more is tried again. */
  readonly patienceMs: number;
}

const PATIENCE_MS = 20_000;
/** A link that breaks under each new try is tried less and less often. */
const PATIENCE_MAX_MS = 160_000;
/** So long what was changed is given to show an effect. */
const EFFECT_MS = 6_000;
/** A try that fails within this time was too early. */
const TRIED_MS = 40_000;

/** Above this a voice begins to break up, repair or not: pictures are made small. */
const SMALL_AT = 0.08;
/** Above this no picture stands still or moves as it should. */
const NONE_AT = 0.2;
const CALM_BELOW = 0.03;

export const FULL_STEP: Step = { limit: 'full', changedAt: 0, raisedAt: 0, calmSince: null, patienceMs: PATIENCE_MS };

/** Pictures first, so that sound gets through. `loss`: of the last seconds, 0 to 1; null: nothing went. */
export function giveWay(before: Step, { loss, now }: { readonly loss: number | null; readonly now: number }): Step {
  if (loss !== null && loss >= CALM_BELOW) return tighten({ ...before, calmSince: null }, loss, now);
  const calmSince = before.calmSince ?? now;
  if (before.limit === 'full')
    return { ...before, calmSince, patienceMs: now - calmSince > PATIENCE_MAX_MS ? PATIENCE_MS : before.patienceMs };
  if (now - calmSince < before.patienceMs) return { ...before, calmSince };
  return {
    ...before,
    limit: before.limit === 'none' ? 'small' : 'full',
    changedAt: now,
    raisedAt: now,
    calmSince: now,
  };
}

function tighten(before: Step, loss: number, now: number): Step {
  const limit = lower(before.limit, loss);
  if (limit === before.limit || now - before.changedAt < EFFECT_MS) return before;
  const wasTooEarly = before.raisedAt > 0 && now - before.raisedAt < TRIED_MS;
  const patienceMs = wasTooEarly ? Math.min(PATIENCE_MAX_MS, before.patienceMs * 2) : before.patienceMs;
  return { ...before, limit, changedAt: now, patienceMs };
}

function lower(limit: CameraLimit, loss: number): CameraLimit {
  if (limit === 'full') return loss >= SMALL_AT ? 'small' : 'full';
  return loss >= NONE_AT ? 'none' : limit;
}
