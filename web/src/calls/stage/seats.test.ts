import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { promote, seat, swap } from './seats.ts';

test('who comes sits down last, and nobody moves for them', () => {
  expect(seat(['a', 'b'], ['b', 'c', 'a'], 4)).toEqual(['a', 'b', 'c']);
});

test('nothing changed: the very same seats', () => {
  const seats = ['a', 'b', 'c'];
  expect(seat(seats, ['c', 'a', 'b'], 2)).toBe(seats);
});

test('a place that becomes free on the first page is taken by the first of the second', () => {
  expect(seat(['a', 'b', 'c', 'd', 'e'], ['a', 'c', 'd', 'e'], 3)).toEqual(['a', 'd', 'c', 'e']);
});

test('whoever comes and goes, everyone present has one seat and the others of the first page keep theirs', () => {
  const people = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 41 });
  fc.assert(
    fc.property(people, people, fc.integer({ min: 1, max: 16 }), (before, present, firstPage) => {
      const after = seat(before, present, firstPage);
      expect(after.toSorted()).toEqual(present.toSorted());
      const hadEnough = before.slice(firstPage).filter((one) => present.includes(one)).length;
      const gone = before.slice(0, firstPage).filter((one) => !present.includes(one)).length;
      if (gone > hadEnough) return;
      for (const [index, one] of before.slice(0, firstPage).entries())
        if (present.includes(one)) expect(after[index]).toBe(one);
    }),
  );
});

const silentSince: Readonly<Record<string, number>> = { a: 9, b: 4, c: 7, d: 0, e: 0 };
const rules = { isFixed: (one: string) => one === 'b', heardAt: (one: string) => silentSince[one] ?? 0 };

test('who speaks comes to the first page in the place of whoever was silent longest, and only the two move', () => {
  expect(promote(['a', 'b', 'c', 'd', 'e'], { ...rules, speaker: 'e', front: ['a', 'b', 'c'] })).toEqual([
    'a',
    'b',
    'e',
    'd',
    'c',
  ]);
});

test('who is on the first page already makes nobody move', () => {
  const seats = ['a', 'b', 'c', 'd'];
  expect(promote(seats, { ...rules, speaker: 'a', front: ['a', 'b'] })).toBe(seats);
  expect(promote(seats, { ...rules, speaker: 'd', front: ['b'] })).toBe(seats);
  expect(swap(seats, 'a', 'd')).toEqual(['d', 'b', 'c', 'a']);
});
