import { expect, test } from 'vitest';
import { closedShortcode, completionAt } from './completion.ts';

const at = (text: string) => {
  const found = completionAt(text, text.length);
  return found && [found.kind, found.query, text.slice(found.from, found.to)];
};

test.each([
  ['@', ['person', '', '@']],
  ['hi @ad', ['person', 'ad', '@ad']],
  ['(@grace.h_1', ['person', 'grace.h_1', '@grace.h_1']],
  ['**@Zoë', ['person', 'Zoë', '@Zoë']],
  ['nice :th', ['emoji', 'th', ':th']],
  ['👍:+1', ['emoji', '+1', ':+1']],
])('behind "%s" something can be completed', (text, found) => {
  expect(at(text)).toEqual(found);
});

test.each(['ada@ex', 'hi @ad ', ':t', 'at 10:30', 'https:/', 'std::vec', '`@ad', '```\n:thu', `@${'a'.repeat(33)}`])(
  'behind "%s" nothing can',
  (text) => {
    expect(at(text)).toBeUndefined();
  },
);

test('only what stands before the cursor counts', () => {
  expect(completionAt('@ada and more', 3)).toEqual({ kind: 'person', query: 'ad', from: 0, to: 3 });
  expect(completionAt('`code` @a', 9)?.query).toBe('a');
});

test('the second colon closes a shortcode', () => {
  expect(closedShortcode('so :tada:', 9)).toEqual({ kind: 'emoji', query: 'tada', from: 3, to: 9 });
  expect(closedShortcode('10:30:', 6)).toBeUndefined();
  expect(closedShortcode('`:tada:', 7)).toBeUndefined();
});
