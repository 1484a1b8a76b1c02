import type { Redis } from 'ioredis';

/** In a script: `now`, in ms. Deadlines that nodes share go by this one clock, for a node's own may be wrong. */
export const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** The same, asked for by itself. */
export async function redisNow(redis: Redis): Promise<number> {
  const [seconds = 0, microseconds = 0] = (await redis.time()).map(Number);
  return seconds * 1_000 + Math.floor(microseconds / 1_000);
}
