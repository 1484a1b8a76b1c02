import { expect, test } from 'vitest';
import { judge } from './push.outcomes.ts';

const answered = (status: number, retryAfterSeconds: number | null = null) =>
  ({ kind: 'answered', status, retryAfterSeconds }) as const;

test.each([
  [answered(201), 'accepted', 'done'],
  [answered(200), 'accepted', 'done'],
  [answered(404), 'gone', 'gone'],
  [answered(410), 'gone', 'gone'],
  [answered(301), 'refused', 'over'],
  [answered(307), 'refused', 'over'],
  [answered(400), 'refused', 'over'],
  [answered(403), 'refused', 'over'],
  [answered(413), 'refused', 'over'],
  [answered(408), 'busy', 'again'],
  [answered(429), 'busy', 'again'],
  [answered(500), 'busy', 'again'],
  [answered(503), 'busy', 'again'],
  [{ kind: 'unreachable' } as const, 'unreachable', 'again'],
  [{ kind: 'forbidden' } as const, 'forbidden', 'over'],
])('%j is %s, and %s follows', (answer, outcome, verdict) => {
  expect(judge(answer, 1)).toMatchObject({ outcome, verdict: { kind: verdict } });
});

test('each try waits longer, as long as was asked for, and never beyond half an hour', () => {
  const wait = (tries: number, retryAfter: number | null = null) => {
    const { verdict } = judge(answered(429, retryAfter), tries);
    return verdict.kind === 'again' ? verdict.inMs : null;
  };
  expect([1, 2, 3, 4].map((tries) => wait(tries))).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(wait(1, 60)).toBe(60_000);
  expect(wait(5, 1)).toBe(32_000);
  expect(wait(1, 999_999)).toBe(1_800_000);
  expect(wait(50)).toBe(1_800_000);
});
