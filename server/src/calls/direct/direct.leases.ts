import { CALL_LEASE_MS } from '@dialog/shared/calls.direct';
import { type EntryAddress, EntryId } from '@dialog/shared/calls.values';
import type { CallId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';
import * as z from 'zod/mini';
import { NOW } from '../../platform/redis/redisClock.ts';
import type { CallDevice } from '../calls.repository.ts';
import { identityOf, parseIdentity } from '../identity.ts';

type Device = Pick<CallDevice, 'userId' | 'deviceId'>;

/** Which devices say that they are in which direct call: a lease per entry, which ends by itself (R7). All may throw. */
export interface CallLeases {
  /** Begins; an earlier entry of the same device ends. False where two others are in it. */
  begin(callId: CallId, entry: EntryAddress): Promise<boolean>;
  /** False when there was none to go on. */
  renew(callId: CallId, entry: EntryAddress): Promise<boolean>;
  /** Of one entry, or of whatever entry of this device. */
  end(callId: CallId, device: Device & { readonly entryId?: EntryId }): Promise<void>;
  of(callId: CallId): Promise<readonly EntryAddress[]>;
  /** Since when Redis has answered this node, by `performance.now()`; null: it does not. */
  knownSince(): number | null;
}

/** A direct call is one between two devices. */
export const DIRECT_DEVICES_MAX = 2;

/** KEYS: leases. ARGV: how the device's entries begin, entry, lease in ms. One step: of three who come at once two are in. */
const BEGIN = `${NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local others = 0
for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if string.find(entry, ARGV[1], 1, true) == 1 then redis.call('ZREM', KEYS[1], entry) else others = others + 1 end
end
if others >= ${DIRECT_DEVICES_MAX} then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[2])
redis.call('PEXPIRE', KEYS[1], 2 * ARGV[3])
return 1`;

/** KEYS: leases. ARGV: entry, lease in ms. */
const RENEW = `${NOW}
local ends = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not ends or tonumber(ends) <= now then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], 2 * ARGV[2])
return 1`;

/** KEYS: leases. */
const OF = `${NOW}
return redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')`;

/** One sorted set for each call, its members the entries, by when their leases run out: by the clock of Redis. */
export function createCallLeases(redis: Redis): CallLeases {
  let knownSince: number | null = performance.now();

  /** Without an answer nothing is known, and what was known before counts for nothing after. */
  async function ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      const answer = await question();
      knownSince ??= performance.now();
      return answer;
    } catch (error) {
      knownSince = null;
      throw error;
    }
  }

  async function entriesOf(callId: CallId, device: Device): Promise<string[]> {
    const entries = await redis.zrange(keyOf(callId), '0', '-1');
    return entries.filter((entry) => entry.startsWith(startOf(device)));
  }

  return {
    begin: (callId, entry) =>
      ask(async () => {
        const answer = redis.eval(BEGIN, 1, keyOf(callId), startOf(entry), memberOf(entry), CALL_LEASE_MS);
        return (await answer) === 1;
      }),
    renew: (callId, entry) =>
      ask(async () => (await redis.eval(RENEW, 1, keyOf(callId), memberOf(entry), CALL_LEASE_MS)) === 1),
    end: (callId, { entryId, ...device }) =>
      ask(async () => {
        const entries = entryId ? [memberOf({ ...device, entryId })] : await entriesOf(callId, device);
        if (entries.length > 0) await redis.zrem(keyOf(callId), ...entries);
      }),
    of: (callId) =>
      ask(async () => z.parse(z.array(z.string()), await redis.eval(OF, 1, keyOf(callId))).flatMap(parseMember)),
    knownSince: () => knownSince,
  };
}

function keyOf(callId: CallId): string {
  return `call:${callId}:entries`;
}

function startOf(device: Device): string {
  return `${identityOf(device)}:`;
}

function memberOf(entry: EntryAddress): string {
  return startOf(entry) + entry.entryId;
}

function parseMember(member: string): EntryAddress[] {
  const at = member.lastIndexOf(':');
  const device = parseIdentity(member.slice(0, at));
  const entryId = EntryId.safeParse(member.slice(at + 1));
  return device && entryId.success ? [{ ...device, entryId: entryId.data }] : [];
}
