import { expect, test } from 'vitest';
import { isEmojiOnly } from './emojiOnly.ts';
import { matchingOwn, ownNameIn, withStandIns, type OwnEmojis } from './ownEmoji.ts';

const own: OwnEmojis = new Map(
  ['green_tea', 'tea_pot', 'team'].map((name) => [name, { name, still: `/${name}` }] as const),
);

test('alone, up to three are shown large as those that everyone has', () => {
  const isLarge = (text: string): boolean => isEmojiOnly(withStandIns(text, own));
  expect(isLarge(':green_tea:')).toBe(true);
  expect(isLarge(':green_tea::team: 🎉')).toBe(true);
  expect(isLarge(':green_tea: please')).toBe(false);
  expect(isLarge(':unknown:')).toBe(false);
  expect(isLarge(':team::team::team::team:')).toBe(false);
});

test('a time of day is none', () => {
  expect(withStandIns('at 12:30:team:', own)).toBe('at 12:30🙂');
  expect(withStandIns('at 12:30:45', own)).toBe('at 12:30:45');
});

test('those that begin with what is written come first', () => {
  expect(matchingOwn(own, 'tea', 8).map(({ name }) => name)).toEqual(['tea_pot', 'team', 'green_tea']);
  expect(matchingOwn(own, 'TEA', 1)).toHaveLength(1);
  expect(matchingOwn(own, 'x', 8)).toEqual([]);
});

test('only a whole sign has a name', () => {
  expect(ownNameIn(':team:')).toBe('team');
  expect(ownNameIn('🎉')).toBeUndefined();
  expect(ownNameIn('a :team:')).toBeUndefined();
});
