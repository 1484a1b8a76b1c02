import { codeSpansIn } from '../markup/codeSpans.ts';

/** What is being written at the cursor and may be completed. */
export interface Completion {
  readonly kind: 'person' | 'emoji';
  /** What is there of it, without the sign it begins with. */
  readonly query: string;
  /** Where the sign stands; it ends at the cursor. */
  readonly from: number;
  readonly to: number;
}

/** Longer than any name: how far to look back. */
const LOOK_BACK = 44;
const BEGINS = String.raw`(?:^|[\s([{"'*_~|>])`;
const PERSON = new RegExp(`${BEGINS}@([\\p{L}\\p{N}_.]{0,32})$`, 'u');
const EMOJI = new RegExp(`(?:${BEGINS}|\\p{Extended_Pictographic}|\\ufe0f):([a-z0-9_+-]{2,40})$`, 'iu');
const WHOLE_EMOJI = new RegExp(`(?:${BEGINS}|\\p{Extended_Pictographic}|\\ufe0f):([a-z0-9_+-]{2,40}):$`, 'iu');

/** The name or the shortcode that the cursor stands behind. */
export function completionAt(text: string, cursor: number): Completion | undefined {
  const before = text.slice(Math.max(0, cursor - LOOK_BACK), cursor);
  const person = PERSON.exec(before)?.[1];
  const query = person ?? EMOJI.exec(before)?.[1];
  if (query === undefined || isInCode(text.slice(0, cursor))) return undefined;
  return { kind: person === undefined ? 'emoji' : 'person', query, from: cursor - query.length - 1, to: cursor };
}

/** The shortcode that was just closed by its second colon. */
export function closedShortcode(text: string, cursor: number): Completion | undefined {
  const query = WHOLE_EMOJI.exec(text.slice(Math.max(0, cursor - LOOK_BACK), cursor))?.[1];
  if (query === undefined || isInCode(text.slice(0, cursor))) return undefined;
  return { kind: 'emoji', query, from: cursor - query.length - 2, to: cursor };
}

/** Whether a run of backticks is still open at the end of a text. */
function isInCode(before: string): boolean {
  if (!before.includes('`')) return false;
  const lastSpanEnd = codeSpansIn(before).at(-1)?.to ?? 0;
  return before.includes('`', lastSpanEnd);
}
