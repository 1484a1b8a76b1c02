import { expect, test } from 'vitest';
import { isEmojiOnly } from './emojiOnly.ts';

test.each(['👍', '❤️', '👨‍👩‍👧‍👦', '🇩🇪', '👋🏽👋🏿 👋', '3️⃣', ' 🎉\n', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])('"%s" is shown large', (text) => {
  expect(isEmojiOnly(text)).toBe(true);
});

test.each(['', '  ', 'a', '👍 ok', '👍👍👍👍', '3', '#', '©', '™', '🇩', '👍'.repeat(200), '\u200d'])(
  '"%s" is shown as text',
  (text) => {
    expect(isEmojiOnly(text)).toBe(false);
  },
);
