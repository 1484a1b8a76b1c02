import { expect, test } from 'vitest';
import { createLate } from './late.ts';

test('what comes late is brought once, and told to those who wait for it', async () => {
  let brought = 0;
  const late = createLate(async () => ({ number: (brought += 1) }));
  const heard: (number | undefined)[] = [];
  late.subscribe(() => heard.push(late.now()?.number));
  expect(late.now()).toBeUndefined();
  await Promise.all([late.load(), late.load()]);
  expect([late.now(), await late.load(), heard]).toEqual([{ number: 1 }, { number: 1 }, [1]]);
});

test('what could not be brought is asked for again by the next who needs it', async () => {
  const answers = [Promise.reject(new Error('no network')), Promise.resolve('here')];
  const late = createLate(() => answers.shift() ?? Promise.resolve('again'));
  await expect(late.load()).rejects.toThrow('no network');
  expect(await late.load()).toBe('here');
});
