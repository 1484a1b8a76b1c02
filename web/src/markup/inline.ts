import { codeSpansIn } from './codeSpans.ts';
import { closeRun, openOrWrite } from './delimiters.ts';
import { destinationAt, hrefOf, isHonest } from './links.ts';
import { islandsIn } from './islands.ts';
import { type Scan, startScan, writeNode, writeText } from './scan.ts';
import type { Inline } from './tree.ts';

const BLANK_LINES = /(\n(?:[ \t]*\n)+)/;
/** Only signs that mean something here are taken off their meaning: "C:\new" and "\\server" stay as they are. */
const ESCAPABLE = /[*_~`|[\]<>]/;
const RUN = /[*_]+|~+|\|+/y;
const TICKS = /`+/y;

/**
 * The marks within lines. One pass, whatever is written (SECURITY attack 17): what is open is at most one mark of each
 * kind, so that nothing nests deeper than there are kinds, and a mark that never closes is just the sign it is.
 */
export function parseInline(text: string): readonly Inline[] {
  // No mark reaches over a blank line: a stray star does not hold to the end of the message.
  return text.split(BLANK_LINES).flatMap((part, index) => (index % 2 === 1 ? [textOf(part)] : parsePart(part)));
}

function parsePart(text: string): readonly Inline[] {
  if (text === '') return [];
  const code = new Map(codeSpansIn(text).map((span) => [span.from, span]));
  const islands = islandsIn(text);
  const scan = startScan(text);
  while (scan.at < text.length) {
    const sign = text[scan.at] ?? '';
    const [island, span] = [islands.get(scan.at), code.get(scan.at)];
    if (island) {
      // A link does not hold another.
      if (island.node.kind === 'link') scan.open = scan.open.filter(({ kind }) => kind !== 'link');
      writeNode(scan, island.node, island.to);
    } else if (span)
      writeNode(scan, { kind: 'code', text: codeIn(text.slice(span.from, span.to), span.fence) }, span.to);
    else readSign(scan, sign);
  }
  writeText(scan, text.length, 0);
  return scan.out;
}

function readSign(scan: Scan, sign: string): void {
  const read = READS[sign];
  if (read) read(scan);
  else scan.at += 1;
}

/** The sign behind it is a sign, and no mark. */
function readEscape(scan: Scan): void {
  const isEscape = ESCAPABLE.test(scan.text[scan.at + 1] ?? '');
  if (isEscape) writeText(scan, scan.at, 1);
  scan.at += 1;
}

/** Backticks without a partner. */
function readTicks(scan: Scan): void {
  scan.at = runEnd(TICKS, scan.text, scan.at);
}

function readRun(scan: Scan): void {
  const { text, at } = scan;
  const end = runEnd(RUN, text, at);
  const run = { sign: text[at] ?? '', length: end - at, before: signBefore(text, at), after: signAt(text, end) };
  writeText(scan, at, 0);
  const left = closeRun(scan, run);
  openOrWrite(scan, run, left);
  scan.at = end;
  scan.plainFrom = end;
}

function openLink(scan: Scan): void {
  const { at } = scan;
  writeText(scan, at, 0);
  scan.open = [...scan.open.filter(({ kind }) => kind !== 'link'), { kind: 'link', index: scan.out.length }];
  writeNode(scan, textOf('['), at + 1);
}

function closeLink(scan: Scan): void {
  const { text, at } = scan;
  const frame = scan.open.findIndex(({ kind }) => kind === 'link');
  const index = scan.open[frame]?.index;
  if (index === undefined) {
    scan.at += 1;
    return;
  }
  const destination = text[at + 1] === '(' ? destinationAt(text, at + 2) : undefined;
  const href = destination && hrefOf(destination.address);
  writeText(scan, at, 0);
  const children = scan.out.slice(index + 1);
  if (!destination || !href || children.length === 0 || !isHonest(children, href)) {
    scan.open = scan.open.filter(({ kind }) => kind !== 'link');
    scan.at = at + 1;
    return;
  }
  scan.out.length = index;
  scan.open = scan.open.slice(0, frame);
  writeNode(scan, { kind: 'link', href, children }, destination.end);
}

const READS: Readonly<Record<string, (scan: Scan) => void>> = {
  '\\': readEscape,
  '`': readTicks,
  '[': openLink,
  ']': closeLink,
  '*': readRun,
  _: readRun,
  '~': readRun,
  '|': readRun,
};

/** One space on each side is taken off, so that code may begin with a backtick. */
function codeIn(span: string, fence: number): string {
  const inner = span.slice(fence, -fence);
  const isPadded = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '';
  return isPadded ? inner.slice(1, -1) : inner;
}

function runEnd(run: RegExp, text: string, at: number): number {
  run.lastIndex = at;
  return run.test(text) ? run.lastIndex : at + 1;
}

/** A whole sign, also where it takes two places, as emoji do. */
function signAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function signBefore(text: string, at: number): string {
  const isPair = at > 1 && /[\udc00-\udfff]/.test(text[at - 1] ?? '');
  return at === 0 ? '' : text.slice(at - (isPair ? 2 : 1), at);
}

function textOf(text: string): Inline {
  return { kind: 'text', text };
}
