import { expect, test } from 'vitest';
import { fromLocalInput, proposedTimes, toLocalInput } from './scheduleTimes.ts';

test('proposed are an hour from now, tonight while it is not evening, and tomorrow at nine, also across a new year', () => {
  const afternoon = proposedTimes(new Date(2026, 11, 31, 14, 30, 20));
  expect(toLocalInput(afternoon.inAnHour)).toBe('2026-12-31T15:31');
  expect(afternoon.tonight && toLocalInput(afternoon.tonight)).toBe('2026-12-31T19:00');
  expect(toLocalInput(afternoon.tomorrow)).toBe('2027-01-01T09:00');
  expect(proposedTimes(new Date(2026, 10, 25, 20)).tonight).toBeNull();
});

test('a time that is written and read again is the same minute; half a time is none', () => {
  const at = new Date(2026, 10, 5, 7, 4);
  expect(fromLocalInput(toLocalInput(at))).toEqual(at);
  expect(fromLocalInput('')).toBeUndefined();
  expect(fromLocalInput('2026-13-40T99:99')).toBeUndefined();
});
