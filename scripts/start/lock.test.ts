import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { scratchFolder } from '../testing/scratch.mjs';
import { lockHolder, startOf, takeLock } from './lock.mjs';
import { waitUntil } from './waiting.mjs';

// Processes are started here, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

const LOCK_MODULE = new URL('lock.mjs', import.meta.url).href;

/** A process that takes the lock, says what came of it, and stays. */
async function takeInOtherProcess(folder: string): Promise<string> {
  const program = `
    import { takeLock } from '${LOCK_MODULE}';
    const lock = takeLock(${JSON.stringify(folder)});
    if (lock.heldBy === undefined) lock.tell('http://localhost:4000');
    process.stdout.write(lock.heldBy === undefined ? 'taken' : 'refused');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await waitUntil(() => said !== '', { withinMs: 10_000 });
  return said;
}

test('a second start on one data folder learns where the first one runs', async () => {
  const folder = scratchFolder();
  expect(await takeInOtherProcess(folder)).toBe('taken');
  expect(takeLock(folder).heldBy).toMatchObject({ address: 'http://localhost:4000' });
  expect(lockHolder(folder)).toMatchObject({ address: 'http://localhost:4000' });
});

test('a lock is free again after its holder let it go', () => {
  const folder = scratchFolder();
  const first = takeLock(folder);
  if (first.heldBy === undefined) first.release();
  expect(takeLock(folder)).toMatchObject({ heldBy: undefined, wasStale: false });
});

test('the lock of a process that is gone is taken over', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 4_194_303, startedAt: '1' }));
  expect(takeLock(folder)).toMatchObject({ heldBy: undefined, wasStale: true });
});

test('a process that was given the number of a dead holder does not hold its lock', () => {
  const folder = scratchFolder();
  expect(startOf(process.pid)).toBeDefined();
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
  expect(takeLock(folder)).toMatchObject({ heldBy: undefined, wasStale: true });
});

test('of several that find a stale lock at once, one gets it', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 4_194_303, startedAt: '1' }));
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => takeInOtherProcess(folder)));
  expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1);
});
