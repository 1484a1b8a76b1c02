import { SEAL_OVERHEAD, sealInPieces, unseal, type SealingKey } from '../crypto/sealing.ts';

/** What is sealed at a time, and so the least that a range read opens. */
export const CHUNK_BYTES = 64 * 1024;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + SEAL_OVERHEAD;
/** One stored object: as much of an upload as waits in memory, and as little as an object store likes to be bothered with. */
export const CHUNKS_PER_PART = 32;
export const PART_BYTES = CHUNKS_PER_PART * CHUNK_BYTES;

/** Whose chunk this is: bound into each, so that none opens in another file. */
export interface ChunkOwner {
  readonly key: SealingKey;
  /** Of fixed length among the files of one key. */
  readonly context: Buffer;
}

export interface ChunkPlace {
  readonly index: number;
  /** Bound as well: a file cut off between two chunks does not pass for a whole one. */
  readonly isLast: boolean;
}

export function sealChunk({ key, context }: ChunkOwner, place: ChunkPlace, plain: Buffer): Buffer[] {
  return sealInPieces(key, plain, contextOf(context, place));
}

/** Throws when the chunk is not the one that was sealed for this place. */
export function openChunk({ key, context }: ChunkOwner, place: ChunkPlace, sealed: Buffer): Buffer {
  return unseal(key, sealed, contextOf(context, place));
}

function contextOf(context: Buffer, { index, isLast }: ChunkPlace): Buffer {
  const place = Buffer.alloc(5);
  place.writeUInt32BE(index);
  place.writeUInt8(isLast ? 1 : 0, 4);
  return Buffer.concat([context, place]);
}

/** One chunk of a file of known size: where its plain bytes are, and where its sealed ones, within its part. */
export interface Chunk extends ChunkPlace {
  readonly start: number;
  readonly length: number;
  readonly sealedLength: number;
}

export function chunkAt(index: number, size: number): Chunk {
  const start = index * CHUNK_BYTES;
  const length = Math.min(CHUNK_BYTES, size - start);
  return { index, start, length, sealedLength: length + SEAL_OVERHEAD, isLast: start + length === size };
}

/** Where in its part a chunk's sealed bytes begin. */
export function sealedStart(index: number): number {
  return (index % CHUNKS_PER_PART) * SEALED_CHUNK_BYTES;
}

export function partOf(index: number): number {
  return Math.floor(index / CHUNKS_PER_PART);
}
