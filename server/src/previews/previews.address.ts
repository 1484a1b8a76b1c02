import { PREVIEW_URL_MAX } from '@dialog/shared/previews.values';

const SCHEME = /https?:\/\//iy;
/** As `web/src/markup` shows them: a line with backticks behind its fence begins no block. */
const FENCE = /(?<=^|\n) {0,3}(`{3,})(?![^\n]*`)/y;
const ENDS_ADDRESS = /[\s<>"`|]/;
/** Signs that end a sentence rather than an address. */
const TRAILING = new Set(['.', ',', ':', ';', '!', '?', "'", '…', '*', '_', '~']);
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * The address that a text asks a preview of: its first one, outside of code and of what is covered (`||…||`). One between
 * angle brackets asks for none. Each message runs through here, so most are done at the first look.
 */
export function addressIn(text: string): string | null {
  if (!text.includes('://')) return null;
  for (let at = 0; at < text.length;) {
    const after = coveredUntil(text, at);
    if (after > at) {
      at = after;
      continue;
    }
    const run = addressUntil(text, at);
    if (run > at) {
      const url = toUrl(text.slice(at, withoutTrailing(text, at, run)));
      if (url !== null) return url;
    }
    at = Math.max(run, at + 1);
  }
  return null;
}

/** Signs with which something may begin that is not to be looked into, and where that then ends; at itself if not. */
const COVERS: Readonly<Record<string, (text: string, at: number) => number>> = {
  '\\': (_text, at) => at + 2,
  '<': bracketedUntil,
  '|': spoilerUntil,
  ' ': fenceUntil,
  '`': (text, at) => Math.max(fenceUntil(text, at), codeUntil(text, at)),
};

function coveredUntil(text: string, at: number): number {
  return COVERS[text[at] ?? '']?.(text, at) ?? at;
}

function bracketedUntil(text: string, at: number): number {
  SCHEME.lastIndex = at + 1;
  if (!SCHEME.test(text)) return at;
  let end = SCHEME.lastIndex;
  while (end < text.length && !ENDS_ADDRESS.test(text[end] ?? '')) end += 1;
  return end;
}

function spoilerUntil(text: string, at: number): number {
  if (text[at + 1] !== '|') return at;
  const end = text.indexOf('||', at + 2);
  return end === -1 ? at + 2 : end + 2;
}

/** A block of code goes on to its closing fence, which may end a line of code; or else to the end. */
function fenceUntil(text: string, at: number): number {
  FENCE.lastIndex = at;
  const fence = FENCE.exec(text)?.[1];
  if (fence === undefined) return at;
  for (let line = text.indexOf('\n', at); line !== -1;) {
    const next = text.indexOf('\n', line + 1);
    const content = text.slice(line + 1, next === -1 ? text.length : next).trimEnd();
    if (content.endsWith(fence) && !content.endsWith(`${fence}\``)) return line + 1 + content.length;
    line = next;
  }
  return text.length;
}

/** A span of code ends with as many signs as it began with; without them the signs are signs. */
function codeUntil(text: string, at: number): number {
  const length = runLength(text, at);
  for (let from = at + length; ;) {
    const close = text.indexOf('`', from);
    if (close === -1) return at + length;
    const closeLength = runLength(text, close);
    if (closeLength === length) return close + length;
    from = close + closeLength;
  }
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === '`') end += 1;
  return end - at;
}

/** Where an address that begins here ends; `at` when none does. */
function addressUntil(text: string, at: number): number {
  SCHEME.lastIndex = at;
  if (!SCHEME.test(text) || /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return at;
  let end = SCHEME.lastIndex;
  while (end < text.length && !ENDS_ADDRESS.test(text[end] ?? '')) end += 1;
  return end;
}

/** Leaves "(see https://example.org/a_(b))." with the inner pair and without the outer one. */
function withoutTrailing(text: string, from: number, runEnd: number): number {
  let end = firstUnopened(text, from, runEnd);
  while (end > from && TRAILING.has(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** A closing sign without its opening one belongs to what stands around the address, as in `[words](address)`. */
function firstUnopened(text: string, from: number, runEnd: number): number {
  const open = new Map<string, number>();
  for (let at = from; at < runEnd; at += 1) {
    const sign = text[at] ?? '';
    const opening = CLOSING[sign] ?? sign;
    const change = sign in CLOSING ? -1 : 1;
    const left = (open.get(opening) ?? 0) + change;
    if (left < 0) return at;
    open.set(opening, left);
  }
  return runEnd;
}

/** In its one form. */
function toUrl(address: string): string | null {
  const url = URL.parse(address);
  return url && url.href.length <= PREVIEW_URL_MAX ? url.href : null;
}
