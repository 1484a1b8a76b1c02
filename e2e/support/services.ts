import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type Connection } from 'mysql2/promise';
import { Redis } from 'ioredis';
import { initSql, makeFiles, serverArgs } from '../../scripts/start/mysql.mjs';
import { type Child, freePort, startChild, until } from './children.ts';
import { programPath } from './programs.ts';

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

/** A database with the settings of `npm start`, durable ones among them, in a folder of its own. */
export async function ownDatabase(folder: string): Promise<OwnService> {
  const server = await programPath('mysql');
  const { stdout: version } = await run(server, ['--no-defaults', '--version']);
  const isMariaDb = /mariadb/i.test(version);
  const files = join(folder, 'mysql');
  await mkdir(files, { recursive: true });
  await makeFiles({ server, files, isMariaDb });
  const [password, rootPassword] = [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')];
  const initFile = join(folder, 'mysql-init.sql');
  await writeFile(initFile, initSql({ password, rootPassword, forTests: true }), { mode: 0o600 });
  const port = await freePort();
  return ownService({
    url: `mysql://dialog:${password}@127.0.0.1:${port}`,
    command: [server, ...serverArgs({ files, socket: join(folder, 'mysql.sock'), port, initFile, isMariaDb })],
    answers: async (url) => {
      const connection = await connectTo(url);
      await connection.query('SELECT 1');
      await connection.end();
    },
  });
}

/** Redis without any file: what it holds may be lost by design. */
export async function ownRedis(): Promise<OwnService> {
  const [program, port] = [await programPath('redis'), await freePort()];
  return ownService({
    url: `redis://127.0.0.1:${port}`,
    command: [program, '--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
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
