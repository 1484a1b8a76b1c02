import { setTimeout as sleep } from 'node:timers/promises';
import type { DialogServer } from '../support/dialogServer.ts';
import type { OwnService } from '../support/services.ts';
import type { Random } from './random.ts';

export interface Victims {
  readonly nodes: readonly [DialogServer, DialogServer];
  readonly database: OwnService;
  readonly redis: OwnService;
}

interface Fault {
  readonly name: string;
  strike(victims: Victims, random: Random): Promise<void>;
}

const DOWN_MS = [100, 2_000] as const;
const HUNG_MS = [500, 4_000] as const;

const FAULTS: readonly [Fault, ...Fault[]] = [
  nodeFault('kill -9 of a node', (node) => node.kill()),
  nodeFault('SIGTERM of a node', (node) => node.stop()),
  {
    name: 'kill -9 of the database',
    async strike({ database }, random) {
      await database.kill();
      await sleep(random.between(...DOWN_MS));
      await database.start();
    },
  },
  {
    name: 'kill -9 of Redis, which comes back empty',
    async strike({ redis }, random) {
      await redis.kill();
      await sleep(random.between(...DOWN_MS));
      await redis.start();
    },
  },
  {
    name: 'Redis hangs',
    async strike({ redis }, random) {
      redis.pause();
      await sleep(random.between(...HUNG_MS));
      redis.resume();
    },
  },
  {
    name: 'the database hangs',
    async strike({ database }, random) {
      database.pause();
      await sleep(random.between(...HUNG_MS));
      database.resume();
    },
  },
  {
    // What was committed but not told yet must still reach everyone.
    name: 'kill -9 of a node while Redis hangs',
    async strike({ nodes, redis }, random) {
      const node = random.pick(nodes);
      redis.pause();
      await sleep(random.between(50, 500));
      await node.kill();
      redis.resume();
      await sleep(random.between(...DOWN_MS));
      await node.start();
    },
  },
];

function nodeFault(name: string, end: (node: DialogServer) => Promise<void>): Fault {
  return {
    name,
    async strike({ nodes }, random) {
      const node = random.pick(nodes);
      await end(node);
      await sleep(random.between(...DOWN_MS));
      await node.start();
    },
  };
}

interface FaultOptions {
  readonly random: Random;
  /** Milliseconds of peace between two faults. */
  readonly peaceMs: readonly [number, number];
  readonly shouldStop: () => boolean;
  readonly tell: (line: string) => void;
}

/** Strikes, heals, waits, and again, one fault at a time. Answers how many there were. */
export async function strikeUntil(
  victims: Victims,
  { random, peaceMs, shouldStop, tell }: FaultOptions,
): Promise<number> {
  let struck = 0;
  while (!shouldStop()) {
    await sleep(random.between(...peaceMs));
    if (shouldStop()) break;
    const fault = random.pick(FAULTS);
    struck += 1;
    const startedAt = performance.now();
    await fault.strike(victims, random);
    tell(`${fault.name}, healed after ${Math.round(performance.now() - startedAt)} ms`);
  }
  return struck;
}
