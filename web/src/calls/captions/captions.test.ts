import { afterEach, expect, test, vi } from 'vitest';
import { createTestClock } from '../../testing/testClock.ts';
import { writeCaptions } from './captions.ts';
import { aBrowser, aPage } from './testing.ts';

afterEach(() => vi.unstubAllGlobals());

/** A call with Anna in it, in which captions are switched on. */
async function aCall(answer: string | Error = 'available') {
  const page = aPage();
  page.come('Anna');
  const clock = createTestClock();
  const { maker, made } = aBrowser(answer);
  const world = { page, clock, made, written: '', failures: 0 };
  const stop = writeCaptions({
    ...{ maker, language: 'en-US', clock },
    write: (words) => (world.written = words),
    failed: () => (world.failures += 1),
  });
  await clock.advance(0);
  return { world, stop, recognition: () => made[0] };
}

test('nothing is taken of a call, nor written, where the browser does not recognise speech by itself', async () => {
  for (const answer of ['downloadable', 'unavailable', new Error('forbidden')]) {
    const { world } = await aCall(answer);
    expect(world.made).toEqual([]);
    expect(world.page.taken()).toEqual([]);
  }
});

test('words appear while they are spoken, are mended when they are understood, and go when they have been read', async () => {
  const { world, recognition } = await aCall();
  expect(recognition()).toMatchObject({ isLocal: true, interimResults: true, starts: 1 });
  expect(world.page.taken()).toEqual(['Anna']);
  recognition()?.hear('ice cream');
  expect(world.written).toBe('ice cream');
  await world.clock.advance(4_000);
  recognition()?.hear('I scream', ' you scream');
  await world.clock.advance(4_000);
  expect(world.written).toBe('I scream you scream');
  await world.clock.advance(2_000);
  expect(world.written).toBe('');
});

test('switched off, or at the end of the call, nobody listens any more', async () => {
  const { world, stop, recognition } = await aCall();
  recognition()?.hear('good bye');
  stop();
  expect(recognition()).toMatchObject({ isAborted: true, starts: 1 });
  expect(world.page.taken()).toEqual([]);
  expect(world.page.isClosed()).toBe(true);
  await world.clock.advance(10_000);
  // Whoever shows the words is gone with them.
  expect(world).toMatchObject({ written: 'good bye', failures: 0 });
});

test('switched off before the browser has said what it can, they never begin', async () => {
  const page = aPage();
  const { maker, made } = aBrowser('available');
  const clock = createTestClock();
  writeCaptions({ maker, language: 'en-US', clock, write() {}, failed() {} })();
  await clock.advance(0);
  expect([made, page.taken()]).toEqual([[], []]);
});

test('a silence ends nothing; that they do not work is said once, and they are not begun over and over', async () => {
  const { world, recognition } = await aCall();
  await world.clock.advance(20_000);
  recognition()?.onend?.();
  expect(recognition()?.starts).toBe(2);
  expect(world.failures).toBe(0);
  recognition()?.onend?.();
  await world.clock.advance(60_000);
  expect(recognition()?.starts).toBe(2);
  expect(world.failures).toBe(1);
});
