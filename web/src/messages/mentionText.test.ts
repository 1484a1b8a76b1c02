import { UserId } from '@dialog/shared/contract/values';
import { EVERYONE, mentionOf } from '@dialog/shared/mentions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWire, toWire } from './mentionText.ts';

const ada = UserId.parse('0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a');
const grace = UserId.parse('0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1b');
const people = new Map([
  ['ada', ada],
  ['grace.h_1', grace],
]);
const members = { people, hasEveryone: true };
const nameOf = (id: string): string | undefined => [...people].find(([, userId]) => userId === id)?.[0];

test.each([
  ['@ada!', `${mentionOf(ada)}!`],
  ['@ada.', `${mentionOf(ada)}.`],
  ['@Ada, (@grace.h_1)', `${mentionOf(ada)}, (${mentionOf(grace)})`],
  ['**@ada** and @everyone...', `**${mentionOf(ada)}** and ${EVERYONE}...`],
  ['`@ada` @ada ```\n@ada\n```', `\`@ada\` ${mentionOf(ada)} \`\`\`\n@ada\n\`\`\``],
])('"%s" is sent as "%s"', (text, wire) => {
  expect(toWire(text, members)).toBe(wire);
  expect(fromWire(wire, nameOf)).toBe(text.replace('@Ada', '@ada'));
});

test.each(['@adam', 'mail@ada', 'https://x.example/@ada', '@@ada', '@ada_', '@ada.x', '@', '@nobody', '<@ada>'])(
  '"%s" names nobody',
  (text) => {
    expect(toWire(text, members)).toBe(text);
  },
);

test('in a large group nobody calls everyone, and who is unknown stays an id', () => {
  expect(toWire('@everyone', { people, hasEveryone: false })).toBe('@everyone');
  expect(fromWire(mentionOf(ada), () => undefined)).toBe(mentionOf(ada));
});

const piece = fc.constantFrom('@', 'ada', '@ada', '@grace.h_1', '.', ' ', '`', '```', '\n', '@everyone', 'é', '/', '<');

test('what was sent can be written on as it was written', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      expect(fromWire(toWire(text, members), nameOf)).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});
