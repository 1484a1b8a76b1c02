import { expect, test } from 'vitest';
import { endOf, localTime } from './statusTimes.ts';

const WEDNESDAY = new Date(2026, 10, 25, 14, 30);

test('today ends at midnight, a week with its Sunday, also on that Sunday', () => {
  expect(endOf('day', WEDNESDAY, '')).toEqual(new Date(2026, 10, 26));
  expect(endOf('week', WEDNESDAY, '')).toEqual(new Date(2026, 10, 30));
  expect(endOf('week', new Date(2026, 10, 29, 23, 0), '')).toEqual(new Date(2026, 10, 30));
});

test('spans count from now, for good has no end, and a time of one’s own is that of the device', () => {
  expect(endOf('240', WEDNESDAY, '')).toEqual(new Date(2026, 10, 25, 18, 30));
  expect(endOf('ever', WEDNESDAY, '')).toBeUndefined();
  expect(endOf('own', WEDNESDAY, '')).toBeUndefined();
  expect(endOf('own', WEDNESDAY, localTime(WEDNESDAY))).toEqual(WEDNESDAY);
});
