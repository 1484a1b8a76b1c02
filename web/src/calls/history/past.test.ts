import { expect, test } from 'vitest';
import { clockText, wordOf } from './past.ts';

test('the same end of a call is told to who made it and to who was called in other words', () => {
  expect([wordOf({ outcome: 'declined' }, true), wordOf({ outcome: 'declined' }, false)]).toEqual([
    'outcome_declined_out',
    'outcome_declined_in',
  ]);
  expect(wordOf({ outcome: 'missed' }, false)).toBe('outcome_missed');
  expect(wordOf({ outcome: 'finished' }, true)).toBe('outcome_out');
});

test('the length of a call reads as on a clock', () => {
  expect([clockText(4_000), clockText(245_000), clockText(3_845_000)]).toEqual(['0:04', '4:05', '1:04:05']);
});
