/** A stretch of a text; `href` where it is an address to follow. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

/** Searched in the text as it is: lower case can be longer ("İ"), and places would no longer agree. */
const SCHEME = /https?:\/\//giu;
const ENDS_ADDRESS = /[\s<>"`|]/;
/** Signs that end a sentence rather than an address. */
const TRAILING = new Set(['.', ',', ':', ';', '!', '?', "'", '…', '*', '_', '~']);
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Finds http and https addresses. One pass over the text whatever it holds (SECURITY attack 17): no expression that
 * could backtrack, and every address found moves the search behind it.
 */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let plainFrom = 0;
  let at = nextAddress(text, 0);
  while (at !== -1) {
    const run = runEnd(text, at);
    const end = withoutTrailing(text, at, run);
    const address = text.slice(at, end);
    const href = hrefOf(address);
    if (href) {
      if (at > plainFrom) parts.push({ text: text.slice(plainFrom, at) });
      parts.push({ text: address, href });
      plainFrom = end;
    }
    at = nextAddress(text, run);
  }
  if (plainFrom < text.length) parts.push({ text: text.slice(plainFrom) });
  return parts;
}

function nextAddress(text: string, from: number): number {
  SCHEME.lastIndex = from;
  for (let found = SCHEME.exec(text); found; found = SCHEME.exec(text)) {
    const isAlone = found.index === 0 || !/[\p{L}\p{N}]/u.test(text[found.index - 1] ?? '');
    if (isAlone) return found.index;
  }
  return -1;
}

function runEnd(text: string, from: number): number {
  let end = from;
  // `](` is where a link's words end and its address begins.
  while (end < text.length && !ENDS_ADDRESS.test(text[end] ?? '') && !text.startsWith('](', end)) end += 1;
  return end;
}

/** Leaves "(see https://example.org/a_(b))." with the inner pair and without the outer one. */
function withoutTrailing(text: string, from: number, runEndsAt: number): number {
  const left = countSigns(text, from, runEndsAt);
  const countOf = (sign: string): number => left.get(sign) ?? 0;
  let end = runEndsAt;
  while (end > from) {
    const sign = text[end - 1] ?? '';
    const opening = CLOSING[sign];
    const isUnopened = opening !== undefined && countOf(sign) > countOf(opening);
    if (!TRAILING.has(sign) && !isUnopened) break;
    left.set(sign, countOf(sign) - 1);
    end -= 1;
  }
  return end;
}

function countSigns(text: string, from: number, to: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = from; at < to; at += 1) {
    const sign = text[at] ?? '';
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return counts;
}

function hrefOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
