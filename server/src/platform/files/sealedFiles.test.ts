import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newKeyBytes, toSealingKey } from '../crypto/sealing.ts';
import { CHUNK_BYTES, PART_BYTES, SEALED_CHUNK_BYTES } from './chunks.ts';
import type { FileStorage } from './fileStorage.ts';
import { createSealedFiles, type SealedFile } from './sealedFiles.ts';

/** Objects in memory, handed out in pieces of no particular size. */
function storageInMemory(pieceBytes = 100_000) {
  const objects = new Map<string, Buffer>();
  const storage: FileStorage = {
    put: async (name, content) => void objects.set(name, Buffer.concat(content)),
    async *read(name, { start, length }) {
      const object = objects.get(name);
      if (!object) throw new Error('no such object');
      const wanted = object.subarray(start, start + length);
      for (let at = 0; at < wanted.length; at += pieceBytes) yield wanted.subarray(at, at + pieceBytes);
    },
    async removeAll(folder) {
      for (const name of objects.keys()) if (name.startsWith(folder)) objects.delete(name);
    },
    hasRoom: async () => true,
  };
  return { objects, storage, files: createSealedFiles(storage) };
}

function aFile(size: number, context = 'file one'): SealedFile {
  return { folder: 'f/', key: toSealingKey(newKeyBytes()), context: Buffer.from(context), size };
}

async function* inPieces(bytes: Buffer, pieceBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function gather(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

const BIG = randomBytes(PART_BYTES * 2 + 3 * CHUNK_BYTES + 17);

/** Sizes at which something could be off by one, and any others. */
const aSize = fc.oneof(
  fc.constantFrom(
    0,
    1,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    PART_BYTES - 1,
    PART_BYTES,
    PART_BYTES + 1,
    2 * PART_BYTES,
  ),
  fc.integer({ min: 0, max: BIG.length }),
);

test('any range of a file is the same slice of what was written, however it came and went in pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      aSize,
      fc.integer({ min: 1_000, max: 3 * CHUNK_BYTES }),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
      async (size, pieceBytes, ranges) => {
        const { files } = storageInMemory(pieceBytes + 13);
        const file = aFile(size);
        const plain = BIG.subarray(0, size);
        await files.write(file, inPieces(plain, pieceBytes));
        for (const [a, b] of ranges) {
          const start = size === 0 ? 0 : a % size;
          const length = size === 0 ? 0 : b % (size - start + 1);
          const read = await gather(files.read(file, { start, length }));
          expect(read.equals(plain.subarray(start, start + length))).toBe(true);
        }
        expect((await gather(files.read(file, { start: 0, length: size }))).equals(plain)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test('an upload that is cut again and again, anywhere, ends as the same file', async () => {
  await fc.assert(
    fc.asyncProperty(
      aSize.filter((size) => size > 0),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
      fc.boolean(),
      async (size, cuts, isForgetful) => {
        const { files } = storageInMemory();
        const file = aFile(size);
        const plain = BIG.subarray(0, size);
        const stops = [...cuts.map((cut) => Math.floor(cut * size)).toSorted((a, b) => a - b), size];
        let durable = 0;
        for (const stop of stops) {
          let written = durable;
          const appender = await files.append(file, {
            received: durable,
            stored: async (upTo) => void (written = upTo),
          });
          if (stop > durable) await appender.write(plain.subarray(durable, stop));
          const settled = await appender.settle();
          expect(settled).toBe(Math.max(stop, durable));
          // A crash may lose what was noted last, never what lies in the storage.
          durable = isForgetful && stop < size ? Math.min(written, Math.floor(settled * 0.9)) : settled;
        }
        expect((await gather(files.read(file, { start: 0, length: size }))).equals(plain)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test('a flipped bit anywhere is noticed when its chunk is read, and only then', async () => {
  const size = PART_BYTES + 3 * CHUNK_BYTES + 5;
  const plain = BIG.subarray(0, size);
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(7), async (where, bit) => {
      const { files, objects } = storageInMemory();
      const file = aFile(size);
      await files.write(file, inPieces(plain, 500_000));
      const name = where % 3 === 0 ? 'f/1' : 'f/0';
      const object = objects.get(name) as Buffer;
      const at = where % object.length;
      object[at] = (object[at] ?? 0) ^ (1 << bit);
      const chunk = (name === 'f/1' ? 32 : 0) + Math.floor(at / SEALED_CHUNK_BYTES);
      await expect(gather(files.read(file, { start: chunk * CHUNK_BYTES, length: 1 }))).rejects.toThrow();
      const other = chunk === 0 ? 1 : chunk - 1;
      await expect(gather(files.read(file, { start: other * CHUNK_BYTES, length: 1 }))).resolves.toHaveLength(1);
    }),
    { numRuns: 25 },
  );
});

test('chunks and parts that were swapped, cut off, or taken from another file do not open', async () => {
  const size = 2 * PART_BYTES;
  const whole = (files: ReturnType<typeof storageInMemory>['files'], file: SealedFile) =>
    gather(files.read(file, { start: 0, length: file.size }));
  const spoiled = async (spoil: (objects: Map<string, Buffer>) => void) => {
    const { files, objects } = storageInMemory();
    const file = aFile(size);
    await files.write(file, inPieces(BIG.subarray(0, size), 1_000_000));
    spoil(objects);
    return whole(files, file);
  };
  const at = (objects: Map<string, Buffer>, name: string) => objects.get(name) as Buffer;

  await expect(
    spoiled((objects) => {
      const object = at(objects, 'f/0');
      const [first, second] = [
        object.subarray(0, SEALED_CHUNK_BYTES),
        object.subarray(SEALED_CHUNK_BYTES, 2 * SEALED_CHUNK_BYTES),
      ];
      objects.set('f/0', Buffer.concat([second, first, object.subarray(2 * SEALED_CHUNK_BYTES)]));
    }),
  ).rejects.toThrow();
  await expect(spoiled((objects) => objects.set('f/1', at(objects, 'f/0')))).rejects.toThrow();
  await expect(spoiled((objects) => objects.set('f/1', at(objects, 'f/1').subarray(0, -1)))).rejects.toThrow();
  await expect(spoiled((objects) => objects.delete('f/1'))).rejects.toThrow();

  const { files, objects } = storageInMemory();
  const file = aFile(size);
  await files.write(file, inPieces(BIG.subarray(0, size), 1_000_000));
  await expect(whole(files, { ...file, size: PART_BYTES })).rejects.toThrow();
  await expect(whole(files, { ...file, context: Buffer.from('file two') })).rejects.toThrow();
  await expect(whole(files, { ...file, key: toSealingKey(newKeyBytes()) })).rejects.toThrow();
  expect(Buffer.concat([...objects.values()]).includes(BIG.subarray(0, 32))).toBe(false);
});

test('a file of another size than was said is refused', async () => {
  const { files } = storageInMemory();
  await expect(files.write(aFile(10), inPieces(BIG.subarray(0, 9), 9))).rejects.toThrow();
  await expect(files.write(aFile(10), inPieces(BIG.subarray(0, 11), 11))).rejects.toThrow();
});
