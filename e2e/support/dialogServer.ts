import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { LIMITS } from '@dialog/shared/contract/limits';
import { SERVER_ARGUMENTS } from '../../scripts/start/serverArguments.mjs';
import { migrate } from '../../server/src/platform/mysql/migrate.ts';
import { type Child, freePort, startChild, until } from './children.ts';

/** How quickly it starts is measured elsewhere; here a machine may do much besides. */
const START_PATIENCE_MS = 90_000;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** The same for all nodes of a server. */
  readonly masterKey: string;
  /** What else goes into the environment, for example LIVEKIT_URL. */
  readonly env?: Readonly<Record<string, string>>;
  /** Raises every limit by this factor. They stay on. */
  readonly limitsTimes?: number;
  readonly nodeArguments?: readonly string[];
  /** Default: a free one. */
  readonly port?: number;
  /** Origins of pages besides its own, for example of a proxy before it. */
  readonly origins?: readonly string[];
}

/** One node, as production runs it, in a process of its own that can be killed and started again at the same address. */
export interface DialogServer {
  readonly url: string;
  pid(): number;
  said(): string;
  /** Resolves when it says it is ready. */
  start(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export function newMasterKey(): string {
  return randomBytes(32).toString('base64');
}

export async function prepareSchema(databaseUrl: string): Promise<void> {
  await migrate({ url: databaseUrl, folder: `${ROOT}migrations` });
}

function raisedLimits(times: number): string {
  return JSON.stringify(Object.fromEntries(Object.entries(LIMITS).map(([name, { points }]) => [name, points * times])));
}

export async function dialogServer(options: ServerOptions): Promise<DialogServer> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const env = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: `${port}`,
    NODE_ID: `node-${port}`,
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    DIALOG_MASTER_KEY: options.masterKey,
    LOG_LEVEL: 'warn',
    // Not where somebody's own Dialog keeps its things.
    DIALOG_DATA: `${ROOT}.dialog/test/e2e`,
    NODE_COMPILE_CACHE: `${ROOT}.dialog/test/code`,
    LIMITS: raisedLimits(options.limitsTimes ?? 1),
    ...(options.origins ? { PUBLIC_ORIGINS: [url, ...options.origins].join(',') } : {}),
    ...options.env,
  };
  let child: Child | undefined;
  return {
    url,
    pid: () => child?.pid ?? -1,
    said: () => child?.said() ?? '',
    async start() {
      const started = startChild(
        [process.execPath, ...SERVER_ARGUMENTS, ...(options.nodeArguments ?? []), 'server/src/main.ts'],
        { cwd: ROOT, env },
      );
      child = started;
      const isReady = async (): Promise<boolean> => {
        if (started.hasEnded()) return true;
        const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
        return answer.ok;
      };
      await until(isReady, { what: 'the server to be ready', timeoutMs: START_PATIENCE_MS }).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${started.said()}`, { cause: error });
      });
      if (started.hasEnded()) throw new Error(`the server ended: ${started.said()}`);
    },
    kill: async () => child?.kill('SIGKILL'),
    pause: () => child?.process.kill('SIGSTOP'),
    resume: () => child?.process.kill('SIGCONT'),
    stop: async () => child?.stop(),
  };
}
