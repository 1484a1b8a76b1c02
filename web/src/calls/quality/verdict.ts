import type { Participant } from '../transport/media.transport.ts';
import { type Figures, lossOf, type StreamFigures } from './figures.ts';

export type LossKind = 'sent' | 'received' | 'between';

/**
 * Whose link is poor, and in what way. `sent`, `received`: my own loses so much. `between`: in a direct call, where nobody
 * stands in the middle who could tell on which side.
 */
export type Verdict =
  | { readonly kind: 'good' }
  | { readonly kind: LossKind; readonly percent: number }
  /** Too little room for my picture. */
  | { readonly kind: 'narrow' }
  | { readonly kind: 'slow'; readonly roundTripMs: number }
  /** Not the link: this computer has too much to do. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'person'; readonly identity: string };

/** Something is wrong when it was so for six seconds, and right again after ten: words that flicker help nobody. */
export const LOOKS_TO_BEGIN = 3;
const LOOKS_TO_END = 5;
/** So much is kept, 20 s. */
export const LOOKS_KEPT = 10;

export const POOR_LOSS = 0.05;
export const GOOD_LOSS = 0.02;
const SLOW_MS = 600;
/** Less than this is hardly a picture. */
const NARROW_BPS = 150_000;
/** A picture that is easy to send takes little however much would get through. */
const ROOM_ENOUGH_BPS = 400_000;
/** A percentage that moves less than this is the same to a reader. */
const SAME_PERCENT = 3;

type Someone = Pick<Participant, 'identity' | 'isMe' | 'isPoor' | 'isLost'>;

export interface Seen {
  /** The newest last. */
  readonly figures: readonly Figures[];
  readonly people: readonly Someone[];
  /** From one device to the other. */
  readonly isDirect: boolean;
}

export function judge(before: Verdict, { figures, people, isDirect }: Seen): Verdict {
  const others = people.filter((one) => !one.isMe && !one.isLost);
  // Alone one sends nothing to anybody.
  if (people.length > 0 && people.every((one) => one.isMe)) return { kind: 'good' };
  return (
    (isDirect
      ? judgeLoss('between', before, figures)
      : (judgeLoss('sent', before, figures) ?? judgeReceived(before, figures, others))) ??
    judgeNarrow(before, figures) ??
    judgeDelay(before, figures) ??
    judgeComputer(before, figures) ??
    judgeOthers(before, figures, others) ?? { kind: 'good' }
  );
}

/** What the link lost in these looks. */
export function lossIn(figures: readonly Figures[], which: (stream: StreamFigures) => boolean): number | null {
  return lossOf(figures.flatMap(({ streams }) => streams.filter(which)));
}

function judgeLoss(kind: LossKind, before: Verdict, figures: readonly Figures[]): Verdict | null {
  const ofThis = ({ direction }: StreamFigures): boolean => kind === 'between' || direction === kind;
  const isSoBefore = before.kind === kind;
  const looks = figures.slice(-(isSoBefore ? LOOKS_TO_END : LOOKS_TO_BEGIN));
  const recent = lossIn(looks, ofThis);
  if (recent === null || looks.length < LOOKS_TO_BEGIN) return null;
  if (recent < (isSoBefore ? GOOD_LOSS : POOR_LOSS)) return null;
  // Where a way was lost and found again much is lost at once, and no more after that.
  if (!isSoBefore && looks.some((one) => (lossIn([one], ofThis) ?? 0) < GOOD_LOSS)) return null;
  const percent = Math.round(recent * 100);
  if (isSoBefore && Math.abs(percent - before.percent) < SAME_PERCENT) return before;
  return { kind, percent };
}

/**
 * What one person alone is not heard of, is lost on their side. With nobody to compare them with, they are left ten seconds
 * to say so themselves (`isPoor`), or the media server to say it.
 */
function judgeReceived(before: Verdict, figures: readonly Figures[], others: readonly Someone[]): Verdict | null {
  const judged = judgeLoss('received', before, figures);
  if (!judged) return null;
  const losing = others.filter((one) => isLosing(figures, one.identity));
  if (losing.length !== 1) return judged;
  if (others.length > 1 || losing.some((one) => one.isPoor)) return null;
  const isStill = before.kind === 'received' || figures.slice(-LOOKS_TO_END).filter(hasLoss).length === LOOKS_TO_END;
  return isStill ? judged : null;
}

function hasLoss({ streams }: Figures): boolean {
  return (lossOf(streams.filter(({ direction }) => direction === 'received')) ?? 0) >= GOOD_LOSS;
}

function isLosing(figures: readonly Figures[], identity: string): boolean {
  const ofThem = (stream: StreamFigures): boolean => stream.direction === 'received' && stream.identity === identity;
  return (lossIn(figures.slice(-LOOKS_TO_END), ofThem) ?? 0) >= POOR_LOSS;
}

export function isNarrow({ streams, roomBps }: Figures): boolean {
  if (roomBps !== null && roomBps > ROOM_ENOUGH_BPS) return false;
  const camera = streams.find((one) => one.direction === 'sent' && one.source === 'camera');
  return camera?.limitedBy === 'bandwidth' && camera.bitsPerSecond < NARROW_BPS;
}

export function isSlow({ roundTripMs }: Figures): boolean {
  return (roundTripMs ?? 0) > SLOW_MS;
}

function judgeNarrow(before: Verdict, figures: readonly Figures[]): Verdict | null {
  return holds(before.kind === 'narrow', figures, isNarrow) ? { kind: 'narrow' } : null;
}

function judgeDelay(before: Verdict, figures: readonly Figures[]): Verdict | null {
  if (!holds(before.kind === 'slow', figures, isSlow)) return null;
  return before.kind === 'slow' ? before : { kind: 'slow', roundTripMs: figures.at(-1)?.roundTripMs ?? SLOW_MS };
}

/** Everyone's computer is busy while a call begins: only what lasts is worth a word. */
function judgeComputer(before: Verdict, figures: readonly Figures[]): Verdict | null {
  const isBusy = ({ streams }: Figures): boolean =>
    streams.some((one) => one.direction === 'sent' && one.limitedBy === 'cpu');
  if (before.kind !== 'busy' && figures.length < LOOKS_KEPT) return null;
  return (before.kind === 'busy' ? figures.slice(-LOOKS_TO_END).some(isBusy) : figures.every(isBusy))
    ? { kind: 'busy' }
    : null;
}

/** The media server's word on them, or what is lost of them alone. */
function judgeOthers(before: Verdict, figures: readonly Figures[], others: readonly Someone[]): Verdict | null {
  const isBad = (one: Someone): boolean => one.isPoor || (others.length > 1 && isLosing(figures, one.identity));
  const same = others.find((one) => before.kind === 'person' && one.identity === before.identity && isBad(one));
  const one = same ?? others.find(isBad);
  return one ? { kind: 'person', identity: one.identity } : null;
}

/** Begins when it was so in each of the last looks, ends when it was so in none of them. */
function holds(isSoBefore: boolean, figures: readonly Figures[], is: (one: Figures) => boolean): boolean {
  if (isSoBefore) return figures.slice(-LOOKS_TO_END).some(is);
  const last = figures.slice(-LOOKS_TO_BEGIN);
  return last.length === LOOKS_TO_BEGIN && last.every(is);
}
