import type { UserId } from '@dialog/shared/contract/values';
import { PUSH_TEXT_MAX } from '@dialog/shared/push.values';
import { expect, test } from 'vitest';
import { namedIn, plainText, pushedContent } from './push.text.ts';

const ADA = '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11' as UserId;
const nameOf = (): string => 'Ada';

test.each([
  ['**Bold** and __it__ and ~~gone~~ and `code`', 'Bold and it and gone and code'],
  [`Ask <@${ADA}>, or <@everyone>`, 'Ask @Ada, or @everyone'],
  ['The murderer is ||the gardener||, of course', 'The murderer is ▒▒▒, of course'],
  ['||a|b|| c ||d||', '▒▒▒ c ▒▒▒'],
  ['> quoted\nanswered', 'quoted\nanswered'],
  ['```js\nlet a;\n```', 'let a;'],
  ['a || b', 'a || b'],
])('%j is said as %j', (text, plain) => {
  expect(plainText(text, nameOf)).toBe(plain);
});

test('a long text is cut between letters, and what is covered stays so when it is cut', () => {
  const long = plainText('🦆'.repeat(500), nameOf);
  expect(long.length).toBeLessThanOrEqual(PUSH_TEXT_MAX);
  expect(long).toMatch(/^(🦆)+…$/u);
  expect(plainText(`${'a'.repeat(PUSH_TEXT_MAX - 10)} ||${'secret '.repeat(20)}||`, nameOf)).not.toContain('secret');
});

test('a hostile text is as quick', () => {
  const startedAt = performance.now();
  plainText('||'.repeat(2_000), nameOf);
  plainText('|'.repeat(3_999), nameOf);
  plainText(`||${'|a'.repeat(1_999)}`, nameOf);
  plainText('\n \n'.repeat(1_300), nameOf);
  expect(performance.now() - startedAt).toBeLessThan(200);
});

test('what has no words is named by what it is', () => {
  expect(pushedContent({ content: { kind: 'text', text: 'hello' } }, nameOf)).toEqual({ text: 'hello', part: null });
  const file = { id: ADA as never, kind: 'picture' as const, name: 'a.png', size: 1, mime: 'image/png' };
  expect(pushedContent({ content: { kind: 'text', text: '', attachments: [file] } }, nameOf)).toEqual({
    text: '',
    part: 'photo',
  });
  const poll = { kind: 'poll' as const, question: 'When?', options: ['a', 'b'], isMultiple: false, isAnonymous: false };
  expect(pushedContent({ content: poll }, nameOf)).toEqual({ text: 'When?', part: 'poll' });
  expect(pushedContent({ content: { kind: 'deleted' } }, nameOf)).toBeNull();
});

test('who is named in a question is named on the screen as in a text', () => {
  const content = { kind: 'poll' as const, question: `Shall <@${ADA}> go?`, options: ['Yes', 'No'] };
  expect(namedIn({ content: { ...content, isMultiple: false, isAnonymous: false } })).toEqual([ADA]);
  expect(namedIn({ content: { kind: 'text', text: `Yes, <@${ADA}>` } })).toEqual([ADA]);
});
