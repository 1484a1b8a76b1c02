import type { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';
import { BUS_BLOCK_MS } from './redis.ts';

interface StreamReader {
  /** From now on hears every new entry's fields. Resolves when reading has begun, or after a second without Redis. */
  start(hear: (fields: readonly string[]) => void): Promise<void>;
  isHealthy(): boolean;
  stop(): void;
}

interface StreamReaderOptions {
  readonly redis: Redis;
  readonly stream: string;
  readonly log: Log;
}

const ENTRIES_PER_READ = 200;
const RETRY_MS = 200;
const START_WITHIN_MS = 1_000;
/** A node that heard nothing for so long, not even "nothing new", is cut off. */
const UNHEALTHY_AFTER_MS = 6_000;

/** Reads a stream for as long as it runs, and after a cut from where it stopped. */
export function createStreamReader({ redis, stream, log }: StreamReaderOptions): StreamReader {
  /** The last entry heard; undefined until Redis first said what is newest. */
  let last: string | undefined;
  let lastReadAt = performance.now();
  let isStopped = false;

  async function newestId(): Promise<string> {
    const newest = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
    return newest[0]?.[0] ?? '0-0';
  }

  /** At each (re)connection. An emptied Redis, or one whose clock went back, counts anew from below: then so do we. */
  async function findPlace(): Promise<string> {
    const newest = await newestId();
    lastReadAt = performance.now();
    if (last === undefined) return newest;
    return isBefore(newest, last) ? '0-0' : last;
  }

  async function readFrom(place: string, hear: (fields: readonly string[]) => void): Promise<string> {
    const answer = await redis.xread('COUNT', ENTRIES_PER_READ, 'BLOCK', BUS_BLOCK_MS, 'STREAMS', stream, place);
    lastReadAt = performance.now();
    const entries = answer?.[0]?.[1] ?? [];
    for (const [, fields] of entries) hear(fields);
    return entries.at(-1)?.[0] ?? place;
  }

  /** Until Redis fails, or `stop`. */
  async function readOn(hear: (fields: readonly string[]) => void, begun: () => void): Promise<void> {
    try {
      last = await findPlace();
      begun();
      // oxlint-disable-next-line no-await-in-loop -- each read starts where the one before ended
      while (!isStopped) last = await readFrom(last, hear);
    } catch (error) {
      log.debug({ err: error }, 'bus: not read');
    }
  }

  async function run(hear: (fields: readonly string[]) => void, begun: () => void): Promise<void> {
    while (!isStopped) {
      // oxlint-disable no-await-in-loop -- one attempt after the other
      await readOn(hear, begun);
      if (!isStopped) await pause(RETRY_MS);
      // oxlint-enable no-await-in-loop
    }
  }

  return {
    async start(hear) {
      const isReading = new Promise<void>((resolve) => {
        const begin = () => void run(hear, resolve);
        if (redis.status === 'ready') begin();
        else redis.once('ready', begin);
      });
      await Promise.race([isReading, pause(START_WITHIN_MS)]);
    },
    isHealthy: () => performance.now() - lastReadAt < UNHEALTHY_AFTER_MS,
    stop: () => void (isStopped = true),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** Whether stream id `a` is older than `b`; ids are `milliseconds-sequence`. */
function isBefore(a: string, b: string): boolean {
  const [aMs = 0, aSequence = 0] = a.split('-').map(Number);
  const [bMs = 0, bSequence = 0] = b.split('-').map(Number);
  return aMs < bMs || (aMs === bMs && aSequence < bSequence);
}
