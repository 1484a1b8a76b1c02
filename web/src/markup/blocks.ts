import { parseInline } from './inline.ts';
import type { Block, ListItem } from './tree.ts';

/** Quotes and lists deeper than this are shown as written: nobody means them, and each level costs a pass (attack 17). */
const DEPTH_MAX = 5;

const FENCE = /^ {0,3}(`{3,})[ \t]*([\w+#.-]{0,30})[ \t]*$/;
const QUOTE = /^ {0,3}>(?: |$|(?=>))/;
/** What is set in by two or more. */
const BELONGS_TO_ITEM = /^(?: {2}|\t)\s*\S/;
const ITEM = /^( {0,3}(?:[-*]|(\d{1,9})[.)]) )(?=\s*\S)/;

type Lines = readonly string[];

/** One block from a line on, and how many lines it takes; undefined where no block of its kind begins. */
type Reads = (lines: Lines, at: number, depth: number) => { readonly block: Block; readonly next: number } | undefined;

/**
 * Cuts a text into blocks. Whatever begins no block is a paragraph, with its spaces and line breaks as they were
 * written: people draw with them. Linear: a line is looked at once per level, and there are few levels.
 */
export function parseBlocks(lines: Lines, depth = 0): readonly Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    const text = withoutOuterLines(paragraph);
    if (text !== '') blocks.push({ kind: 'paragraph', children: parseInline(text) });
    paragraph = [];
  };
  let at = 0;
  while (at < lines.length) {
    const read = readBlock(lines, at, depth);
    if (read) {
      endParagraph();
      blocks.push(read.block);
      at = read.next;
    } else {
      paragraph.push(lines[at] ?? '');
      at += 1;
    }
  }
  endParagraph();
  return blocks;
}

const readBlock: Reads = (lines, at, depth) => {
  const code = readFence(lines, at, depth);
  if (code || depth >= DEPTH_MAX) return code;
  return readQuote(lines, at, depth) ?? readList(lines, at, depth);
};

/** Up to the closing fence; without one, to the end. */
const readFence: Reads = (lines, at) => {
  const [, fence, language = ''] = FENCE.exec(lines[at] ?? '') ?? [];
  if (fence === undefined) return undefined;
  const closing = closingLine(lines, at + 1, fence);
  const code = lines.slice(at + 1, closing);
  const last = (lines[closing] ?? '').trimEnd().slice(0, -fence.length);
  if (last.trim() !== '') code.push(last);
  // A fence around nothing is three signs.
  if (code.every((line) => line.trim() === '')) return undefined;
  return { block: { kind: 'code', language, text: code.join('\n') }, next: closing + 1 };
};

/** The closing fence may also stand at the end of the last line of code. */
function closingLine(lines: Lines, from: number, fence: string): number {
  for (let at = from; at < lines.length; at += 1) {
    const end = (lines[at] ?? '').trimEnd();
    if (end.endsWith(fence) && !end.endsWith(`${fence}\``)) return at;
  }
  return lines.length;
}

const readQuote: Reads = (lines, at, depth) => {
  let next = at;
  while (next < lines.length && QUOTE.test(lines[next] ?? '')) next += 1;
  if (next === at) return undefined;
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTE, ''));
  const blocks = parseBlocks(inner, depth + 1);
  return blocks.length === 0 ? undefined : { block: { kind: 'quote', blocks }, next };
};

const readList: Reads = (lines, at, depth) => {
  const items: ListItem[] = [];
  let next = at;
  for (let item = readItem(lines, next, depth); item; item = readItem(lines, next, depth)) {
    if (items.length > 0 && (items[0]?.number === null) !== (item.item.number === null)) break;
    items.push(item.item);
    next = item.next;
  }
  return items.length === 0 ? undefined : { block: { kind: 'list', items }, next };
};

function readItem(lines: Lines, at: number, depth: number): { item: ListItem; next: number } | undefined {
  const first = lines[at] ?? '';
  const [, marker, digits] = ITEM.exec(first) ?? [];
  if (marker === undefined || !isNumberAsShown(digits)) return undefined;
  const inner = [first.slice(marker.length)];
  let next = at + 1;
  for (; BELONGS_TO_ITEM.test(lines[next] ?? ''); next += 1)
    inner.push((lines[next] ?? '').replace(indentOf(marker), ''));
  const number = digits === undefined ? null : Number(digits);
  return { item: { number, blocks: parseBlocks(inner, depth + 1) }, next };
}

/** "007." would be shown as "7.". */
function isNumberAsShown(digits: string | undefined): boolean {
  return digits === undefined || String(Number(digits)) === digits;
}

function indentOf(marker: string): RegExp {
  return new RegExp(`^(?:\\t| {1,${marker.length}})`);
}

/** Blank lines at the edges separate blocks and are not shown; more than two between lines are two. */
function withoutOuterLines(lines: Lines): string {
  const isText = (line: string): boolean => line.trim() !== '';
  const [from, to] = [lines.findIndex(isText), lines.findLastIndex(isText)];
  if (from === -1) return '';
  const kept: string[] = [];
  let blank = 0;
  for (const line of lines.slice(from, to + 1)) {
    blank = isText(line) ? 0 : blank + 1;
    if (blank <= BLANK_MAX) kept.push(line);
  }
  return kept.join('\n');
}

const BLANK_MAX = 2;
