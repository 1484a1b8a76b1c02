import { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';

/** A Redis that does not answer within this time counts as down: no act waits longer for it. */
const COMMAND_TIMEOUT_MS = 200;

interface RedisOptions {
  readonly url: string;
  /** Keeps installations that share a Redis apart. */
  readonly keyPrefix: string;
  readonly log: Log;
}

/**
 * A connection that fails fast and never piles up: commands are refused while it is down and given up when they take
 * too long, and an unanswered connection is replaced. Callers do without (limits in memory, facts by the beacon).
 */
export function connectRedis({ url, keyPrefix, log }: RedisOptions): Redis {
  return prepared(
    new Redis(url, { keyPrefix, commandTimeout: COMMAND_TIMEOUT_MS, socketTimeout: 5_000, ...FAIL_FAST }),
    log,
  );
}

/** How long one read of the bus waits for something new. */
export const BUS_BLOCK_MS = 2_000;

/** For commands that block up to `BUS_BLOCK_MS` by design. */
export function connectBlockingRedis({ url, keyPrefix, log }: RedisOptions): Redis {
  const longest = BUS_BLOCK_MS + 2_000;
  return prepared(new Redis(url, { keyPrefix, commandTimeout: longest, socketTimeout: longest, ...FAIL_FAST }), log);
}

const FAIL_FAST = {
  connectTimeout: 2_000,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: (tries: number) => Math.min(100 * tries, 1_000),
};

function prepared(redis: Redis, log: Log): Redis {
  let isUp = false;
  redis.on('ready', () => {
    isUp = true;
    log.info('redis connected');
  });
  // Without a listener ioredis writes to the console at each attempt; one line per outage is enough.
  redis.on('error', (error) => {
    if (isUp) log.warn({ err: error }, 'redis lost');
    isUp = false;
  });
  return redis;
}
