import { expect, test } from 'vitest';
import { type Kept, keepLost, NOBODY_KEPT as NOBODY, TILE_KEPT_MS } from './keptPeople.ts';
import { createOwnPeople } from './own.people.ts';
import { createTestClock } from '../../testing/testClock.ts';
import type { Participant } from '../transport/media.transport.ts';
import { aParticipant } from '../testing.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna', { isSpeaking: true });
const ben = aParticipant('Ben');

function look(
  before: Kept,
  present: readonly Participant[],
  { now, left = [] }: { now: number; left?: readonly string[] },
): Kept {
  return keepLost(before, { present, left: new Set(left), now });
}

test('whoever vanishes keeps their place for half a minute, silent and marked', () => {
  const all = look(NOBODY, [me, anna, ben], { now: 0 });
  const without = look(all, [me, ben], { now: 1_000 });
  expect(without.people.map((one) => [one.name, one.isLost, one.isSpeaking])).toEqual([
    ['Me', false, false],
    ['Anna', true, false],
    ['Ben', false, false],
  ]);
  expect(look(without, [me, ben], { now: 1_000 + TILE_KEPT_MS - 1 }).people).toHaveLength(3);
  expect(look(without, [me, ben], { now: 1_000 + TILE_KEPT_MS }).people).toHaveLength(2);
});

test('half a minute begins when nothing comes of them any more, not when the media path gives them up', () => {
  const all = look(NOBODY, [me, anna], { now: 0 });
  const silent = look(all, [me, { ...anna, isLost: true }], { now: 1_000 });
  const without = look(silent, [me], { now: 12_000 });
  expect([without.people.length, without.nextAt]).toEqual([2, 1_000 + TILE_KEPT_MS]);
  // As long as the media path holds on to them, so does their tile; given up later than that, they are gone at once.
  const held = look(silent, [me, { ...anna, isLost: true }], { now: 2 * TILE_KEPT_MS });
  expect(held.people).toHaveLength(2);
  expect(look(held, [me], { now: 2 * TILE_KEPT_MS + 1 }).people).toHaveLength(1);
});

test('whatever else happens meanwhile, it is not half a minute longer', async () => {
  const clock = createTestClock();
  let shown: readonly string[] = [];
  const people = createOwnPeople({
    clock,
    describe: (one) => one as Participant,
    changed: (everyone) => (shown = everyone.map(({ name }) => name)),
  });
  people.take([me, anna, ben]);
  people.take([me, ben]);
  await clock.advance(TILE_KEPT_MS - 1_000);
  people.again();
  expect(shown).toEqual(['Me', 'Anna', 'Ben']);
  await clock.advance(1_000);
  expect(shown).toEqual(['Me', 'Ben']);
});

test('whoever comes back is back in the same place', () => {
  const all = look(NOBODY, [me, anna, ben], { now: 0 });
  const back = look(look(all, [me, ben], { now: 1_000 }), [me, ben, anna], { now: 2_000 });
  expect(back.people.map((one) => [one.name, one.isLost])).toEqual([
    ['Me', false],
    ['Anna', false],
    ['Ben', false],
  ]);
  expect(back.lost.size).toBe(0);
});

test('whoever leaves is gone at once', () => {
  const all = look(NOBODY, [me, anna, ben], { now: 0 });
  expect(look(all, [me, ben], { now: 1_000, left: [anna.identity] }).people.map((one) => one.name)).toEqual([
    'Me',
    'Ben',
  ]);
});

test('for whom nothing changed stays the very same, whatever happens to somebody else', () => {
  const before = look(NOBODY, [me, anna, ben], { now: 0 });
  const again = look(before, [{ ...me }, { ...anna }, { ...ben }], { now: 1 });
  expect(again.people).toBe(before.people);
  const muted = look(again, [{ ...me }, { ...anna, isMuted: true }, { ...ben }], { now: 2 });
  expect(muted.people.map((one, index) => one === before.people[index])).toEqual([true, false, true]);
});
