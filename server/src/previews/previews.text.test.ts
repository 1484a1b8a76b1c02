import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { cleanLine } from './previews.text.ts';

// Segmenting any characters whatever takes its time on a machine that does much else.
vi.setConfig({ testTimeout: 30_000 });

test.each([
  ['  A \n\t title ', 'A title'],
  ['safe\u202egnp.exe', 'safegnp.exe'],
  ['a\u0000b\u0007c\u200bd\u2066e\ufeff', 'abcde'],
  ['family 👨‍👩‍👧', 'family 👨‍👩‍👧'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
])('%j becomes %j', (text, line) => {
  expect(cleanLine(text, 100)).toBe(line);
});

test('nothing, and what is nothing once cleaned, is none', () => {
  for (const text of [undefined, '', ' \n ', '\u202e\u200b']) expect(cleanLine(text, 100)).toBeUndefined();
});

test('what is too long ends before the sign that has no room', () => {
  expect(cleanLine('abcdef', 5)).toBe('abcd…');
  expect(cleanLine('abcdef', 6)).toBe('abcdef');
  expect(cleanLine('ab👨‍👩‍👧cd', 5)).toBe('ab…');
});

test('a line is never longer than it may be, on one line, and whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 60 }), (text, max) => {
      const line = cleanLine(text, max) ?? '';
      expect(line.length).toBeLessThanOrEqual(max);
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(line.isWellFormed()).toBe(true);
    }),
  );
});
