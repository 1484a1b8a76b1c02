import { expect, test } from 'vitest';
import { isEmojiName, nameOf } from './NameField.tsx';

test('what somebody writes, or what a file is called, becomes a name that can be one', () => {
  expect(nameOf('Grüner Tee-2')).toBe('gruner_tee_2');
  expect(nameOf(':tea!:')).toBe('tea');
  expect(nameOf('日本')).toBe('');
  expect(nameOf('a'.repeat(50))).toHaveLength(32);
});

test('a name has two signs, and a letter among them', () => {
  expect(['ok', 'a_1', '9lives'].every(isEmojiName)).toBe(true);
  expect(['', 'x', '30', '__', 'Tea', 'tea!'].some(isEmojiName)).toBe(false);
});
