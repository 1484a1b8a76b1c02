import { CALL_LEASE_MS } from '@dialog/shared/calls.direct';
import type { EntryAddress } from '@dialog/shared/calls.direct.values';
import { EntryId } from '@dialog/shared/calls.values';
import type { CallId } from '@dialog/shared/contract/values';
import type { Redis } from 'ioredis';
import { runPipeline } from '../../platform/redis/pipeline.ts';
import type { CallDevice } from '../calls.repository.ts';
import { identityOf, parseIdentity } from '../identity.ts';

type Device = Pick<CallDevice, 'userId' | 'deviceId'>;

/** Which devices say that they are in which direct call: a lease per entry, which ends by itself (R7). All may throw. */
export interface CallLeases {
  /** Begins; an earlier entry of the same device ends. */
  begin(callId: CallId, entry: EntryAddress): Promise<void>;
  /** False when there was none to go on. */
  renew(callId: CallId, entry: EntryAddress): Promise<boolean>;
  /** Of one entry, or of whatever entry of this device. */
  end(callId: CallId, device: Device & { readonly entryId?: EntryId }): Promise<void>;
  of(callId: CallId): Promise<readonly EntryAddress[]>;
  /** Since when Redis has answered this node, by `performance.now()`; null: it does not. */
  knownSince(): number | null;
}

/** One sorted set for each call, its members the entries, by when their leases run out. */
export function createCallLeases({ redis, now }: { readonly redis: Redis; readonly now: () => Date }): CallLeases {
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

  const until = (): number => now().getTime() + CALL_LEASE_MS;

  async function membersOf(callId: CallId, device: Device): Promise<string[]> {
    const members = await redis.zrange(keyOf(callId), '0', '-1');
    return members.filter((member) => member.startsWith(`${identityOf(device)}:`));
  }

  return {
    begin: (callId, entry) =>
      ask(async () => {
        const earlier = await membersOf(callId, entry);
        await runPipeline(redis, [
          ...(earlier.length > 0 ? [['zrem', keyOf(callId), ...earlier] as const] : []),
          ['zadd', keyOf(callId), until(), memberOf(entry)],
          ['pexpire', keyOf(callId), 2 * CALL_LEASE_MS],
        ]);
      }),
    renew: (callId, entry) =>
      ask(async () => {
        const [changed] = await runPipeline(redis, [
          ['zadd', keyOf(callId), 'XX', 'CH', until(), memberOf(entry)],
          ['pexpire', keyOf(callId), 2 * CALL_LEASE_MS],
        ]);
        return changed === 1;
      }),
    end: (callId, { entryId, ...device }) =>
      ask(async () => {
        const members = entryId ? [memberOf({ ...device, entryId })] : await membersOf(callId, device);
        if (members.length > 0) await redis.zrem(keyOf(callId), ...members);
      }),
    of: (callId) =>
      ask(async () => (await redis.zrangebyscore(keyOf(callId), String(now().getTime()), '+inf')).flatMap(parseMember)),
    knownSince: () => knownSince,
  };
}

function keyOf(callId: CallId): string {
  return `call:${callId}:entries`;
}

function memberOf(entry: EntryAddress): string {
  return `${identityOf(entry)}:${entry.entryId}`;
}

function parseMember(member: string): EntryAddress[] {
  const at = member.lastIndexOf(':');
  const device = parseIdentity(member.slice(0, at));
  const entryId = EntryId.safeParse(member.slice(at + 1));
  return device && entryId.success ? [{ ...device, entryId: entryId.data }] : [];
}
