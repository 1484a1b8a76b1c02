import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { forgetDevice, rememberDevice, tellOnce, thisDevice } from './pushedRecord.ts';

/** Whether it was told just now. */
async function claimTelling(tag: string, position: number): Promise<boolean> {
  let isTold = false;
  await tellOnce({ tag, position }, async () => void (isTold = true));
  return isTold;
}

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

test('what one could not tell, another tells; what is newer and told stays so', async () => {
  const failing = tellOnce({ tag: 'chat:d', position: 5 }, () => Promise.reject(new Error('not shown')));
  await expect(failing).rejects.toThrow('not shown');
  expect(await claimTelling('chat:d', 5)).toBe(true);
  const overtaken = tellOnce({ tag: 'chat:d', position: 6 }, async () => {
    await claimTelling('chat:d', 7);
    throw new Error('not shown');
  });
  await expect(overtaken).rejects.toThrow('not shown');
  expect([await claimTelling('chat:d', 6), await claimTelling('chat:d', 7)]).toEqual([false, false]);
});

test('where nothing is wanted any more the worker knows of no device, and what was told stays told', async () => {
  await rememberDevice({ deviceId: 'd', language: 'de', me: 'ada' });
  await claimTelling('chat:e', 5);
  await forgetDevice();
  expect(await thisDevice()).toBeUndefined();
  await rememberDevice({ deviceId: 'd', language: 'de', me: 'ada' });
  expect(await claimTelling('chat:e', 5)).toBe(false);
});
