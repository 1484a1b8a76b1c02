import { expect, test } from 'vitest';
import { isQuietAt } from './quietHours.ts';

const at = (text: string) => new Date(text);
const NIGHT = { from: 22 * 60, until: 7 * 60, timeZone: 'Europe/Berlin' };
const NOON = { from: 12 * 60, until: 13 * 60 + 30, timeZone: 'Asia/Kolkata' };

test.each([
  // Over midnight, by the clock of Berlin and not of the server (winter: an hour ahead of UTC, summer: two).
  [NIGHT, '2026-01-10T20:59:00Z', false],
  [NIGHT, '2026-01-10T21:00:00Z', true],
  [NIGHT, '2026-01-11T05:59:00Z', true],
  [NIGHT, '2026-01-11T06:00:00Z', false],
  [NIGHT, '2026-07-10T19:59:00Z', false],
  [NIGHT, '2026-07-10T20:00:00Z', true],
  [NIGHT, '2026-07-11T04:59:59Z', true],
  [NIGHT, '2026-07-11T05:00:00Z', false],
  // Within a day, half an hour off.
  [NOON, '2026-03-01T06:29:00Z', false],
  [NOON, '2026-03-01T06:30:00Z', true],
  [NOON, '2026-03-01T08:00:00Z', false],
  [null, '2026-03-01T06:30:00Z', false],
  [{ from: 300, until: 300, timeZone: 'UTC' }, '2026-03-01T05:00:00Z', false],
])('%j at %s is quiet: %s', (hours, moment, isQuiet) => {
  expect(isQuietAt(hours, at(moment))).toBe(isQuiet);
});

test('the hour that is left out in spring is over when the clock has passed it, and the one that comes twice is quiet twice', () => {
  const untilHalfPastTwo = { from: 0, until: 150, timeZone: 'Europe/Berlin' };
  // On 29 March 2026 it is 1:59 and then 3:00.
  expect(isQuietAt(untilHalfPastTwo, at('2026-03-29T00:59:00Z'))).toBe(true);
  expect(isQuietAt(untilHalfPastTwo, at('2026-03-29T01:00:00Z'))).toBe(false);
  // On 25 October 2026 it is 2:59 and then 2:00 again.
  expect(isQuietAt(untilHalfPastTwo, at('2026-10-25T00:29:00Z'))).toBe(true);
  expect(isQuietAt(untilHalfPastTwo, at('2026-10-25T00:31:00Z'))).toBe(false);
  expect(isQuietAt(untilHalfPastTwo, at('2026-10-25T01:29:00Z'))).toBe(true);
  expect(isQuietAt(untilHalfPastTwo, at('2026-10-25T01:31:00Z'))).toBe(false);
});
