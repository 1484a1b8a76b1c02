import { expect, test } from 'vitest';
import { aParticipant } from '../testing.ts';
import { placeOfHand, raisedHands } from './hands.ts';

test('hands come up in the order in which they were raised', () => {
  const late = aParticipant('Late', { hand: 3_000 });
  const early = aParticipant('Early', { hand: 1_000 });
  const none = aParticipant('None');
  const people = [late, none, early];
  expect(raisedHands(people).map((one) => one.name)).toEqual(['Early', 'Late']);
  expect(people.map((one) => placeOfHand(people, one.identity))).toEqual([2, 0, 1]);
});
