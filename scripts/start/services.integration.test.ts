import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type mysql from 'mysql2/promise';
import { expect, onTestFinished, test } from 'vitest';
import { lookAtTurn } from '../doctor/turn.mjs';
import { isAlive, scratchFolder } from '../testing/scratch.mjs';
import { ROOT } from './folders.mjs';
import { provideCertificate } from './lan.mjs';
import { answers, findFreePort } from './ports.mjs';
import { provideServices, type ServiceName } from './services.mjs';
import { waitUntil } from './waiting.mjs';

const SERVICES = new URL('services.mjs', import.meta.url).href;
// The server's package: nothing here depends on it before it is installed.
const { createConnection } = createRequire(join(ROOT, 'server/package.json'))('mysql2/promise') as typeof mysql;

async function provide(data: string, only: ServiceName[] = ['mysql', 'redis'], named: NodeJS.ProcessEnv = {}) {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...named };
  const services = await provideServices({ data, only, env, forTests: true });
  onTestFinished(services.stop);
  return services;
}

async function query(url: string | undefined, sql: string): Promise<Record<string, unknown>[]> {
  const connection = await createConnection({ uri: url ?? '' });
  try {
    const [rows] = await connection.query(sql);
    return rows as Record<string, unknown>[];
  } finally {
    await connection.end();
  }
}

test('a database of our own keeps what it acknowledged, in every letter, and comes back after a kill', async () => {
  const services = await provide(scratchFolder());
  const url = services.env['DATABASE_URL'];
  const [settings] = await query(
    url,
    'SELECT @@innodb_flush_log_at_trx_commit AS flush, @@sync_binlog AS sync, @@character_set_database AS charset',
  );
  expect(settings).toEqual({ flush: 1, sync: 1, charset: 'utf8mb4' });

  await query(url, 'CREATE TABLE kept (word VARCHAR(20))');
  await query(url, "INSERT INTO kept VALUES ('Grüße 🎉')");
  const killed = services.pid('mysql') ?? 0;
  process.kill(killed, 'SIGKILL');
  const isBack = async () =>
    services.pid('mysql') !== killed &&
    (await query(url, 'SELECT 1').then(
      () => true,
      () => false,
    ));
  expect(await waitUntil(isBack, { withinMs: 20_000, everyMs: 200 })).toBe(true);
  expect(await query(url, 'SELECT word FROM kept')).toEqual([{ word: 'Grüße 🎉' }]);
});

test('nobody gets into the database without its password', async () => {
  const services = await provide(scratchFolder(), ['mysql']);
  const { host } = new URL(services.env['DATABASE_URL'] ?? '');
  for (const user of ['root', 'dialog', 'mysql']) {
    await expect(query(`mysql://${user}@${host}`, 'SELECT 1')).rejects.toThrow(/denied/);
  }
});

test('stopping leaves no process, and the next start finds data and ports as they were, but for one taken meanwhile', async () => {
  const data = scratchFolder();
  const first = await provide(data);
  await query(first.env['DATABASE_URL'], 'CREATE TABLE kept (n INT)');
  const pids = [first.pid('mysql') ?? 0, first.pid('redis') ?? 0];
  await first.stop();
  expect(pids.map(isAlive)).toEqual([false, false]);

  const squatter = createServer();
  await new Promise<void>(
    (done) => void squatter.listen(Number(new URL(first.env['REDIS_URL'] ?? '').port), '127.0.0.1', done),
  );
  onTestFinished(() => void squatter.close());
  const second = await provide(data);
  expect(second.env['DATABASE_URL']).toBe(first.env['DATABASE_URL']);
  expect(await query(second.env['DATABASE_URL'], 'SHOW TABLES')).toHaveLength(1);
  expect(second.env['REDIS_URL']).not.toBe(first.env['REDIS_URL']);
  expect(await answers(Number(new URL(second.env['REDIS_URL'] ?? '').port))).toBe(true);
});

test('what the environment names is used and not started', async () => {
  const env = { ...process.env, DATABASE_URL: 'mysql://somebody@elsewhere/dialog', REDIS_URL: 'redis://elsewhere' };
  const services = await provideServices({ data: scratchFolder(), only: ['mysql', 'redis'], env });
  onTestFinished(services.stop);
  expect(services.env).toEqual({});
  expect([services.pid('mysql'), services.pid('redis')]).toEqual([undefined, undefined]);
});

test('real services do not survive a supervisor killed with -9 either', async () => {
  const program = `
    import { provideServices } from '${SERVICES}';
    const services = await provideServices({ data: ${JSON.stringify(scratchFolder())}, only: ['mysql', 'redis'], env: { PATH: process.env.PATH } });
    process.stdout.write(JSON.stringify([services.pid('mysql'), services.pid('redis')]) + '\\n');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await waitUntil(() => said.includes('\n'), { withinMs: 60_000 });
  const pids = JSON.parse(said) as number[];
  child.kill('SIGKILL');
  expect(await waitUntil(() => !pids.some(isAlive), { withinMs: 20_000 })).toBe(true);
});

test('a relay of our own relays to the open internet, by UDP and TCP, and into no private network', async () => {
  const services = await provide(scratchFolder(), ['turn']);
  expect(await lookAtTurn(services.env)).toMatchObject([
    { verdict: 'ok', what: expect.stringMatching(/over UDP .* it relays, from/) },
    { verdict: 'ok', what: expect.stringMatching(/over TCP .* it relays, from/) },
    { verdict: 'ok', what: expect.stringContaining('nothing into private networks') },
  ]);
  expect(await lookAtTurn({ ...services.env, TURN_SECRET: 'guessed' })).toMatchObject([
    { verdict: 'bad' },
    { verdict: 'bad' },
  ]);
});

test('with a certificate it relays over TLS as well, and the doctor names each way that fails', async () => {
  const data = scratchFolder();
  const { cert, key } = await provideCertificate(data, '127.0.0.1');
  const tls = { TURN_TLS_HOST: 'localhost', TURN_TLS_CERT: cert, TURN_TLS_KEY: key };
  const { env } = await provide(data, ['turn'], tls);
  expect(env['TURN_URLS']).toMatch(/^turn:.+=udp,turn:.+=tcp,turns:localhost:\d+\?transport=tcp$/);
  const ca = readFileSync(cert);
  expect((await lookAtTurn(env, { ca })).map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);

  expect(await lookAtTurn(env)).toMatchObject([
    { verdict: 'ok' },
    { verdict: 'ok' },
    { verdict: 'bad', what: expect.stringMatching(/over TLS at localhost:\d+: self-signed certificate\./) },
    { verdict: 'ok' },
  ]);
  const closed = await findFreePort();
  const elsewhere = env['TURN_URLS']?.replace(/:\d+(?=\?transport=tcp,)/, `:${closed}`);
  expect(await lookAtTurn({ ...env, TURN_URLS: elsewhere }, { ca })).toMatchObject([
    { verdict: 'ok' },
    { verdict: 'bad', what: expect.stringContaining(`over TCP at 127.0.0.1:${closed}: connect ECONNREFUSED`) },
    { verdict: 'ok' },
    { verdict: 'ok' },
  ]);
  await expect(provide(scratchFolder(), ['turn'], { TURN_TLS_CERT: cert })).rejects.toThrow(/only a part/);
});
