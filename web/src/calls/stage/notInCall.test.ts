import { expect, test } from 'vitest';
import { aUserId } from '../../testing/ids.ts';
import { notInCall, SHOWN_MAX } from './notInCall.ts';

const people = (count: number) => Array.from({ length: count }, (_, at) => aUserId(at + 1));
const group = { known: people(3), hasMore: false, found: undefined, inside: new Set([aUserId(1)]), asked: [] };

test('of a small group all are shown who are not in the call, in their order', () => {
  expect(notInCall(group)).toEqual({
    shown: [aUserId(2), aUserId(3)],
    isSearched: false,
    hasOthers: false,
  });
});

test('of a large one the first are, whoever was asked, and all others by their name', () => {
  const known = people(40);
  const { shown, isSearched, hasOthers } = notInCall({ ...group, known, asked: [aUserId(39), aUserId(3), aUserId(1)] });
  expect([isSearched, hasOthers]).toEqual([true, true]);
  expect(shown).toEqual([...known.slice(1, SHOWN_MAX + 1), aUserId(39)]);
  expect(notInCall({ ...group, known, found: [aUserId(1), aUserId(38)], asked: [aUserId(39)] }).shown).toEqual([
    aUserId(38),
  ]);
});

test('where the device does not know all of them one can look for the others', () => {
  expect(notInCall({ ...group, hasMore: true })).toMatchObject({ isSearched: true, hasOthers: true });
});

test('where all are asked, all are there, and nobody is said to be left out', () => {
  const known = people(40);
  expect(notInCall({ ...group, known, asked: known })).toMatchObject({ isSearched: true, hasOthers: false });
});
