import type { ByteRange } from '../platform/files/fileStorage.ts';

/**
 * What a `Range` header asks of a file of this size: all of it when there is none, or one that we do not understand or
 * that names several stretches (RFC 9110 lets a server ignore those); `unsatisfiable` when it lies beyond the end.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'all' | 'unsatisfiable' {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = asked ?? [];
  if (from === '' && to === '') return 'all';
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, length };
  }
  const start = Number(from);
  if (to !== '' && Number(to) < start) return 'all';
  if (start >= size) return 'unsatisfiable';
  const end = to === '' ? size : Math.min(Number(to) + 1, size);
  return { start, length: end - start };
}
