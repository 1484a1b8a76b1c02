import { afterEach, expect, test, vi } from 'vitest';
import { isQuietAt, isTimeZone, minuteOfDay } from './quietHours.ts';

afterEach(() => vi.restoreAllMocks());

const NIGHT = { from: 22 * 60, until: 7 * 60, timeZone: 'Europe/Berlin' };
const NOON = { from: 12 * 60, until: 13 * 60 + 30, timeZone: 'Asia/Kolkata' };
const FROM_NINE = { from: 540, until: 540, timeZone: 'UTC' };

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
  [NOON, '2026-03-01T20:30:00Z', false],
  [null, '2026-03-01T06:30:00Z', false],
  // The same time twice is the whole day: whoever switched it on wants quiet.
  [FROM_NINE, '2026-03-01T08:59:00Z', true],
  [FROM_NINE, '2026-03-01T09:00:00Z', true],
])('%j at %s is quiet: %s', (hours, moment, isQuiet) => {
  expect(isQuietAt(hours, Date.parse(moment))).toBe(isQuiet);
});

test('the hour that is left out in spring is over when the clock has passed it, and the one that comes twice is quiet twice', () => {
  const untilHalfPastTwo = { from: 0, until: 150, timeZone: 'Europe/Berlin' };
  const isQuiet = (moment: string) => isQuietAt(untilHalfPastTwo, Date.parse(moment));
  // On 29 March 2026 it is 1:59 and then 3:00.
  expect(isQuiet('2026-03-29T00:59:00Z')).toBe(true);
  expect(isQuiet('2026-03-29T01:00:00Z')).toBe(false);
  // On 25 October 2026 it is 2:59 and then 2:00 again.
  expect(isQuiet('2026-10-25T00:29:00Z')).toBe(true);
  expect(isQuiet('2026-10-25T00:31:00Z')).toBe(false);
  expect(isQuiet('2026-10-25T01:29:00Z')).toBe(true);
  expect(isQuiet('2026-10-25T01:31:00Z')).toBe(false);
});

test('a minute of the day is one of the zone, and midnight is the first', () => {
  expect(minuteOfDay(Date.parse('2026-01-02T21:30:00Z'), 'Europe/Berlin')).toBe(22 * 60 + 30);
  expect(minuteOfDay(Date.parse('2026-07-02T18:30:00Z'), 'Asia/Kolkata')).toBe(0);
});

test('the clock of a zone is made once, and a name found good is not tried again', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  for (let minute = 0; minute < 50; minute += 1) {
    minuteOfDay(minute * 60_000, 'Pacific/Chatham');
    expect(isTimeZone('Pacific/Apia')).toBe(true);
  }
  expect(made).toHaveBeenCalledTimes(2);
});

test('what is no time zone is refused each time, and clocks that were not used for long are forgotten', () => {
  for (let asked = 0; asked < 2; asked += 1) expect(isTimeZone('Mars/Olympus')).toBe(false);
  const zones = Intl.supportedValuesOf('timeZone').slice(0, 150);
  for (const zone of ['Pacific/Niue', ...zones]) minuteOfDay(0, zone);
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  minuteOfDay(0, zones.at(-1) ?? '');
  expect(made).not.toHaveBeenCalled();
  minuteOfDay(0, 'Pacific/Niue');
  expect(made).toHaveBeenCalledTimes(1);
});
