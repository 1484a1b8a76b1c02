import { PRESENCE_LEASE_MS } from '@dialog/shared/presence';
import type { UserId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';
import { runPipeline, type Command } from '../platform/redis/pipeline.ts';

/** A socket of a person, and whether somebody is at that device. */
export interface Lease {
  readonly userId: UserId;
  readonly socketId: string;
  readonly isActive: boolean;
}

/** Of all devices of a person together: the most active counts. */
export type Attendance = 'active' | 'idle' | 'absent';

/** Who is connected anywhere, as far as Redis knows: a lease per socket, which ends by itself when its node dies (R7). */
export interface Leases {
  /** Renews these, all in one round trip. */
  renew(leases: readonly Lease[]): Promise<void>;
  /** Begins these, or takes them up as they are now; answers how their people stand by that. */
  put(leases: readonly Lease[]): Promise<ReadonlyMap<UserId, Attendance>>;
  /** Ends these; answers how their people stand without. */
  end(leases: readonly Lease[]): Promise<ReadonlyMap<UserId, Attendance>>;
  /** How these people stand; runs out by itself. */
  of(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Attendance>>;
}

/** The entry outlives its leases a little, so that an absent person leaves nothing behind. */
const ENTRY_LIFE_MS = 2 * PRESENCE_LEASE_MS;
/** Commands in one pipeline: many enough to be cheap, few enough to answer within Redis' time-out. */
const COMMANDS_PER_PIPELINE = 1_000;

/**
 * One sorted set for each person, its members the sockets, by when their leases run out. A socket with somebody at it
 * is a member by another name than one without, so that one look tells both.
 */
export function createLeases({ redis, now }: { readonly redis: Redis; readonly now: () => Date }): Leases {
  async function run(commands: readonly Command[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (const some of chunksOf(commands)) {
      // oxlint-disable-next-line no-await-in-loop -- one pipeline after the other keeps Redis free for acts
      answers.push(...(await runPipeline(redis, some)));
    }
    return answers;
  }

  /** Only what is there by then counts: what ran out stays a while, and is nobody. */
  async function standing(commands: readonly Command[], userIds: readonly UserId[]) {
    const wanted = [...new Set(userIds)];
    const looks = wanted.map((userId): Command => ['zrangebyscore', keyOf(userId), now().getTime(), '+inf']);
    const answers = (await run([...commands, ...looks])).slice(commands.length);
    return new Map(wanted.map((userId, at) => [userId, attendanceOf(answers[at])]));
  }

  function renewing({ userId, socketId, isActive }: Lease): Command[] {
    const until = now().getTime() + PRESENCE_LEASE_MS;
    return [
      ['zadd', keyOf(userId), until, memberOf(socketId, isActive)],
      ['pexpire', keyOf(userId), ENTRY_LIFE_MS],
    ];
  }

  const people = (leases: readonly Lease[]): UserId[] => leases.map(({ userId }) => userId);

  return {
    async renew(leases) {
      await run(leases.flatMap(renewing));
    },
    put: (leases) =>
      standing(
        leases.flatMap((lease) => [
          ['zrem', keyOf(lease.userId), memberOf(lease.socketId, !lease.isActive)] as const,
          // What nodes that died left behind.
          ['zremrangebyscore', keyOf(lease.userId), '-inf', now().getTime() - PRESENCE_LEASE_MS] as const,
          ...renewing(lease),
        ]),
        people(leases),
      ),
    end: (leases) =>
      standing(
        leases.map(({ userId, socketId }): Command => [
          'zrem',
          keyOf(userId),
          memberOf(socketId, true),
          memberOf(socketId, false),
        ]),
        people(leases),
      ),
    of: (userIds) => standing([], userIds),
  };
}

const ACTIVE = '+';

function keyOf(userId: UserId): string {
  return `presence:${userId}`;
}

function memberOf(socketId: string, isActive: boolean): string {
  return isActive ? ACTIVE + socketId : socketId;
}

function attendanceOf(members: unknown): Attendance {
  if (!Array.isArray(members) || members.length === 0) return 'absent';
  return members.some((member) => String(member).startsWith(ACTIVE)) ? 'active' : 'idle';
}

function chunksOf<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += COMMANDS_PER_PIPELINE)
    chunks.push(items.slice(at, at + COMMANDS_PER_PIPELINE));
  return chunks;
}
