import { createAppender, type Appender, type AppenderOptions } from './appender.ts';
import { CHUNK_BYTES, chunkAt, openChunk, partOf, sealedStart, type Chunk, type ChunkOwner } from './chunks.ts';
import type { ByteRange, FileStorage } from './fileStorage.ts';
import { passedThrough } from './youngGarbage.ts';

/** A file as it lies in storage: parts `0`, `1`, … below its folder. */
export interface SealedFile extends ChunkOwner {
  /** Ends with a slash. */
  readonly folder: string;
  /** Of the whole file, in plain bytes; known before the first of them. */
  readonly size: number;
}

export type SealedFiles = ReturnType<typeof createSealedFiles>;

/** Files that are sealed on their way in and opened on their way out, chunk by chunk: no plain byte rests, no file is held whole. */
export function createSealedFiles(storage: FileStorage) {
  return {
    /** Goes on with a file of which `received` bytes are there. */
    append: (file: SealedFile, options: AppenderOptions): Promise<Appender> => createAppender(storage, file, options),

    async write(file: SealedFile, source: AsyncIterable<Uint8Array>): Promise<void> {
      const appender = await createAppender(storage, file, { received: 0, stored: async () => {} });
      for await (const bytes of source) await appender.write(bytes);
      if ((await appender.settle()) !== file.size) throw new Error('a file of another size than was said');
    },

    /** Opens the chunks that the range touches, and no others. Fails at the first one that was tampered with. */
    async *read(file: SealedFile, { start, length }: ByteRange): AsyncGenerator<Buffer> {
      const end = Math.min(start + length, file.size);
      let index = Math.floor(start / CHUNK_BYTES);
      while (index * CHUNK_BYTES < end) {
        const chunks = chunksOfPart(file, index, end);
        index += chunks.length;
        // oxlint-disable-next-line no-await-in-loop -- in the order of the file
        for await (const { chunk, sealed } of sealedChunks(storage, file, chunks)) {
          const plain = openChunk(file, chunk, sealed);
          if (plain.length !== chunk.length) throw new Error('a chunk of another size than its place has');
          passedThrough(plain.length);
          yield plain.subarray(Math.max(0, start - chunk.start), Math.min(plain.length, end - chunk.start));
        }
      }
    },

    removeAll: (folder: string): Promise<void> => storage.removeAll(folder),
    hasRoom: (): Promise<boolean> => storage.hasRoom(),
  };
}

/** From this chunk to the end of its part, or of what is wanted. */
function chunksOfPart(file: SealedFile, first: number, end: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let index = first; partOf(index) === partOf(first) && index * CHUNK_BYTES < end; index += 1) {
    chunks.push(chunkAt(index, file.size));
  }
  return chunks;
}

async function* sealedChunks(
  storage: FileStorage,
  file: SealedFile,
  chunks: readonly Chunk[],
): AsyncGenerator<{ chunk: Chunk; sealed: Buffer }> {
  const [first] = chunks;
  if (!first) return;
  const range = {
    start: sealedStart(first.index),
    length: chunks.reduce((sum, chunk) => sum + chunk.sealedLength, 0),
  };
  let at = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const bytes of storage.read(`${file.folder}${partOf(first.index)}`, range)) {
    held.push(bytes);
    heldBytes += bytes.length;
    for (let chunk = chunks[at]; chunk && heldBytes >= chunk.sealedLength; chunk = chunks[at]) {
      const all = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
      yield { chunk, sealed: all.subarray(0, chunk.sealedLength) };
      held = [all.subarray(chunk.sealedLength)];
      heldBytes -= chunk.sealedLength;
      at += 1;
    }
  }
  if (at < chunks.length) throw new Error('a part of a file is shorter than it should be');
}
