import { expect, test } from 'vitest';
import { createOpenPicture } from './openPicture.ts';

interface Fake {
  readonly name: string;
  close(): void;
}

/** Pictures that are decoded when the test says so, what was told, and which were closed. */
function desk() {
  const decoding = new Map<string, PromiseWithResolvers<Fake>>();
  const told: (string | undefined)[] = [];
  const closed: string[] = [];
  const opened = createOpenPicture(async (file) => {
    const waiting = Promise.withResolvers<Fake>();
    decoding.set(await file.text(), waiting);
    return waiting.promise;
  });
  return {
    told,
    closed,
    close: opened.close,
    choose: (name: string) => opened.open(new Blob([name]), (picture) => told.push(picture?.name)),
    async decode(name: string) {
      await expect.poll(() => decoding.has(name)).toBe(true);
      decoding.get(name)?.resolve({ name, close: () => closed.push(name) });
    },
    async fail(name: string) {
      await expect.poll(() => decoding.has(name)).toBe(true);
      decoding.get(name)?.reject(new Error('no picture'));
    },
  };
}

test('of two pictures chosen after each other the later one stands, also where the first takes longer', async () => {
  const { told, closed, choose, decode } = desk();
  const [slow, quick] = [choose('slow'), choose('quick')];
  await decode('quick');
  await quick;
  await decode('slow');
  await slow;
  expect(told).toEqual(['quick']);
  expect(closed).toEqual(['slow']);
});

test('a picture is closed when another takes its place, and the last one at the end', async () => {
  const { told, closed, choose, decode, fail, close } = desk();
  for (const name of ['one', 'two']) {
    const choosing = choose(name);
    await decode(name);
    await choosing;
  }
  expect(closed).toEqual(['one']);
  const broken = choose('broken');
  await fail('broken');
  await broken;
  expect([told, closed]).toEqual([['one', 'two', undefined], ['one']]);
  close();
  expect(closed).toEqual(['one', 'two']);
});
