/**
 * Controls, bidi overrides and marks, zero-width space, line separators, word joiners, half characters. The joiners of
 * emoji and of Persian (U+200C, U+200D) change nobody else's letters and stay.
 */
const DECEPTIVE = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;

/** One line of what a stranger's page says, or undefined when nothing is left. `max` counts as `length` does. */
export function cleanLine(text: string | undefined, max: number): string | undefined {
  const line = (text ?? '')
    .slice(0, max * 8)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(DECEPTIVE, '')
    .normalize('NFC')
    .trim();
  if (line === '') return undefined;
  return line.length <= max ? line : `${cut(line, max - 1)}…`;
}

/** Not in the middle of what is one sign to people. */
function cut(line: string, max: number): string {
  let end = 0;
  for (const { segment, index } of SIGNS.segment(line.slice(0, max + 64))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return line.slice(0, end).trimEnd();
}

const SIGNS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
