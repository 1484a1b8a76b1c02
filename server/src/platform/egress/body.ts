import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, type BrotliDecompress, type Gunzip } from 'node:zlib';
import { EgressRefusal } from './egressRefusal.ts';

export interface BodyBound {
  /** Counted after decompression. */
  readonly maxBytes: number;
  /** Of what is larger either the beginning is enough, or nothing of it is of use. */
  readonly whenLarger: 'cut' | 'refuse';
}

/**
 * Reads no more than it may, however well it was packed.
 * @throws EgressRefusal `too-large`, or `wrong-answer` for a packing that was not asked for.
 */
export async function readBody(response: IncomingMessage, { maxBytes, whenLarger }: BodyBound): Promise<Buffer> {
  const announced = Number(response.headers['content-length'] ?? 0);
  if (whenLarger === 'refuse' && announced > maxBytes) throw new EgressRefusal('too-large');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of unpacked(response)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) break;
    }
  } finally {
    response.destroy();
  }
  if (size > maxBytes && whenLarger === 'refuse') throw new EgressRefusal('too-large');
  return Buffer.concat(chunks, Math.min(size, maxBytes));
}

function unpacked(response: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return response;
  if (encoding === 'gzip' || encoding === 'x-gzip') return through(response, createGunzip());
  if (encoding === 'br') return through(response, createBrotliDecompress());
  throw new EgressRefusal('wrong-answer');
}

/** A failure of the first reaches the reader of the second; leaving off reading the second ends the first. */
function through(from: IncomingMessage, into: Gunzip | BrotliDecompress): AsyncIterable<Buffer> {
  pipeline(from, into, () => {});
  return into;
}
