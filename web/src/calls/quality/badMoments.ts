import type { Figures } from './figures.ts';
import type { Moment } from './spells.ts';
import {
  GOOD_LOSS,
  isNarrow,
  isSlow,
  LOOKS_TO_BEGIN,
  type LossKind,
  lossIn,
  POOR_LOSS,
  type Verdict,
} from './verdict.ts';

interface Judged {
  readonly was: Verdict;
  readonly verdict: Verdict;
  readonly isDirect: boolean;
}

/** What of the newest look is to be told afterwards: all that a verdict says, and each loss that was too short for one. */
export function badMoments(figures: readonly Figures[], { was, verdict, isDirect }: Judged): readonly Moment[] {
  const newest = figures.slice(-1);
  // A verdict that begins speaks of the looks that led to it.
  const judged = was.kind === verdict.kind ? newest : figures.slice(-LOOKS_TO_BEGIN);
  const losses = lossesToTell(verdict, isDirect).flatMap((kind) =>
    kind === verdict.kind ? lossMoment(kind, judged, GOOD_LOSS) : lossMoment(kind, newest, POOR_LOSS),
  );
  return [...losses, ...weakMoment(verdict, judged, isDirect)];
}

/** What is lost on the side of one of the others is not lost by my connection. */
function lossesToTell({ kind }: Verdict, isDirect: boolean): readonly LossKind[] {
  if (isDirect) return ['between'];
  return kind === 'person' ? ['sent'] : ['sent', 'received'];
}

function lossMoment(kind: LossKind, looks: readonly Figures[], least: number): readonly Moment[] {
  const loss = lossIn(looks, ({ direction }) => kind === 'between' || direction === kind) ?? 0;
  return loss >= least ? momentOf(kind, looks, loss) : [];
}

/** Nothing is lost, and it is not good all the same. */
function weakMoment({ kind }: Verdict, looks: readonly Figures[], isDirect: boolean): readonly Moment[] {
  if (kind === 'slow') return momentOf(isDirect ? 'slowBetween' : 'slow', looks.filter(isSlow));
  if (kind === 'narrow') return momentOf(isDirect ? 'narrowBetween' : 'narrow', looks.filter(isNarrow));
  return [];
}

function momentOf(kind: Moment['kind'], looks: readonly Figures[], loss = 0): readonly Moment[] {
  const [first, last] = [looks[0], looks.at(-1)];
  return first && last ? [{ kind, from: first.since, to: last.at, loss }] : [];
}
