import type { PlainWords } from '../markup/plainText.ts';

const BODY_MAX = 240;
/** From the first mark to the last: rather too much than something of what is hidden. */
const SPOILERS = /\|\|.*\|\|/su;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A message's words where there are no marks. Without the parser, marks are seen as they were typed, but nothing hidden is. */
export function noticeText(
  text: string,
  words: PlainWords,
  parser: { plainTextOf(text: string, words: PlainWords): string } | undefined,
): string {
  return cut(parser ? parser.plainTextOf(text, words) : text.replace(SPOILERS, () => words.spoiler));
}

/** No emoji and no letter with its accents is cut through. */
function cut(text: string): string {
  if (text.length <= BODY_MAX) return text;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    if (index + segment.length > BODY_MAX) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
