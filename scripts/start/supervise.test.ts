import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isAlive, scratchFolder } from '../testing/scratch.mjs';
import { endOrphans, rememberChild } from './orphans.mjs';
import { answers, findFreePort } from './ports.mjs';
import { createProgress, createSilence } from './progress.mjs';
import { keepRunning } from './supervise.mjs';
import { waitUntil } from './waiting.mjs';

// Processes are started here, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

const FAKE = fileURLToPath(new URL('../testing/fakeService.mjs', import.meta.url));
const SUPERVISOR = fileURLToPath(new URL('../testing/superviseFake.mjs', import.meta.url));

async function keepFake(...traits: string[]) {
  const data = scratchFolder();
  const port = await findFreePort();
  const said: string[] = [];
  const starting = keepRunning(
    {
      name: 'Fake',
      command: process.execPath,
      args: [FAKE, String(port), ...traits],
      isReady: () => answers(port),
      readyWithinMs: 10_000,
      stopWithinMs: 500,
    },
    { data, progress: createProgress({ write: (text) => void said.push(text) }) },
  );
  const service = await starting;
  onTestFinished(() => service.stop());
  return { service, port, said, data };
}

/** A supervisor in a process of its own, with its service and that one's child. */
async function superviseElsewhere(data: string) {
  const port = await findFreePort();
  const child = spawn(process.execPath, [SUPERVISOR, data, String(port), 'stubborn', 'parent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await waitUntil(() => said.includes('\n'), { withinMs: 10_000 });
  const { service } = JSON.parse(said) as { service: number };
  const grandchild = Number(/child (\d+)/.exec(readFileSync(`${data}/logs/fake.log`, 'utf8'))?.[1]);
  onTestFinished(() => {
    for (const pid of [child.pid ?? 0, service, grandchild]) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  return { supervisor: child.pid ?? 0, service, grandchild };
}

test('a child that dies is started again', async () => {
  const { service, port, said } = await keepFake();
  const first = service.pid() ?? 0;
  process.kill(first, 'SIGKILL');
  expect(await waitUntil(() => said.some((line) => line.includes('runs again')), { withinMs: 10_000 })).toBe(true);
  expect(service.pid()).not.toBe(first);
  expect(await answers(port)).toBe(true);
});

test('a child that fails at once is told of in its own words, and is not tried again', async () => {
  await expect(keepFake('fails')).rejects.toThrow('Fake did not start: fatal: the fake has no power.');
});

test('stopping ends a child that does not want to, and what it has started', async () => {
  const { service, data } = await keepFake('stubborn', 'parent');
  const pid = service.pid() ?? 0;
  const grandchild = Number(/child (\d+)/.exec(readFileSync(`${data}/logs/fake.log`, 'utf8'))?.[1]);
  expect(isAlive(grandchild)).toBe(true);
  await service.stop();
  expect(isAlive(pid)).toBe(false);
  expect(await waitUntil(() => !isAlive(grandchild), { withinMs: 5000 })).toBe(true);
});

test('no child survives its supervisor, even when that is killed with -9', async () => {
  const { supervisor, service, grandchild } = await superviseElsewhere(scratchFolder());
  expect([service, grandchild].map(isAlive)).toEqual([true, true]);
  process.kill(supervisor, 'SIGKILL');
  expect(await waitUntil(() => !isAlive(service) && !isAlive(grandchild), { withinMs: 5000 })).toBe(true);
});

test('what outlived both its supervisor and its keeper is ended at the next start', async () => {
  const data = scratchFolder();
  const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => void orphan.kill('SIGKILL'));
  rememberChild(data, 'Fake', { pid: orphan.pid ?? 0, parent: { pid: 4_194_303, startedAt: '1' } });
  await endOrphans(data, createSilence());
  expect(await waitUntil(() => orphan.exitCode !== null || orphan.signalCode !== null, { withinMs: 5000 })).toBe(true);
});

test('what a running supervisor keeps is left alone by others', async () => {
  const { service, data } = await keepFake();
  await endOrphans(data, createSilence());
  expect(isAlive(service.pid() ?? 0)).toBe(true);
});
