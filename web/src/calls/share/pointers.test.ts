import { expect, test } from 'vitest';
import { createTestClock } from '../../testing/testClock.ts';
import { createPointing, createSeenPointers, GONE_AFTER_MS } from './pointers.ts';
import type { Point } from './zoom.ts';

const here = { x: 0.25, y: 0.5 };

test('a hand that moves without rest is told twenty times a second, and where it stops', async () => {
  const clock = createTestClock();
  const told: (Point | null)[] = [];
  const pointing = createPointing({ clock, tell: (at) => told.push(at) });
  for (let step = 0; step < 200; step += 1) {
    pointing.move({ x: step / 200, y: 0 });
    await clock.advance(5);
  }
  expect(told.length).toBeGreaterThanOrEqual(19);
  expect(told.length).toBeLessThanOrEqual(21);
  await clock.advance(50);
  expect(told.at(-1)).toEqual({ x: 199 / 200, y: 0 });
});

test('a hand that rests stays seen, until it is taken away', async () => {
  const clock = createTestClock();
  const seen = createSeenPointers(clock);
  const pointing = createPointing({ clock, tell: (at) => seen.take('anna', at) });
  pointing.move(here);
  await clock.advance(30_000);
  expect(seen.store.getState().get('anna')).toEqual(here);
  pointing.end();
  expect(seen.store.getState().size).toBe(0);
  await clock.advance(30_000);
  expect(seen.store.getState().size).toBe(0);
});

test('a pointer of which nothing more is heard is gone after two seconds', async () => {
  const clock = createTestClock();
  const seen = createSeenPointers(clock);
  seen.take('anna', here);
  await clock.advance(GONE_AFTER_MS - 1);
  expect(seen.store.getState().size).toBe(1);
  await clock.advance(1);
  expect(seen.store.getState().size).toBe(0);
});

test('several people point at once, each for themselves', async () => {
  const clock = createTestClock();
  const seen = createSeenPointers(clock);
  seen.take('anna', here);
  await clock.advance(1_500);
  seen.take('ben', here);
  await clock.advance(600);
  expect([...seen.store.getState().keys()]).toEqual(['ben']);
});
