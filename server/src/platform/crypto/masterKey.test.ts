import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadMasterKey } from './masterKey.ts';

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'dialog-key-'));
});
afterEach(() => rm(dataFolder, { recursive: true }));

const load = () => loadMasterKey({ fromEnvironment: undefined, dataFolder });

test('a first start makes a key that only its owner can read, and later starts find it', async () => {
  const key = await load();
  expect(key).toHaveLength(32);
  expect((await stat(join(dataFolder, 'master.key'))).mode & 0o777).toBe(0o600);
  expect(await load()).toEqual(key);
});

test('nodes starting at the same moment agree on one key and leave nothing else behind', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, load));
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(await readdir(dataFolder)).toEqual(['master.key']);
});

test('a key file that others can read, or that holds no key, stops the start and stays as it is', async () => {
  const path = join(dataFolder, 'master.key');
  await load();
  await chmod(path, 0o644);
  await expect(load()).rejects.toThrow(/chmod 600/);
  await chmod(path, 0o600);
  await writeFile(path, 'short');
  await expect(load()).rejects.toThrow(/32 bytes/);
  expect(await readFile(path, 'utf8')).toBe('short');
});

test('the key of the environment counts before the file', async () => {
  const key = Buffer.alloc(32, 7);
  expect(await loadMasterKey({ fromEnvironment: key.toString('base64'), dataFolder })).toEqual(key);
  expect(await readdir(dataFolder)).toEqual([]);
});
