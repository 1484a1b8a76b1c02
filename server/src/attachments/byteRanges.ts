import type { ByteRange } from '../platform/files/fileStorage.ts';

const FROM_TO = /^bytes=(\d{1,15})-(\d{0,15})$/;
const LAST = /^bytes=-(\d{1,15})$/;

/**
 * What a `Range` header asks of a file of this size: all of it when there is none, or one that we do not understand or
 * that names several stretches (RFC 9110 lets a server ignore those); `unsatisfiable` when it lies beyond the end.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'all' | 'unsatisfiable' {
  const last = LAST.exec(header ?? '')?.[1];
  if (last !== undefined) return lastOf(Number(last), size);
  const [, from, to] = FROM_TO.exec(header ?? '') ?? [];
  if (from === undefined) return 'all';
  const start = Number(from);
  const end = to ? Number(to) + 1 : Number.POSITIVE_INFINITY;
  if (end <= start) return 'all';
  return start >= size ? 'unsatisfiable' : { start, length: Math.min(end, size) - start };
}

function lastOf(wanted: number, size: number): ByteRange | 'unsatisfiable' {
  const length = Math.min(wanted, size);
  return length === 0 ? 'unsatisfiable' : { start: size - length, length };
}
