import { LIMITS, type LimitName } from '@dialog/shared/contract/limits';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { AppError } from '../appError.ts';

/** Counts what people and addresses do, over all nodes. */
export interface Limiter {
  /** @throws AppError `rate-limited`, with the time to wait, when `key` has used up this limit. */
  take(name: LimitName, key: string): Promise<GiveBack>;
  /** Several points, all or none: a refusal uses up nothing. */
  takeMany(name: LimitName, key: string, points: number): Promise<GiveBack>;
}

/** Undoes one taking. Never fails: what cannot be given back stays counted, which is the strict side. */
export type GiveBack = () => Promise<void>;

interface LimiterOptions {
  readonly redis: Redis;
  /** Operator's changes: name → points. */
  readonly overrides: Readonly<Record<string, number>>;
}

/** After Redis failed a check, this long is counted in memory without asking again: a hanging Redis delays one act, not all. */
const REDIS_REST_MS = 2_000;
/** Without Redis each node counts for itself; several nodes together must not give more than one did. */
const MEMORY_SHARE = 0.5;
/** A generous limit is taken from Redis in portions of this share and used up here: one question for many acts. */
const PORTIONS = 12;
const PORTIONED_FROM_POINTS = 60;
/** Keys remembered with points in hand. */
const PORTIONS_KEPT = 20_000;

/** Bounds of sockets (SECURITY 25). */
const SOCKET_LIMITS = { socketsPerUser: 10, socketsPerAddress: 100, eventsPerSecond: 30, eventsBurst: 60 };

/** All that an operator may change by `LIMITS`. */
export const LIMIT_NAMES: readonly string[] = [...Object.keys(LIMITS), ...Object.keys(SOCKET_LIMITS)];

export function socketLimits(overrides: Readonly<Record<string, number>>) {
  const { socketsPerUser, socketsPerAddress, eventsPerSecond, eventsBurst } = { ...SOCKET_LIMITS, ...overrides };
  return { socketsPerUser, socketsPerAddress, eventLimit: { perSecond: eventsPerSecond, burst: eventsBurst } };
}

interface Portion {
  points: number;
  until: number;
  /** A refill under way; others wait for the same one. */
  filling: Promise<void> | undefined;
}

/** Never open: without Redis the limits hold in memory, stricter. */
export function createLimiter({ redis, overrides }: LimiterOptions): Limiter {
  let restsUntil = 0;

  async function consume(bucket: Bucket, asked: Asked): Promise<GiveBack> {
    const { key, points } = asked;
    const useMemory = performance.now() < restsUntil;
    const counter = useMemory ? bucket.memory : bucket.shared;
    try {
      const { msBeforeNext } = await counter.consume(key, points);
      return () => reward(counter, { key, points, until: performance.now() + msBeforeNext });
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) {
        // The counter has gone up all the same.
        if (asked.isAllOrNone) await reward(counter, { key, points, until: Number.POSITIVE_INFINITY });
        throw rateLimited(refusal.msBeforeNext);
      }
      if (useMemory) throw refusal;
      restsUntil = performance.now() + REDIS_REST_MS;
      return consume(bucket, asked);
    }
  }

  const buckets = new Map<LimitName, Bucket>(
    namesOfLimits().map((name) => [name, createBucket(redis, name, overrides[name])]),
  );

  function bucketOf(name: LimitName): Bucket {
    const bucket = buckets.get(name);
    if (!bucket) throw new Error(`no such limit: ${name}`);
    return bucket;
  }

  return {
    async take(name, key) {
      const bucket = bucketOf(name);
      if (bucket.portionPoints === 1) return consume(bucket, { key, points: 1 });
      return takeFromPortion(bucket, key, async (points) => void (await consume(bucket, { key, points })));
    },
    takeMany: async (name, key, points) => consume(bucketOf(name), { key, points, isAllOrNone: true }),
  };
}

interface Asked {
  readonly key: string;
  readonly points: number;
  readonly isAllOrNone?: true;
}

interface Bucket {
  readonly shared: RateLimiterAbstract;
  readonly memory: RateLimiterAbstract;
  readonly seconds: number;
  readonly portionPoints: number;
  readonly portions: Map<string, Portion>;
}

function createBucket(redis: Redis, name: LimitName, override: number | undefined): Bucket {
  const { points: usual, seconds } = LIMITS[name];
  const points = override ?? usual;
  return {
    shared: new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `limit:${name}`,
      points,
      duration: seconds,
      rejectIfRedisNotReady: true,
    }),
    memory: new RateLimiterMemory({
      keyPrefix: name,
      points: Math.max(1, Math.floor(points * MEMORY_SHARE)),
      duration: seconds,
    }),
    seconds,
    portionPoints: points >= PORTIONED_FROM_POINTS ? Math.floor(points / PORTIONS) : 1,
    portions: new Map(),
  };
}

/** To the counter it came from, and not into the next window, which would begin with a gift. */
async function reward(
  counter: RateLimiterAbstract,
  { key, points, until }: { readonly key: string; readonly points: number; readonly until: number },
): Promise<void> {
  if (performance.now() < until) await counter.reward(key, points).catch(() => undefined);
}

async function takeFromPortion(
  bucket: Bucket,
  key: string,
  consume: (points: number) => Promise<void>,
): Promise<GiveBack> {
  const portion = portionOf(bucket, key);
  while (portion.points === 0 || portion.until < performance.now()) {
    portion.filling ??= consume(bucket.portionPoints)
      .then(() => {
        portion.points = bucket.portionPoints;
        // Points do not outlive the window they came from by more than this.
        portion.until = performance.now() + (bucket.seconds * 1_000) / PORTIONS;
      })
      .finally(() => (portion.filling = undefined));
    // oxlint-disable-next-line no-await-in-loop -- others may have used up what the refill brought
    await portion.filling;
  }
  portion.points -= 1;
  return async () => void (portion.points += 1);
}

function portionOf(bucket: Bucket, key: string): Portion {
  const known = bucket.portions.get(key);
  if (known) return known;
  if (bucket.portions.size >= PORTIONS_KEPT) {
    // The oldest goes; its points are lost to it, which is the strict side.
    for (const oldest of bucket.portions.keys()) {
      bucket.portions.delete(oldest);
      break;
    }
  }
  const portion: Portion = { points: 0, until: 0, filling: undefined };
  bucket.portions.set(key, portion);
  return portion;
}

function rateLimited(msBeforeNext: number): AppError {
  return new AppError('rate-limited', undefined, { retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) });
}

function namesOfLimits(): LimitName[] {
  return Object.keys(LIMITS) as LimitName[];
}
