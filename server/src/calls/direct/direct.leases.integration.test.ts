import { CALL_LEASE_MS } from '@dialog/shared/calls.direct';
import type { EntryAddress } from '@dialog/shared/calls.values';
import type { EntryId } from '@dialog/shared/calls.values';
import type { CallId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testServices } from '../../testing/startTestApp.ts';
import { createCallLeases } from './direct.leases.ts';

let redis: Redis;
beforeAll(() => {
  redis = new Redis(testServices().redisUrl, { keyPrefix: `${newId()}:` });
});
afterAll(() => redis.disconnect());

const anEntry = (): EntryAddress => ({
  userId: newId<UserId>(),
  deviceId: newId<DeviceId>(),
  entryId: newId<EntryId>(),
});

test('of devices that come into a direct call at once two are in it, on whichever nodes', async () => {
  const [one, other] = [createCallLeases(redis), createCallLeases(redis)];
  const callId = newId<CallId>();
  const entries = Array.from({ length: 8 }, anEntry);
  const isIn = await Promise.all(entries.map((entry, nth) => (nth % 2 === 0 ? one : other).begin(callId, entry)));
  expect(isIn.filter(Boolean)).toHaveLength(2);
  const [inside, outside] = [true, false].map((is) => entries.filter((_entry, nth) => isIn[nth] === is));
  expect(await one.of(callId)).toHaveLength(2);
  // The same device by another entry takes its own place.
  const [first] = inside ?? [];
  if (!first) throw new Error('nobody is in it');
  expect(await other.begin(callId, { ...first, entryId: newId<EntryId>() })).toBe(true);
  expect(await other.renew(callId, first)).toBe(false);
  for (const entry of outside ?? []) expect(await one.renew(callId, entry)).toBe(false);
  expect(await redis.pttl(`call:${callId}:entries`)).toBeLessThanOrEqual(2 * CALL_LEASE_MS);
});

test('a lease that ran out is not renewed: whoever had it is asked about anew', async () => {
  const leases = createCallLeases(redis);
  const callId = newId<CallId>();
  const entry = anEntry();
  await leases.begin(callId, entry);
  expect(await leases.renew(callId, entry)).toBe(true);
  const [member = ''] = await redis.zrange(`call:${callId}:entries`, '0', '-1');
  await redis.zadd(`call:${callId}:entries`, '1', member);
  expect(await leases.renew(callId, entry)).toBe(false);
  expect(await leases.of(callId)).toEqual([]);
});
