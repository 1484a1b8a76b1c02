import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createKept } from './kept.ts';

function counted(options: { weightMax?: number; forMs?: number } = {}) {
  const kept = createKept<string>({ weightMax: 100, forMs: 60_000, ...options, weightOf: ({ length }) => length });
  const made: string[] = [];
  const get = (key: string): Promise<string> =>
    kept.get(key, async () => {
      made.push(key);
      if (key === 'broken') throw new Error('broken');
      return key;
    });
  return { get, made };
}

test('what was got is not got again, by whoever asks at the same time either', async () => {
  const { get, made } = counted();
  await Promise.all([get('a'), get('a')]);
  expect(await get('a')).toBe('a');
  expect(made).toEqual(['a']);
});

test('a failure is not kept', async () => {
  const { get, made } = counted();
  await expect(get('broken')).rejects.toThrow();
  await expect(get('broken')).rejects.toThrow();
  expect(made).toEqual(['broken', 'broken']);
});

test('after its time it is got anew', async () => {
  const { get, made } = counted({ forMs: 5 });
  await get('a');
  await sleep(10);
  await get('a');
  expect(made).toEqual(['a', 'a']);
});

test('the oldest goes where all together are too much, and nothing stays that is too much by itself', async () => {
  const { get, made } = counted({ weightMax: 4 });
  await get('aa');
  await get('bb');
  await get('cc');
  await get('bb');
  await get('aa');
  expect(made).toEqual(['aa', 'bb', 'cc', 'aa']);
  await get('much too much');
  await get('much too much');
  expect(made.filter((key) => key.length > 4)).toHaveLength(2);
});
