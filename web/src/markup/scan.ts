import type { Inline } from './tree.ts';

export type MarkKind = 'strong' | 'emphasis' | 'strike' | 'spoiler';

/** A mark that was opened; its sign stands in `out` at `index`, as text until it closes. */
export interface Frame {
  readonly kind: MarkKind | 'link';
  readonly index: number;
}

/** One pass over a text. What was read is in `out`, except for the plain text since `plainFrom`. */
export interface Scan {
  readonly text: string;
  readonly out: Inline[];
  at: number;
  plainFrom: number;
  /** At most one of each kind, in the order of their opening. */
  open: readonly Frame[];
}

export function startScan(text: string): Scan {
  return { text, out: [], at: 0, plainFrom: 0, open: [] };
}

/** Writes the plain text before `to`, and goes on behind `skipped` signs, which are not shown. */
export function writeText(scan: Scan, to: number, skipped: number): void {
  if (to > scan.plainFrom) scan.out.push({ kind: 'text', text: scan.text.slice(scan.plainFrom, to) });
  scan.plainFrom = to + skipped;
  scan.at = to + skipped;
}

/** Writes the plain text so far and something that is none, which ends at `to`. */
export function writeNode(scan: Scan, node: Inline, to: number): void {
  writeText(scan, scan.at, 0);
  scan.out.push(node);
  scan.at = to;
  scan.plainFrom = to;
}
