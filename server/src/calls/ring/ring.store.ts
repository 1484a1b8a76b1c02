import { RING_MS } from '@dialog/shared/calls.ring.values';
import { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';
import * as z from 'zod/mini';
import { AppError } from '../../platform/appError.ts';
import { redisNow } from '../../platform/redis/redisClock.ts';
import { ACKNOWLEDGE, BEGIN, CALLS_OF, DUE_NOW, SETTLE } from './ring.scripts.ts';

/** Nothing of a ring is left after this, whatever happened to those who would have ended it (R7). */
const LIFE_MS = RING_MS + 15_000;
/** What follows from an answer is done by then; else another node does it. */
const FOLLOWED_WITHIN_MS = 3_000;

/** How one person was asked. `quiet`: without a sound, because they want none now; `apart`: as if nobody had called. */
const Asked = z.object({
  callId: CallId,
  chatId: ChatId,
  userId: UserId,
  from: UserId,
  isVideo: z.boolean(),
  how: z.enum(['loud', 'quiet', 'apart']),
  isPushedTo: z.boolean(),
  /** Whoever calls may not learn whether this person is there. */
  isHidden: z.boolean(),
  /** When they were asked, in ms; asked again, it is a later one. */
  round: z.number(),
  expiresAt: z.number(),
  state: z.enum(['asked', 'answered', 'declined', 'missed', 'ended']),
  /** That answered; empty: none. */
  deviceId: z.union([DeviceId, z.literal('')]),
});
export type Asked = z.infer<typeof Asked>;

/** With the devices that said they ring: whether each is busy. */
export interface AskedNow extends Asked {
  readonly devices: ReadonlyMap<DeviceId, boolean>;
}

/** `joined`: seen in the call, which counts as an answer whatever was said before. */
export type SettleTo = 'answered' | 'declined' | 'missed' | 'ended' | 'joined';

export interface Settled {
  /** `same`: it stood so already; `lost`: another device was first; `kept`: it is not time; `none`: nobody asked them. */
  readonly outcome: 'won' | 'same' | 'lost' | 'kept' | 'none';
  readonly asked: Asked | null;
}

export type RingStore = ReturnType<typeof createRingStore>;

const DUE = 'rings:due';

/**
 * What rings where: in Redis alone, each entry with a deadline by the clock of Redis. @throws ringing-unavailable while
 * Redis is away.
 */
export function createRingStore(redis: Redis) {
  return {
    /** The time by which rings end, in ms. */
    clock: (): Promise<number> => available(redisNow(redis)),

    /** False: they are being asked already. */
    async begin(asked: Asked): Promise<boolean> {
      const { callId, userId, from, round, expiresAt } = asked;
      const keys = [hashOf(callId), ringsOf(userId), ringingOf(from), DUE];
      const answer = await available(
        redis.eval(BEGIN, keys.length, ...keys, callId, userId, JSON.stringify(asked), round, expiresAt, LIFE_MS),
      );
      return answer === 1;
    },

    /** True: it changed something. */
    async acknowledge(
      { callId, userId }: Pick<Asked, 'callId' | 'userId'>,
      { deviceId, isBusy }: { readonly deviceId: DeviceId; readonly isBusy: boolean },
    ): Promise<boolean> {
      const answer = redis.eval(ACKNOWLEDGE, 1, hashOf(callId), userId, deviceId, isBusy ? '1' : '0');
      return (await available(answer)) === 1;
    },

    async settle(
      { callId, userId }: Pick<Asked, 'callId' | 'userId'>,
      { to, deviceId }: { readonly to: SettleTo; readonly deviceId?: DeviceId },
    ): Promise<Settled> {
      const keys = [hashOf(callId), ringsOf(userId), DUE];
      const answer = await available(
        redis.eval(SETTLE, keys.length, ...keys, callId, userId, to, deviceId ?? '', FOLLOWED_WITHIN_MS),
      );
      const [outcome, known] = z.parse(Answer, answer);
      return { outcome, asked: known === '' ? null : z.parse(Asked, JSON.parse(known)) };
    },

    /** Everyone whom a call asks. */
    async of(callId: CallId): Promise<AskedNow[]> {
      const fields = Object.entries(await available(redis.hgetall(hashOf(callId))));
      return fields
        .filter(([name]) => name.startsWith('p:'))
        .map(([, value]) => z.parse(Asked, JSON.parse(value)))
        .map((asked) => ({ ...asked, devices: devicesIn(fields, asked.userId) }));
    },

    /** The calls that ring this person at this time, and those that ring others for them. */
    async callsOf(
      userId: UserId,
    ): Promise<{ readonly at: number; readonly rings: CallId[]; readonly ringing: CallId[] }> {
      const keys = [ringsOf(userId), ringingOf(userId)];
      const answer = await available(redis.eval(CALLS_OF, keys.length, ...keys, FOLLOWED_WITHIN_MS));
      const [at, rings, ringing] = z.parse(Calls, answer);
      return { at, rings, ringing };
    },

    /** Rings that are over by the clock, and answers of which something may still have to follow. */
    async due(max: number): Promise<Pick<Asked, 'callId' | 'userId'>[]> {
      const members = await available(redis.eval(DUE_NOW, 1, DUE, max));
      return z.parse(z.array(z.string()), members).map((member) => {
        const [callId, userId] = member.split(' ');
        return z.parse(Due, { callId, userId });
      });
    },

    /** All that follows is done. */
    async done({ callId, userId }: Pick<Asked, 'callId' | 'userId'>): Promise<void> {
      await available(redis.zrem(DUE, `${callId} ${userId}`));
    },
  };
}

const Answer = z.tuple([z.enum(['won', 'same', 'lost', 'kept', 'none']), z.string()]);
const Calls = z.tuple([z.number(), z.array(CallId), z.array(CallId)]);
const Due = z.object({ callId: CallId, userId: UserId });

async function available<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new AppError('ringing-unavailable', 'Redis does not answer', { cause });
  }
}

function devicesIn(fields: readonly (readonly [string, string])[], userId: UserId): ReadonlyMap<DeviceId, boolean> {
  const start = `d:${userId}:`;
  return new Map(
    fields
      .filter(([name]) => name.startsWith(start))
      .map(([name, value]) => [DeviceId.parse(name.slice(start.length)), value === '1']),
  );
}

function hashOf(callId: CallId): string {
  return `ring:${callId}`;
}

function ringsOf(userId: UserId): string {
  return `rings:to:${userId}`;
}

function ringingOf(userId: UserId): string {
  return `rings:by:${userId}`;
}
