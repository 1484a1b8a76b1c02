import { expect, test } from 'vitest';
import { markOfKeys, withMark } from './fieldMarks.ts';

/** `[` and `]` stand for the ends of the selection. */
function marked(shown: string, mark: string): string {
  const [from, to] = [shown.indexOf('['), shown.indexOf(']') - 1];
  const text = shown.replaceAll(/[[\]]/g, '');
  const edit = withMark({ text, from, to }, mark);
  const after = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
  return `${after.slice(0, edit.selectFrom)}[${after.slice(edit.selectFrom, edit.selectTo)}]${after.slice(edit.selectTo)}`;
}

test.each([
  ['a [b] c', '**', 'a **[b]** c'],
  ['a **[b]** c', '**', 'a [b] c'],
  ['a **[b]** c', '*', 'a ***[b]*** c'],
  ['a ***[b]*** c', '*', 'a **[b]** c'],
  ['a *[b]* c', '*', 'a [b] c'],
  ['[]', '`', '`[]`'],
  ['~~[]~~', '~~', '[]'],
])('"%s" with %s becomes "%s"', (before, mark, after) => {
  expect(marked(before, mark)).toBe(after);
});

test('marks have keys of their own, and no others are taken', () => {
  const keys = { key: 'b', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
  expect(markOfKeys(keys)).toBe('**');
  expect(markOfKeys({ ...keys, ctrlKey: false, metaKey: true, key: 'I' })).toBe('*');
  expect(markOfKeys({ ...keys, key: 'X', shiftKey: true })).toBe('~~');
  expect(markOfKeys({ ...keys, key: 'x' })).toBeUndefined();
  expect(markOfKeys({ ...keys, altKey: true })).toBeUndefined();
  expect(markOfKeys({ ...keys, ctrlKey: false })).toBeUndefined();
});
