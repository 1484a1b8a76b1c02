import type { MarkKind, Scan } from './scan.ts';
import type { Inline } from './tree.ts';

/** Equal signs in a row. */
export interface Run {
  readonly sign: string;
  readonly length: number;
  /** The signs on both sides; empty at the edges of the text. */
  readonly before: string;
  readonly after: string;
}

const PUNCTUATION = /[\p{P}\p{S}]/u;

/** What a run may stand for, by its sign and length; `***` is strong around emphasis. */
function marksOf({ sign, length }: Run): readonly MarkKind[] {
  if (sign === '~') return length === 2 ? ['strike'] : [];
  if (sign === '|') return length === 2 ? ['spoiler'] : [];
  return MARKS_OF_STARS[length - 1] ?? [];
}

const MARKS_OF_STARS: readonly (readonly MarkKind[])[] = [['emphasis'], ['strong'], ['strong', 'emphasis']];

const SIZE: Readonly<Record<MarkKind, number>> = { emphasis: 1, strong: 2, strike: 2, spoiler: 2 };

/** As Markdown has it: a mark leans on a word, from before it or from behind. */
function leans({ sign, before, after }: Run): { readonly mayOpen: boolean; readonly mayClose: boolean } {
  if (sign === '~' || sign === '|') return { mayOpen: !isSpace(after), mayClose: !isSpace(before) };
  const [isLeft, isRight] = [leansOn(after, before), leansOn(before, after)];
  if (sign === '*') return { mayOpen: isLeft, mayClose: isRight };
  // Underscores within words are part of the word.
  return {
    mayOpen: isLeft && (!isRight || PUNCTUATION.test(before)),
    mayClose: isRight && (!isLeft || PUNCTUATION.test(after)),
  };
}

/** Against a sign of punctuation a mark leans only where nothing of a word stands on its other side. */
function leansOn(side: string, other: string): boolean {
  if (isSpace(side)) return false;
  return !PUNCTUATION.test(side) || isSpace(other) || PUNCTUATION.test(other);
}

/** Closes what the run can close, innermost first; answers how many of its signs are left. */
export function closeRun(scan: Scan, run: Run): number {
  if (!leans(run).mayClose) return run.length;
  if (marksOf(run).length === 0) return run.length;
  let left = run.length;
  for (let at = closable(scan, run, left); at !== -1 && left > 0; at = closable(scan, run, left))
    left -= SIZE[close(scan, at)];
  return left;
}

/** The open mark of the run's sign that closes: one of the same size, else the innermost that is small enough. */
function closable({ open, out }: Scan, { sign }: Run, left: number): number {
  const sizes = open.map(({ kind, index }) => {
    const opener = out[index];
    return kind !== 'link' && opener?.kind === 'text' && opener.text[0] === sign ? SIZE[kind] : 0;
  });
  const same = sizes.lastIndexOf(left);
  return same === -1 ? sizes.findLastIndex((size) => size > 0 && size < left) : same;
}

function close(scan: Scan, outer: number): MarkKind {
  const at = turnedOver(scan, outer);
  const frame = scan.open[at];
  if (!frame || frame.kind === 'link') throw new Error('only marks are closed here');
  const children = scan.out.splice(frame.index + 1);
  scan.out[frame.index] = { kind: frame.kind, children };
  scan.open = scan.open.slice(0, at);
  return frame.kind;
}

/** Of two marks that one run opened, the one that closes first is the inner: "***both** one*". Answers its place. */
function turnedOver(scan: Scan, at: number): number {
  const { open, out } = scan;
  const [outer, inner] = [open[at], open[at + 1]];
  if (!outer || open.length !== at + 2 || inner?.index !== outer.index + 1) return at;
  const [first, second] = [out[outer.index], out[inner.index]];
  if (first?.kind !== 'text' || second?.kind !== 'text' || first.text[0] !== second.text[0]) return at;
  out.splice(outer.index, 2, second, first);
  scan.open = [...open.slice(0, at), { ...inner, index: outer.index }, { ...outer, index: inner.index }];
  return at + 1;
}

/** What is left of a run opens marks where it may, and else is the signs it is. */
export function openOrWrite(scan: Scan, run: Run, left: number): void {
  if (left === 0) return;
  const kinds = leans(run).mayOpen ? marksOf({ ...run, length: left }) : [];
  if (kinds.length === 0) scan.out.push(signs(run.sign, left));
  for (const kind of kinds) {
    scan.open = [...scan.open.filter((frame) => frame.kind !== kind), { kind, index: scan.out.length }];
    scan.out.push(signs(run.sign, SIZE[kind]));
  }
}

function signs(sign: string, times: number): Inline {
  return { kind: 'text', text: sign.repeat(times) };
}

function isSpace(sign: string): boolean {
  return sign === '' || /\s/.test(sign);
}
