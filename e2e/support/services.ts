import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type Connection } from 'mysql2/promise';
import { Redis } from 'ioredis';
import { type Child, freePort, startChild, until } from './children.ts';

const run = promisify(execFile);

/** A service of our own that can be killed and started again on the same port with the same data. */
export interface OwnService {
  readonly url: string;
  pid(): number;
  /** Resolves when it answers. */
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Stops answering without closing anything, as a hung machine does. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** As `npm start` runs it: an acknowledged commit survives the power cord. */
const DURABLE = ['--innodb-flush-log-at-trx-commit=1', '--sync-binlog=1', '--innodb-doublewrite=1'];

/** MariaDB in a folder of its own, with nothing but root without a password on the loopback. */
export async function ownDatabase(folder: string): Promise<OwnService> {
  const data = join(folder, 'mariadb');
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  await run('mariadb-install-db', [
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--user=root',
  ]);
  const port = await freePort();
  return ownService({
    url: `mysql://root@127.0.0.1:${port}`,
    command: [
      'mariadbd',
      '--no-defaults',
      '--user=root',
      `--datadir=${data}`,
      `--socket=${join(data, 'socket')}`,
      `--pid-file=${join(data, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--max-connections=300',
      '--character-set-server=utf8mb4',
      '--innodb-buffer-pool-size=512M',
      ...DURABLE,
    ],
    answers: async (url) => {
      const connection = await connectTo(url);
      await connection.query('SELECT 1');
      await connection.end();
    },
  });
}

/** Redis without any file: what it holds may be lost by design. */
export async function ownRedis(): Promise<OwnService> {
  const port = await freePort();
  return ownService({
    url: `redis://127.0.0.1:${port}`,
    command: ['redis-server', '--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    answers: async (url) => {
      const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 });
      // Not being there yet is what is asked about.
      redis.on('error', () => undefined);
      try {
        await redis.connect();
        await redis.ping();
      } finally {
        redis.disconnect();
      }
    },
  });
}

interface ServiceOptions {
  readonly url: string;
  readonly command: readonly [string, ...string[]];
  /** Rejects while the service does not answer. */
  readonly answers: (url: string) => Promise<void>;
}

export function ownService({ url, command, answers }: ServiceOptions): OwnService {
  let child: Child | undefined;
  return {
    url,
    pid: () => child?.pid ?? -1,
    async start() {
      const started = startChild(command);
      child = started;
      await until(
        async () => {
          if (started.hasEnded()) throw new Error(started.said());
          await answers(url);
          return true;
        },
        { what: `${command[0]}\n${started.said()}` },
      );
    },
    kill: async () => child?.kill('SIGKILL'),
    pause: () => child?.process.kill('SIGSTOP'),
    resume: () => child?.process.kill('SIGCONT'),
    stop: async () => child?.stop(),
  };
}

export function connectTo(url: string): Promise<Connection> {
  return createConnection({ uri: url, connectTimeout: 1_000, timezone: 'Z' });
}

/** An empty schema, and the URL that names it. */
export async function freshSchema(adminUrl: string, name: string): Promise<string> {
  const connection = await connectTo(adminUrl);
  await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  await connection.end();
  return new URL(`/${name}`, adminUrl).href;
}

export async function dropSchema(adminUrl: string, name: string): Promise<void> {
  const connection = await connectTo(adminUrl);
  await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await connection.end();
}
