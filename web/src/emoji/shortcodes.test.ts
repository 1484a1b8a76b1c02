import { expect, test } from 'vitest';
import { loadEmojiData } from './emojiData.ts';
import { SHORTCODES } from './shortcodes.data.ts';
import { emojiOfCode, matchingShortcodes } from './shortcodes.ts';

test('a code stands for its emoji, under each of its names', () => {
  expect(['thumbsup', '+1', 'HEART', 'tada', 'none'].map((code) => emojiOfCode(SHORTCODES, code))).toEqual([
    '👍',
    '👍',
    '❤️',
    '🎉',
    undefined,
  ]);
});

test('what begins as one writes comes before what only holds it, each emoji once', () => {
  expect(matchingShortcodes(SHORTCODES, 'thumb', 2)).toEqual([
    { code: 'thumbsup', emoji: '👍' },
    { code: 'thumbsdown', emoji: '👎' },
  ]);
  const found = matchingShortcodes(SHORTCODES, 'heart', 8);
  expect(found[0]).toEqual({ code: 'heart', emoji: '❤️' });
  expect(found).toHaveLength(8);
});

test.each([
  ['en', 'thumbs up', 'Smileys & Emotion'],
  ['de', 'Daumen hoch', 'Smileys & Emotionen'],
])('in %s the emoji and their groups have names', async (locale, name, group) => {
  const { emojis, categories } = await loadEmojiData(locale);
  expect(emojis.length).toBeGreaterThan(1_700);
  const thumb = emojis.find(({ emoji }) => emoji === '👍');
  expect(thumb).toMatchObject({ skins: { light: '👍🏻', dark: '👍🏿' } });
  expect([thumb?.label.toLowerCase(), categories[0]?.label.toLowerCase()]).toEqual([
    name.toLowerCase(),
    group.toLowerCase(),
  ]);
});
