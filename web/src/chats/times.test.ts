import { expect, test } from 'vitest';
import { daysAgo, longDay, shortTime } from './times.ts';

const now = new Date(2026, 2, 5, 15, 30).getTime();
const at = (daysBack: number): string => new Date(2026, 2, 5 - daysBack, 23, 59).toISOString();

test('days are those of the calendar, not spans of hours', () => {
  expect([0, 1, 2].map((days) => daysAgo(at(days), now))).toEqual([0, 1, 2]);
});

test('a list says the time today, the weekday this week, then the date', () => {
  expect([0, 3, 30].map((days) => shortTime(at(days), now, 'de'))).toEqual(['23:59', 'Mo', '03.02.26']);
});

test('a day in the conversation is named as people would', () => {
  expect([0, 1, 3, 30, 400].map((days) => longDay(at(days), now, 'en'))).toEqual([
    'Today',
    'Yesterday',
    'Monday',
    'February 3',
    'January 29, 2025',
  ]);
});
