import type { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';

/**
 * Carries facts between the nodes through one Redis stream. Unlike pub/sub a stream keeps its newest entries, so a node
 * that was cut off for seconds reads on where it stopped; what even that loses the head beacon finds (R5).
 *
 * Publishing is never awaited and never fails an act: Redis may be down, or hang.
 */
export interface Bus {
  /** To all other nodes; here nothing is heard of it. `key` comes back first, so that a reader may skip the payload. */
  publish(key: string, payload: unknown): void;
  /** Resolves when reading has begun, or after a second without Redis. */
  start(hear: (key: string, payload: () => unknown) => void): Promise<void>;
  /** Whether entries have been read, or waited for in vain, lately. */
  isHealthy(): boolean;
  stop(): void;
}

export interface BusOptions {
  readonly writer: Redis;
  readonly reader: Redis;
  readonly nodeId: string;
  readonly log: Log;
  readonly stream?: string;
}

/** How long one read waits for something new. */
export const BUS_BLOCK_MS = 2_000;
/** Kept for nodes that were cut off. */
const ENTRIES_KEPT = 5_000;
const ENTRIES_PER_READ = 200;
const RETRY_MS = 200;
/** A node that heard nothing for so long is cut off. */
const UNHEALTHY_AFTER_MS = 6_000;
/** What may wait for a Redis that is slow; the rest is dropped and found by the beacon (R12). */
const WAITING_BYTES_MAX = 8_000_000;
/** One entry at most; what is larger follows in the next. */
const ENTRY_BYTES_MAX = 512_000;

export function createBus({ writer, reader, nodeId, log, stream = 'bus' }: BusOptions): Bus {
  /** Pairs of key and JSON, published together at the end of this turn of the event loop. */
  let pairs: string[] = [];
  let pairBytes = 0;
  let waitingBytes = 0;
  let isFlushPlanned = false;
  let isStopped = false;
  let lastReadAt = performance.now();

  function flush(): void {
    isFlushPlanned = false;
    const sent = pairs;
    const bytes = pairBytes;
    pairs = [];
    pairBytes = 0;
    if (sent.length > 0) void write(sent, bytes);
  }

  async function write(sent: readonly string[], bytes: number): Promise<void> {
    waitingBytes += bytes;
    try {
      await writer.xadd(stream, 'MAXLEN', '~', ENTRIES_KEPT, '*', 'from', nodeId, ...sent);
    } catch (error) {
      log.debug({ err: error }, 'bus: not published');
    } finally {
      waitingBytes -= bytes;
    }
  }

  async function newestId(): Promise<string> {
    const newest = await reader.xrevrange(stream, '+', '-', 'COUNT', 1);
    return newest[0]?.[0] ?? '0-0';
  }

  /** Reads from `from` on until Redis fails; resolves with where it stopped. */
  async function readOn(from: string, hear: Parameters<Bus['start']>[0]): Promise<string> {
    let last = from;
    try {
      // An emptied Redis, or one whose clock went back, counts anew from below: then so do we.
      if (isBefore(await newestId(), last)) last = '0-0';
      while (!isStopped) {
        // oxlint-disable-next-line no-await-in-loop -- each read starts where the one before ended
        const answer = await reader.xread('COUNT', ENTRIES_PER_READ, 'BLOCK', BUS_BLOCK_MS, 'STREAMS', stream, last);
        lastReadAt = performance.now();
        for (const [id, fields] of answer?.[0]?.[1] ?? []) {
          last = id;
          if (fields[1] !== nodeId) dispatch(fields, hear);
        }
      }
    } catch (error) {
      log.debug({ err: error }, 'bus: not read');
    }
    return last;
  }

  function dispatch(fields: readonly string[], hear: Parameters<Bus['start']>[0]): void {
    for (let at = 2; at + 1 < fields.length; at += 2) {
      try {
        hear(fields[at] ?? '', () => JSON.parse(fields[at + 1] ?? 'null') as unknown);
      } catch (error) {
        log.error({ err: error }, 'bus: an entry could not be handled');
      }
    }
  }

  return {
    publish(key, payload) {
      const json = JSON.stringify(payload);
      if (waitingBytes + pairBytes + json.length > WAITING_BYTES_MAX) return;
      if (pairBytes + json.length > ENTRY_BYTES_MAX) flush();
      pairs.push(key, json);
      pairBytes += json.length;
      if (isFlushPlanned) return;
      isFlushPlanned = true;
      setImmediate(flush);
    },
    async start(hear) {
      const begin = async () => {
        let last: string | undefined;
        while (!isStopped) {
          // oxlint-disable no-await-in-loop -- one attempt after the other is the point
          last ??= await newestId().catch(() => undefined);
          started();
          if (last !== undefined) last = await readOn(last, hear);
          if (!isStopped) await pause(RETRY_MS);
          // oxlint-enable no-await-in-loop
        }
      };
      let started = () => {};
      const reading = new Promise<void>((resolve) => (started = resolve));
      if (reader.status !== 'ready')
        await Promise.race([new Promise((resolve) => reader.once('ready', resolve)), pause(1_000)]);
      void begin();
      await Promise.race([reading, pause(1_000)]);
    },
    isHealthy: () => performance.now() - lastReadAt < UNHEALTHY_AFTER_MS,
    stop() {
      isStopped = true;
      flush();
    },
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
