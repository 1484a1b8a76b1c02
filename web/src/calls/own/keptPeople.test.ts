import { expect, test } from 'vitest';
import { keepLost, TILE_KEPT_MS } from './keptPeople.ts';
import type { Participant } from '../transport/media.transport.ts';
import { aParticipant } from '../testing.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna', { isSpeaking: true });
const ben = aParticipant('Ben');

type Kept = ReturnType<typeof keepLost>;
const NOBODY: Kept = { people: [], lost: new Map() };

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
