import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserId } from './contract/values.ts';
import { EVERYONE, mentionOf, mentionsIn, splitMentions } from './mentions.ts';

const ada = UserId.parse('0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a');
const grace = UserId.parse('0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1b');

test('a text names each person once, and everyone when it says so', () => {
  const text = `${mentionOf(ada)}, ask ${mentionOf(grace)} or ${mentionOf(ada)}`;
  expect(mentionsIn(text)).toEqual({ userIds: [ada, grace], isEveryone: false });
  expect(mentionsIn(`${EVERYONE}!`)).toEqual({ userIds: [], isEveryone: true });
});

test.each(['@ada', '<@ada>', '<@>', `< @${ada}>`, `<@${ada}`, '<@everyone', '<@Everyone>', `<@${ada.slice(1)}0>`])(
  '"%s" calls nobody',
  (text) => {
    expect(mentionsIn(text)).toEqual({ userIds: [], isEveryone: false });
  },
);

const piece = fc.constantFrom('<@', '>', 'everyone', EVERYONE, ada, mentionOf(grace), '-', ' ', '\n');

test('cut at its mentions and put together again, a text is what it was', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const again = splitMentions(text).map((part) => {
        if (part.kind === 'person') return mentionOf(part.userId);
        return part.kind === 'everyone' ? EVERYONE : part.text;
      });
      expect(again.join('')).toBe(text);
    }),
  );
});
