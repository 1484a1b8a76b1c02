import { expect, test } from 'vitest';
import { endChosen, endOf, endThatStands, localTime, shortEnd } from './statusTimes.ts';

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

test('a status that stands keeps its end when it is saved again, and one that never ends stays so', () => {
  const until = new Date(2026, 10, 27, 9, 15, 42).toISOString();
  const again = (status: { text: string; until?: string } | null) =>
    endChosen(endThatStands(status, WEDNESDAY), status, WEDNESDAY);
  expect(again({ text: 'Away', until })).toEqual(new Date(until));
  expect(again({ text: 'Away' })).toBeUndefined();
  expect(again(null)).toEqual(new Date(2026, 10, 26));
});

test('another end of one’s own is that one, whatever stood', () => {
  const status = { text: 'Away', until: new Date(2026, 10, 27, 9, 15, 42).toISOString() };
  const own = localTime(new Date(2026, 10, 27, 9, 16));
  expect(endChosen({ until: 'own', own }, status, WEDNESDAY)).toEqual(new Date(2026, 10, 27, 9, 16));
  expect(endChosen({ until: 'day', own: localTime(new Date(status.until)) }, status, WEDNESDAY)).toEqual(
    new Date(2026, 10, 26),
  );
});

test('an end is said in few words: the time today, and by its day where a whole one ends', () => {
  const said = (end: Date | undefined, language: string) => shortEnd(end?.toISOString() ?? '', language, WEDNESDAY);
  expect(said(endOf('240', WEDNESDAY, ''), 'en-GB')).toBe('18:30');
  expect(said(endOf('day', WEDNESDAY, ''), 'en-GB')).toBeUndefined();
  expect(said(endOf('week', WEDNESDAY, ''), 'en-GB')).toBe('Sun 29 Nov');
  expect(said(new Date(2026, 10, 27, 9, 15), 'en-GB')).toBe('Fri 27 Nov, 09:15');
});
