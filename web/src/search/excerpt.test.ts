import { wantedWords } from '@dialog/shared/words';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

const shown = (text: string, words: string): string =>
  excerptOf(text, wantedWords(words))
    .map(({ text: part, isMarked }) => (isMarked ? `[${part}]` : part))
    .join('');

test('what was looked for is marked as it is written', () => {
  expect(shown('Große Grüße,\nGrusel', 'grusse')).toBe('Große [Grüße], Grusel');
  expect(shown('the mooring of the boat', 'the')).toBe('[the] mooring of [the] boat');
  expect(shown('nothing of it', 'boat')).toBe('nothing of it');
});

test('of a long text the part around the first hit is shown', () => {
  const long = `${'before '.repeat(40)}anchor ${'after '.repeat(80)}`;
  const excerpt = shown(long, 'anchor');
  expect(excerpt).toMatch(/^… before .*\[anchor\] after .* …$/);
  expect(excerpt.length).toBeLessThan(300);
});

test('an excerpt is always a part of the text, in whole characters', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 600 });
  fc.assert(
    fc.property(text, fc.stringMatching(/^[a-z]{1,3}$/), (written, words) => {
      const parts = excerptOf(`${written} ${words} ${written}`, wantedWords(words));
      expect(parts.some(({ isMarked }) => isMarked)).toBe(true);
      for (const part of parts) expect(part.text.isWellFormed() || !written.isWellFormed()).toBe(true);
    }),
  );
});
