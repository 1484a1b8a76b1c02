import { expect, test } from 'vitest';
import { FULL_STEP, giveWay } from './giveWay.ts';

const LOOK_MS = 2_000;

/** The limits over time, as `[second, limit]` at each change. */
function changes(lossAt: (second: number, limit: string) => number, seconds: number): [number, string][] {
  let step = FULL_STEP;
  const told: [number, string][] = [];
  for (let now = 100_000; now < 100_000 + seconds * 1_000; now += LOOK_MS) {
    const second = (now - 100_000) / 1_000;
    const next = giveWay(step, { loss: lossAt(second, step.limit), now });
    if (next.limit !== step.limit) told.push([second, next.limit]);
    step = next;
  }
  return told;
}

test('pictures go small, then away, and come back step by step once the link is good', () => {
  expect(changes((second) => (second < 20 ? 0.3 : 0), 70)).toEqual([
    [0, 'small'],
    [6, 'none'],
    [40, 'small'],
    [60, 'full'],
  ]);
});

test('a link with a little loss keeps its pictures, and one in between keeps them small', () => {
  expect(changes(() => 0.06, 120)).toEqual([]);
  expect(changes(() => 0.12, 120)).toEqual([[0, 'small']]);
});

test('a link that only bears sound is tried less and less often', () => {
  const told = changes((_, limit) => (limit === 'none' ? 0 : 0.3), 600);
  const tries = told.filter(([, limit]) => limit === 'small').map(([second]) => second);
  const pauses = tries.slice(1).map((second, at) => second - (tries[at] ?? 0));
  expect(pauses.length).toBeLessThan(7);
  expect(pauses.at(-1)).toBeGreaterThan(150);
});

test('silence is no proof of a bad link', () => {
  expect(giveWay(FULL_STEP, { loss: null, now: 5_000 }).limit).toBe('full');
});
