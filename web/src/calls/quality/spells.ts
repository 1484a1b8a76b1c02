import type { LossKind } from './verdict.ts';

/** A time in which my connection was bad. */
export interface Spell {
  /** `lost`: there was none. `slow`, `narrow`: as in a verdict. What has to do with `between`: on either side, in a direct call. */
  readonly kind: LossKind | 'lost' | 'lostBetween' | 'slow' | 'slowBetween' | 'narrow' | 'narrowBetween';
  readonly startedAt: number;
  readonly endedAt: number;
  /** What it lost in the mean, 0 to 1; 0 where it was bad in another way. */
  readonly loss: number;
}

/** Bad moments closer than this are one time. */
const JOINED_MS = 10_000;
/** A blink is no news. */
const TOLD_FROM_MS = 4_000;
const KEPT_MAX = 100;
const TOLD_MAX = 3;
/** What loses nothing and is bad all the same is about as bad as this. */
const AS_BAD_AS_LOSS = 0.05;

export interface Moment {
  readonly kind: Spell['kind'];
  readonly from: number;
  readonly to: number;
  readonly loss: number;
}

export function addBadMoment(spells: readonly Spell[], { kind, from, to, loss }: Moment): readonly Spell[] {
  const last = spells.findLast((one) => one.kind === kind);
  if (!last || from - last.endedAt > JOINED_MS)
    return [...spells, { kind, startedAt: from, endedAt: to, loss }].slice(-KEPT_MAX);
  const [past, more] = [last.endedAt - last.startedAt, to - Math.max(from, last.endedAt)];
  const mean = past + more > 0 ? (last.loss * past + loss * more) / (past + more) : loss;
  return spells.map((one) =>
    one === last ? { ...last, startedAt: Math.min(last.startedAt, from), endedAt: to, loss: mean } : one,
  );
}

/** The worst of them, in the order in which they happened. */
export function worstSpells(spells: readonly Spell[]): readonly Spell[] {
  return spells
    .filter(({ startedAt, endedAt }) => endedAt - startedAt >= TOLD_FROM_MS)
    .toSorted((a, b) => weightOf(b) - weightOf(a))
    .slice(0, TOLD_MAX)
    .toSorted((a, b) => a.startedAt - b.startedAt);
}

/** How much there is to say of it. */
export function weightOf({ startedAt, endedAt, loss }: Spell): number {
  return (endedAt - startedAt) * Math.max(loss, AS_BAD_AS_LOSS);
}
