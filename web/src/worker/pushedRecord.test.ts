import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { claimTelling, rememberDevice, thisDevice } from './pushedRecord.ts';

test('whoever asks first tells of a message, and an older one after it is not told at all', async () => {
  const claims = await Promise.all([1, 2, 3].map(() => claimTelling('chat:a', 7)));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await claimTelling('chat:a', 6)).toBe(false);
  expect(await claimTelling('chat:b', 6)).toBe(true);
  expect(await claimTelling('chat:a', 8)).toBe(true);
});

test('whoever signs in here next is told of everything, and the worker knows which device it is', async () => {
  await rememberDevice({ deviceId: 'd', language: 'de', me: 'ada' });
  expect(await thisDevice()).toEqual({ deviceId: 'd', language: 'de', me: 'ada' });
  await claimTelling('chat:c', 5);
  await rememberDevice({ deviceId: 'd', language: 'de', me: 'ada' });
  expect(await claimTelling('chat:c', 5)).toBe(false);
  await rememberDevice({ deviceId: 'd', language: 'en', me: 'bob' });
  expect(await claimTelling('chat:c', 5)).toBe(true);
});
