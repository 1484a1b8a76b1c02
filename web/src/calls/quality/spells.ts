/** A time in which my connection was bad. */
export interface Spell {
  /** `lost`: there was none. */
  readonly kind: 'sent' | 'received' | 'lost';
  readonly startedAt: number;
  readonly endedAt: number;
  /** What it lost in the mean, 0 to 1. */
  readonly loss: number;
}

/** Bad moments closer than this are one time. */
const JOINED_MS = 10_000;
/** A blink is no news. */
const TOLD_FROM_MS = 4_000;
const KEPT_MAX = 100;
const TOLD_MAX = 3;

interface Moment {
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
  return spells.map((one) => (one === last ? { ...last, endedAt: to, loss: mean } : one));
}

/** The worst of them, in the order in which they happened. */
export function worstSpells(spells: readonly Spell[]): readonly Spell[] {
  const weight = ({ startedAt, endedAt, loss }: Spell): number => (endedAt - startedAt) * loss;
  return spells
    .filter(({ startedAt, endedAt }) => endedAt - startedAt >= TOLD_FROM_MS)
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, TOLD_MAX)
    .toSorted((a, b) => a.startedAt - b.startedAt);
}
