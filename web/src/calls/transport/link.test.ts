import { expect, test } from 'vitest';
import { BEAT_EVERY_MS, createLinkWatch } from './link.ts';

/** A link that answers each beat after `delayMs` until it goes dead. Answers when its loss, and its return, were told. */
function watchLink({ deadFrom, deadUntil, delayMs }: { deadFrom: number; deadUntil: number; delayMs: number }) {
  let now = 0;
  const told: { at: number; isUp: boolean }[] = [];
  const answers: number[] = [];
  const watch = createLinkWatch({
    now: () => now,
    beat() {
      const isDead = now + delayMs >= deadFrom && now < deadUntil;
      if (!isDead) answers.push(now + delayMs);
    },
    tell: (isUp) => told.push({ at: now, isUp }),
  });
  for (; now < 60_000; now += 10) {
    if (now % BEAT_EVERY_MS === 0) watch.turn();
    while (answers.length > 0 && (answers[0] ?? 0) <= now) {
      answers.shift();
      watch.heard();
    }
  }
  return told;
}

test.each([5, 150, 600])('a dead link is noticed within 3 s, and its return too (answers after %i ms)', (delayMs) => {
  for (let deadFrom = 10_000; deadFrom < 10_500; deadFrom += 70) {
    const [loss, back, ...more] = watchLink({ deadFrom, deadUntil: 30_000, delayMs });
    expect(loss).toMatchObject({ isUp: false });
    expect((loss?.at ?? 0) - deadFrom).toBeLessThanOrEqual(3_000);
    expect(back).toMatchObject({ isUp: true });
    expect((back?.at ?? 0) - 30_000).toBeLessThanOrEqual(3_000);
    expect(more).toEqual([]);
  }
});

test('a slow link that answers is not called dead', () => {
  expect(watchLink({ deadFrom: 100_000, deadUntil: 100_000, delayMs: 1_200 })).toEqual([]);
});

test('a link whose media have no way is lost, though its answers come, until they have one again', () => {
  const told: boolean[] = [];
  const watch = createLinkWatch({ now: () => 0, beat: () => {}, tell: (isUp) => told.push(isUp) });
  watch.dumb(true);
  watch.heard();
  watch.turn();
  expect(told).toEqual([false]);
  watch.dumb(false);
  expect(told).toEqual([false, true]);
});

test('a page that stood still does not blame the link', () => {
  let now = 0;
  const told: boolean[] = [];
  const watch = createLinkWatch({ now: () => now, beat: () => {}, tell: (isUp) => told.push(isUp) });
  for (const at of [500, 1_000, 9_000]) {
    now = at;
    watch.turn();
  }
  watch.heard();
  expect(told).toEqual([]);
});

test('what flows keeps a link that answers late, but brings no broken one back', () => {
  let now = 0;
  const told: boolean[] = [];
  const watch = createLinkWatch({
    ...{ now: () => now, beat: () => {}, flows: () => true },
    tell: (isUp) => told.push(isUp),
  });
  const go = (until: number): void => {
    for (; now < until; now += BEAT_EVERY_MS) watch.turn();
  };
  go(30_000);
  expect(told).toEqual([]);
  watch.broken();
  go(60_000);
  expect(told).toEqual([false]);
});

test('where a part broke, the rest has a moment to answer: it is lost within a second or not at all', () => {
  const lostAt = (rest: 'answers' | 'flows' | 'is gone'): number | undefined => {
    let now = 0;
    let lost: number | undefined;
    let flowed = 0;
    const watch = createLinkWatch({
      now: () => now,
      beat: () => (rest === 'answers' || now < 1_300) && watch.heard(),
      flows() {
        const has = flowed > 0;
        flowed = 0;
        return has;
      },
      tell: () => (lost ??= now),
    });
    for (; now < 5_000; now += 100) {
      if (rest === 'flows' || now < 1_300) flowed += 1;
      if (now % BEAT_EVERY_MS === 0) watch.turn();
      if (now === 1_300) watch.doubted();
    }
    return lost;
  };
  expect(lostAt('answers')).toBeUndefined();
  expect(lostAt('flows')).toBeUndefined();
  expect(lostAt('is gone')).toBe(2_000);
});
