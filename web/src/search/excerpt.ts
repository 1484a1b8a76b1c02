import { marksIn, type WantedWord } from '@dialog/shared/words';

/** A stretch of an excerpt; marked where it was looked for. */
export interface ExcerptPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Shown before the first hit in a long text. */
const BEFORE = 40;
const LENGTH = 220;

/** The part of a text around its first hit, on one line. */
export function excerptOf(text: string, wanted: readonly WantedWord[]): readonly ExcerptPart[] {
  const marks = marksIn(text, wanted);
  const from = startBefore(text, marks[0]?.start ?? 0);
  const until = Math.min(text.length, from + LENGTH);
  const parts: ExcerptPart[] = [];
  let at = from;
  const add = (end: number, isMarked: boolean): void => {
    if (end > at) parts.push({ text: text.slice(at, end).replaceAll(/\s+/gu, ' '), isMarked });
    at = Math.max(at, end);
  };
  for (const { start, end } of marks) {
    if (start < from || start >= until) continue;
    add(start, false);
    add(end, true);
  }
  add(Math.max(at, until), false);
  if (from > 0) parts.unshift({ text: '… ', isMarked: false });
  if (at < text.length) parts.push({ text: ' …', isMarked: false });
  return parts;
}

/** At the beginning of a word, and never within a character. */
function startBefore(text: string, hit: number): number {
  if (hit <= BEFORE) return 0;
  const near = hit - BEFORE;
  const space = text.slice(near, hit).search(/\s/u);
  if (space !== -1) return near + space + 1;
  const code = text.charCodeAt(near);
  return code >= 0xdc_00 && code <= 0xdf_ff ? near + 1 : near;
}
