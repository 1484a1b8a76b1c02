import fc from 'fast-check';
import type { ChatId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { blockOf, commonPlaces, entryOf, readPostings, uniquePlaces, writePosting } from './search.postings.ts';

test('places come back as they were written', () => {
  const posting = fc.record({ position: fc.nat(2 ** 40), second: fc.nat(2 ** 32 - 1) });
  fc.assert(
    fc.property(posting, (place) => {
      expect(readPostings(blockOf(place.position), writePosting(place))).toEqual([place]);
    }),
  );
});

test('the entries of a chat stand together, block after block', () => {
  const chatId = newId<ChatId>();
  const [first, last, next] = [entryOf(chatId, 3), entryOf(chatId, 3, Buffer.alloc(6, 0xff)), entryOf(chatId, 4)];
  expect(Buffer.compare(first, last)).toBe(-1);
  expect(Buffer.compare(last, next)).toBe(-1);
});

test('what is in two lists, and what is in one of them twice, is found by position', () => {
  const places = (positions: readonly number[]): Buffer =>
    Buffer.concat(positions.map((position) => writePosting({ position, second: position * 2 })));
  const positionsIn = (bytes: Buffer): number[] => readPostings(0, bytes).map(({ position }) => position);
  const positions = fc.array(fc.nat(1_023), { maxLength: 60 });
  fc.assert(
    fc.property(positions, positions, (ones, others) => {
      const common = commonPlaces(places(ones), places(others));
      expect(positionsIn(common)).toEqual(ones.filter((position) => others.includes(position)));
      expect(positionsIn(uniquePlaces(places(ones)))).toEqual([...new Set(ones)]);
    }),
  );
  expect(commonPlaces(undefined, places([1]))).toHaveLength(0);
});
