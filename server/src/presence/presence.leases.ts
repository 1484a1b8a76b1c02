import { PRESENCE_LEASE_MS } from '@dialog/shared/presence';
import type { UserId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';

/** A socket of a person. */
export interface Lease {
  readonly userId: UserId;
  readonly socketId: string;
}

/** Who is connected anywhere, as far as Redis knows: a lease per socket, which ends by itself when its node dies (R7). */
export interface Leases {
  /** Renews these, all in one round trip. */
  renew(leases: readonly Lease[]): Promise<void>;
  /** True when that was this person's last. */
  end(lease: Lease): Promise<boolean>;
  /** Those of these people with a lease that has not run out. */
  onlineAmong(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>>;
}

/** The entry outlives its leases a little, so that an absent person leaves nothing behind. */
const ENTRY_LIFE_MS = 2 * PRESENCE_LEASE_MS;
/** Commands in one pipeline: many enough to be cheap, few enough to answer within Redis' time-out. */
const COMMANDS_PER_PIPELINE = 1_000;

export function createLeases({ redis, now }: { readonly redis: Redis; readonly now: () => Date }): Leases {
  return {
    async renew(leases) {
      const until = now().getTime() + PRESENCE_LEASE_MS;
      for (const some of chunksOf(leases)) {
        const pipeline = redis.pipeline();
        for (const { userId, socketId } of some) {
          pipeline.zadd(keyOf(userId), until, socketId);
          pipeline.pexpire(keyOf(userId), ENTRY_LIFE_MS);
        }
        // oxlint-disable-next-line no-await-in-loop -- one pipeline after the other keeps Redis free for acts
        await answersOf(pipeline.exec());
      }
    },

    async end({ userId, socketId }) {
      const pipeline = redis.pipeline();
      pipeline.zrem(keyOf(userId), socketId);
      pipeline.zcount(keyOf(userId), now().getTime(), '+inf');
      const [, left] = await answersOf(pipeline.exec());
      return left === 0;
    },

    async onlineAmong(userIds) {
      const online = new Set<UserId>();
      for (const some of chunksOf(userIds)) {
        const pipeline = redis.pipeline();
        for (const userId of some) pipeline.zcount(keyOf(userId), now().getTime(), '+inf');
        // oxlint-disable-next-line no-await-in-loop -- as above
        const counts = await answersOf(pipeline.exec());
        for (const [at, userId] of some.entries()) if (Number(counts[at]) > 0) online.add(userId);
      }
      return online;
    },
  };
}

function keyOf(userId: UserId): string {
  return `presence:${userId}`;
}

/** The answers of a pipeline; one that failed fails them all. */
async function answersOf(answering: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  const answers = (await answering) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}

function chunksOf<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += COMMANDS_PER_PIPELINE)
    chunks.push(items.slice(at, at + COMMANDS_PER_PIPELINE));
  return chunks;
}
