import type { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';

interface StreamWriter {
  /** Appends a pair, under `head`, at the end of this turn of the event loop. Never awaited, never throws. */
  add(head: readonly [string, string], pair: readonly [string, string]): void;
  /** Now. */
  flush(): void;
}

interface StreamWriterOptions {
  readonly redis: Redis;
  readonly stream: string;
  readonly log: Log;
}

/** Kept for nodes that were cut off. */
const ENTRIES_KEPT = 5_000;
/** What may wait for a Redis that is slow; the rest is dropped and found by the beacon (R12). */
const WAITING_BYTES_MAX = 8_000_000;
/** One entry at most; what is more follows in the next. */
const ENTRY_BYTES_MAX = 512_000;

/** Joins what one turn of the event loop tells into one entry: a busy node asks Redis less often. */
export function createStreamWriter({ redis, stream, log }: StreamWriterOptions): StreamWriter {
  let pending: string[] = [];
  let pendingBytes = 0;
  /** Sent and not answered. */
  let sentBytes = 0;

  async function send(fields: readonly string[], bytes: number): Promise<void> {
    sentBytes += bytes;
    try {
      await redis.xadd(stream, 'MAXLEN', '~', ENTRIES_KEPT, '*', ...fields);
    } catch (error) {
      log.debug({ err: error }, 'bus: not published');
    } finally {
      sentBytes -= bytes;
    }
  }

  function flush(): void {
    if (pending.length === 0) return;
    void send(pending, pendingBytes);
    pending = [];
    pendingBytes = 0;
  }

  return {
    add(head, pair) {
      const bytes = pair[0].length + pair[1].length;
      if (sentBytes + pendingBytes + bytes > WAITING_BYTES_MAX) return;
      if (pendingBytes + bytes > ENTRY_BYTES_MAX) flush();
      if (pending.length === 0) {
        pending.push(...head);
        setImmediate(flush);
      }
      pending.push(...pair);
      pendingBytes += bytes;
    },
    flush,
  };
}
