import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskStorage } from './diskStorage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialog-files-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a part is for its owner alone, is replaced whole, and goes with its folder', async () => {
  const storage = createDiskStorage({ folder, fullAtShare: 1 });
  await storage.put('ab/cd/file/0', [Buffer.from('first')]);
  await storage.put('ab/cd/file/0', [Buffer.from('sec'), Buffer.from('ond')]);
  expect(await readFile(join(folder, 'ab/cd/file/0'), 'utf8')).toBe('second');
  expect(await readdir(join(folder, 'ab/cd/file'))).toEqual(['0']);
  for (const path of ['ab', 'ab/cd/file', 'ab/cd/file/0']) {
    expect((await stat(join(folder, path))).mode & 0o077, path).toBe(0);
  }
  await storage.removeAll('ab/cd/file/');
  await storage.removeAll('ab/cd/file/');
  expect(await readdir(join(folder, 'ab/cd'))).toEqual([]);
});

test('a disk that takes no more says so by name, and nothing of the part stays', async () => {
  const script = `
    const { createDiskStorage } = await import(${JSON.stringify(new URL('diskStorage.ts', import.meta.url).href)});
    const storage = createDiskStorage({ folder: ${JSON.stringify(folder)}, fullAtShare: 1 });
    await storage.put('ab/small', [Buffer.alloc(100)]);
    await storage.put('ab/large', [Buffer.alloc(1_000_000)]).catch((error) => console.log(error.code));`;
  // A process that may write 64 kB into a file meets the same refusal as one on a full disk.
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-c', 'ulimit -f 128; exec "$0" --input-type=module -e "$1"', process.execPath, script],
    { timeout: 20_000 },
  );
  expect(stdout.trim()).toBe('storage-full');
  expect(await readdir(join(folder, 'ab'))).toEqual(['small']);
});
