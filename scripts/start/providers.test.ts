import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { arch } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { scratchFolder } from '../testing/scratch.mjs';
import { Failure, createSilence } from './progress.mjs';
import { openProviders } from './providers.mjs';

// Processes are started here, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

const NAME = `livekit_1.13.11_linux_${{ x64: 'amd64', arm64: 'arm64' }[arch() as 'x64' | 'arm64']}.tar.gz`;

/** A machine that has nothing, and gets what `install` brings. */
function bareMachine({ env = {}, brings = [] as string[], why = '' } = {}) {
  const present = new Set<string>();
  const asked: string[][] = [];
  const cache = scratchFolder();
  const providers = openProviders({
    env,
    cache,
    progress: createSilence(),
    find: (names) => names.find((name) => present.has(name)),
    install: async (packages) => {
      asked.push(packages.map(({ title }) => title));
      for (const name of brings) present.add(name);
      return why;
    },
  });
  return { providers, asked, cache };
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof Failure)) throw new Error(`it should have failed, and gave ${String(error)}`);
  return error;
}

/** What is published with a release, on a server of our own. */
async function releases(files: Record<string, Buffer | string>): Promise<string> {
  const server = createServer((request, response) => {
    const file = files[request.url?.split('/').at(-1) ?? ''];
    response.statusCode = file === undefined ? 404 : 200;
    response.end(file);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function anArchive(): Buffer {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'livekit-server'), '#!/bin/sh\necho livekit\n');
  chmodSync(join(folder, 'livekit-server'), 0o755);
  execFileSync('tar', ['-czf', 'archive.tar.gz', 'livekit-server'], { cwd: folder });
  return readFileSync(join(folder, 'archive.tar.gz'));
}

test('programs that are missing are installed in one go', async () => {
  const { providers, asked } = bareMachine({ brings: ['mariadbd', 'redis-server'] });
  const found = await Promise.all([providers.need('mysql'), providers.need('redis')]);
  expect(found).toEqual(['mariadbd', 'redis-server']);
  expect(asked).toEqual([['MariaDB', 'Redis']]);
});

test('without root a missing program ends in one sentence and what to do', async () => {
  const { providers } = bareMachine({ why: 'that needs root, and sudo asks for a password' });
  const { message, advice } = await failureOf(providers.need('mysql'));
  expect(message).toBe(
    'MariaDB is not on this machine and could not be installed: that needs root, and sudo asks for a password.',
  );
  expect(advice).toContain('apt-get install mariadb-server');
  expect(advice).toContain('DATABASE_URL');
});

test('LiveKit comes from its release where that can be reached', async () => {
  const archive = anArchive();
  const digest = createHash('sha256').update(archive).digest('hex');
  const url = await releases({ 'checksums.txt': `${digest}  ${NAME}\n`, [NAME]: archive });
  const { providers } = bareMachine({ env: { DIALOG_LIVEKIT_RELEASES: url } });
  const program = await providers.need('livekit');
  expect(execFileSync(program, { encoding: 'utf8' })).toBe('livekit\n');
});

test('a release that is not what was published is not run', async () => {
  const url = await releases({ 'checksums.txt': `${'0'.repeat(64)}  ${NAME}\n`, [NAME]: anArchive() });
  const { providers } = bareMachine({ env: { DIALOG_LIVEKIT_RELEASES: url } });
  const { message } = await failureOf(providers.need('livekit'));
  expect(message).toContain('its SHA-256 is not the published one');
});

test('with neither a release nor Go the reason for both is told, and that the rest works', async () => {
  const { providers } = bareMachine({ env: { DIALOG_LIVEKIT_RELEASES: await releases({}) } });
  const { message, advice } = await failureOf(providers.need('livekit'));
  expect(message).toContain('answered 404');
  expect(message).toContain('Go is not installed');
  expect(message).toContain('Everything but calls works.');
  expect(advice).toContain('LIVEKIT_URL');
});

test('a LiveKit built before is used again', async () => {
  const { providers, cache } = bareMachine();
  mkdirSync(join(cache, 'livekit'));
  const built = join(cache, 'livekit', 'livekit-server-1.13.5');
  writeFileSync(built, '');
  chmodSync(built, 0o755);
  expect(await providers.need('livekit')).toBe(built);
});
