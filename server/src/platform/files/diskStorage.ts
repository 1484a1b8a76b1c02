import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, statfs, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../appError.ts';
import { codeOf } from '../mysql/mysqlErrors.ts';
import { SEALED_CHUNK_BYTES } from './chunks.ts';
import type { FileStorage } from './fileStorage.ts';

interface DiskStorageOptions {
  readonly folder: string;
  /** With more of the disk in use than this share, nothing new is begun. */
  readonly fullAtShare: number;
}

/** A few chunks at a time: large enough to be quick, small enough for a thousand slow readers. */
const READ_BYTES = 4 * SEALED_CHUNK_BYTES;
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG']);

/** Files of the local disk, for their owner alone. */
export function createDiskStorage({ folder, fullAtShare }: DiskStorageOptions): FileStorage {
  async function write(path: string, content: readonly Buffer[]): Promise<void> {
    const file = await open(path, 'wx', 0o600);
    try {
      await writeAll(file, content);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  return {
    async put(name, content) {
      const path = join(folder, name);
      const aside = `${path}.${randomBytes(6).toString('hex')}`;
      try {
        await inFolder(dirname(path), () => write(aside, content));
        await rename(aside, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await rm(aside, { force: true });
        if (NO_ROOM.has(codeOf(error))) throw new AppError('storage-full', codeOf(error), { cause: error });
        throw error;
      }
    },

    async *read(name, { start, length }) {
      const source = createReadStream(join(folder, name), {
        start,
        end: start + length - 1,
        highWaterMark: Math.min(READ_BYTES, length),
      });
      for await (const bytes of source) yield bytes as Buffer;
    },

    async removeAll(name) {
      await rm(join(folder, name), { recursive: true, force: true });
    },

    async hasRoom() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { blocks, bavail } = await statfs(folder);
      return blocks === 0 || 1 - bavail / blocks < fullAtShare;
    },
  };
}

/** A disk with a little room takes a little and says nothing; what is left is tried again, and then it says why not. */
async function writeAll(file: FileHandle, content: readonly Buffer[]): Promise<void> {
  let left = [...content];
  while (left.length > 0) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    left = afterBytes(left, (await file.writev(left)).bytesWritten);
  }
}

function afterBytes(content: readonly Buffer[], count: number): Buffer[] {
  let skipped = count;
  return content.flatMap((bytes) => {
    const rest = bytes.subarray(Math.min(skipped, bytes.length));
    skipped -= bytes.length - rest.length;
    return rest.length > 0 ? [rest] : [];
  });
}

/** Makes the folder only when it is missing, which for all parts but the first it is not. */
async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await work();
  }
}

/** A name is durable when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
