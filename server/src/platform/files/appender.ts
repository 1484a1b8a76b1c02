import {
  CHUNK_BYTES,
  CHUNKS_PER_PART,
  openChunk,
  PART_BYTES,
  partOf,
  sealChunk,
  SEALED_CHUNK_BYTES,
} from './chunks.ts';
import type { FileStorage } from './fileStorage.ts';
import type { SealedFile } from './sealedFiles.ts';
import { passedThrough } from './youngGarbage.ts';

/** Takes a file's bytes in their order. */
export interface Appender {
  /** @throws AppError when the storage fails, or whatever `stored` throws. */
  write(bytes: Uint8Array): Promise<void>;
  /** Stores what is in hand, also in the middle of a chunk; answers how many bytes of the file are durable then. */
  settle(): Promise<number>;
}

export interface AppenderOptions {
  /** Bytes of the file that are durable already. */
  readonly received: number;
  /** So many are durable now; must be written down before anyone is told. Throws to stop. */
  readonly stored: (received: number) => Promise<void>;
}

/** More than one, so that the bytes do not wait for each commit and each flush of the disk. */
const PARTS_STORING = 2;

/**
 * Seals what comes and stores it part by part. An unfinished part is stored like any other, its last chunk short; going on
 * takes it up again and replaces it, so that nothing is ever changed in place and a cut costs no byte that was told durable.
 */
export async function createAppender(
  storage: FileStorage,
  file: SealedFile,
  { received, stored }: AppenderOptions,
): Promise<Appender> {
  const plain = Buffer.allocUnsafe(CHUNK_BYTES);
  let taken = received;
  let isDirty = false;
  /** Parts on their way to the storage, the first one first; each resolves when it and all before it are written down. */
  const storing: Promise<void>[] = [];
  let sealed = await takeUp();

  /** The whole chunks of the part that was begun; the short one behind them is opened into `plain`. */
  async function takeUp(): Promise<Buffer[]> {
    if (received % PART_BYTES === 0) return [];
    const index = Math.floor(received / CHUNK_BYTES);
    const whole = index % CHUNKS_PER_PART;
    const name = `${file.folder}${partOf(index)}`;
    const bytes = await all(storage.read(name, { start: 0, length: (whole + 1) * SEALED_CHUNK_BYTES }));
    const chunks = Array.from({ length: whole }, (_, at) =>
      bytes.subarray(at * SEALED_CHUNK_BYTES, (at + 1) * SEALED_CHUNK_BYTES),
    );
    if (received % CHUNK_BYTES > 0) openBegun(index, bytes.subarray(whole * SEALED_CHUNK_BYTES)).copy(plain);
    return chunks;
  }

  /** A crash may have come between storing the part and writing that down: then there is more in it, even its end. */
  function openBegun(index: number, bytes: Buffer): Buffer {
    try {
      return openChunk(file, { index, isLast: false }, bytes);
    } catch {
      return openChunk(file, { index, isLast: true }, bytes);
    }
  }

  function sealTail(): Buffer[] {
    const index = Math.floor((taken - 1) / CHUNK_BYTES);
    const length = taken - index * CHUNK_BYTES;
    return sealChunk(file, { index, isLast: taken === file.size }, plain.subarray(0, length));
  }

  /** Parts go to the storage while the next one comes in, a few at once; what is durable is told in their order. */
  async function store(content: readonly Buffer[], part: number): Promise<void> {
    if (storing.length === PARTS_STORING) await storing.shift();
    const upTo = taken;
    isDirty = false;
    const noted = afterAll([storing.at(-1) ?? Promise.resolve(), storage.put(`${file.folder}${part}`, content)]).then(
      () => stored(upTo),
    );
    // It is awaited with a part after it, which may come late.
    noted.catch(() => undefined);
    storing.push(noted);
  }

  return {
    async write(bytes) {
      if (taken + bytes.length > file.size) throw new Error('more bytes than the file was said to have');
      passedThrough(bytes.length);
      for (let at = 0; at < bytes.length;) {
        const inChunk = taken % CHUNK_BYTES;
        const fits = Math.min(CHUNK_BYTES - inChunk, bytes.length - at);
        plain.set(bytes.subarray(at, at + fits), inChunk);
        at += fits;
        taken += fits;
        isDirty = true;
        if (taken % CHUNK_BYTES !== 0 && taken !== file.size) continue;
        sealed.push(...sealTail());
        if (taken % PART_BYTES !== 0 && taken !== file.size) continue;
        const part = partOf(Math.floor((taken - 1) / CHUNK_BYTES));
        const content = sealed;
        sealed = [];
        // oxlint-disable-next-line no-await-in-loop -- in the order of the file
        await store(content, part);
      }
    },
    async settle() {
      if (isDirty) {
        const hasTail = taken % CHUNK_BYTES !== 0;
        await store(hasTail ? [...sealed, ...sealTail()] : [...sealed], partOf(Math.floor((taken - 1) / CHUNK_BYTES)));
      }
      await storing.at(-1);
      return taken;
    },
  };
}

/** Also after those that fail, so that whoever hears of a failure knows that nothing is under way any more. */
async function afterAll(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}

async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const bytes of source) pieces.push(bytes);
  return Buffer.concat(pieces);
}
