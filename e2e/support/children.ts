import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Opens a channel for `process.send`. */
  readonly hasChannel?: boolean;
}

/** A process of ours: it ends with us, and what it said is kept for the message when it fails. */
export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** The last 8 kB of both outputs. */
  said(): string;
  hasEnded(): boolean;
  /** Resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Asks, and after 10 s insists. */
  stop(): Promise<void>;
}

const SAID_KEPT = 8_192;
const STOP_PATIENCE_MS = 10_000;

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export function startChild(command: readonly [string, ...string[]], options: ChildOptions = {}): Child {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: options.hasChannel ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    serialization: 'advanced',
  });
  alive.add(child);
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-SAID_KEPT);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const end = (reason?: Error): void => {
      if (reason) said += reason.message;
      hasEnded = true;
      alive.delete(child);
      resolve();
    };
    child.once('exit', () => end());
    child.once('error', end);
  });
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (!hasEnded) child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid ?? -1,
    process: child,
    said: () => said,
    hasEnded: () => hasEnded,
    kill,
    stop: async () => {
      const insist = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await kill('SIGTERM');
      clearTimeout(insist);
    },
  };
}

/** A port that is free on the loopback now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** One that no browser is given for its media: those come from 32768 on, also while the server that had it is down. */
export async function freeUdpPort(): Promise<number> {
  const port = randomInt(20_000, 30_000);
  const socket = createSocket('udp4');
  const isFree = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freeUdpPort();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

interface Wait {
  readonly what: string;
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Asks again until it holds; a throwing condition does not hold yet. */
export async function until(holds: () => Promise<boolean> | boolean, wait: Wait): Promise<void> {
  const deadline = performance.now() + (wait.timeoutMs ?? 30_000);
  let reason: unknown;
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      reason = error;
    }
    if (performance.now() > deadline) throw new Error(`waited in vain for ${wait.what}`, { cause: reason });
    await sleep(wait.everyMs ?? 50);
  }
}
