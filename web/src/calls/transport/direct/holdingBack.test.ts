import { expect, test } from 'vitest';
import { createTestClock } from '../../../testing/testClock.ts';
import { createHoldingBack } from './holdingBack.ts';

test('nothing is drawn of a connection until it had time to be heard, once', async () => {
  const { clock, holdingBack, overs } = aHoldingBack();
  holdingBack.begin();
  await clock.advance(100);
  expect(holdingBack.isOn(true)).toBe(true);
  await clock.advance(50);
  expect(holdingBack.isOn(true)).toBe(true);
  await clock.advance(10);
  expect([holdingBack.isOn(true), overs()]).toEqual([false, 1]);
  expect(holdingBack.isOn(false)).toBe(false);
});

test('one that does not come up is drawn after a quarter of a second', async () => {
  const { clock, holdingBack, overs } = aHoldingBack();
  holdingBack.begin();
  await clock.advance(249);
  expect(holdingBack.isOn(false)).toBe(true);
  await clock.advance(1);
  expect([holdingBack.isOn(false), overs()]).toEqual([false, 1]);
});

function aHoldingBack() {
  const clock = createTestClock();
  let overs = 0;
  return { clock, holdingBack: createHoldingBack({ clock, over: () => (overs += 1) }), overs: () => overs };
}
