import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsAll, marksIn, wantedWords, wordsIn } from './words.ts';

const words = (text: string): string[] => wordsIn(text).map(({ word }) => word);

test.each([
  ['Straße STRASSE Grüße', ['strasse', 'strasse', 'grusse']],
  ['Привет, ёлка и мой', ['привет', 'елка', 'и', 'мой']],
  ['السَّلامُ عليكم أحمد', ['السلام', 'عليكم', 'احمد']],
  ['東京都庁の会議室', ['東京', '都庁', 'の', '会議', '室']],
  ['ประชุมพรุ่งนี้', ['ประชุม', 'พรุ่ง', 'นี้']],
  ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
  ['Σίσυφος İstanbul', ['σισυφοσ', 'istanbul']],
  ['iPhoneを買う', ['iphone', 'を', '買う']],
  ['done 👩‍👧❤️🇩🇪', ['done', '👩', '👧', '❤', '🇩🇪']],
  ['ﬁne １２', ['fine', '12']],
  ['.,-_ \u200d\ufe0f', []],
])('%s is read as words', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test('a word is found in any case, with or without its accents, and stays the same when read again', () => {
  const letters = fc.stringMatching(/^[a-zäöüéèñçàšžабвгдеёжйκαλημέρ]{1,12}$/);
  fc.assert(
    fc.property(letters, (word) => {
      const [read] = words(word);
      expect(words(word.toUpperCase())).toEqual([read]);
      expect(words(word.normalize('NFD'))).toEqual([read]);
      expect(words(read ?? '')).toEqual([read]);
    }),
  );
});

test('every word stands where it says, in order and without overlap, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      let end = 0;
      for (const word of wordsIn(text)) {
        expect(word.start).toBeGreaterThanOrEqual(end);
        expect(word.end).toBeGreaterThan(word.start);
        ({ end } = word);
        // A sign that repeats the one before it is no word to the dictionary without that one.
        if (word.word !== '々') expect(words(text.slice(word.start, word.end))).toContain(word.word);
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('a text is found by any of its words, and by any beginning of its last', () => {
  const word = fc.stringMatching(/^[a-zäöüß]{2,10}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(), (said, cut) => {
      const text = said.join(' ');
      const last = said.at(-1) ?? '';
      const beginning = last.slice(0, 2 + (cut % (last.length - 1)));
      const question = [...said.slice(0, -1).toReversed(), beginning].join(' ');
      expect(holdsAll(text, wantedWords(question))).toBe(true);
    }),
  );
});

test('only the last word of a question may be a beginning, and one letter is none', () => {
  expect(wantedWords('key she')).toEqual([
    { word: 'key', isBeginning: false },
    { word: 'she', isBeginning: true },
  ]);
  expect(wantedWords('a')).toEqual([{ word: 'a', isBeginning: false }]);
  expect(holdsAll('the keys', wantedWords('key the'))).toBe(false);
  // Where no spaces are written, where a word ends is a guess: any may go on.
  expect(holdsAll('明日の会議室', wantedWords('会議'))).toBe(true);
});

test('marks cover the words that were looked for, as they are written', () => {
  const text = 'Große Grüße: grus, Grusel';
  const marked = marksIn(text, wantedWords('grusse grus')).map(({ start, end }) => text.slice(start, end));
  expect(marked).toEqual(['Grüße', 'grus', 'Grusel']);
});

test('a text made to be hard is read in a time that grows with its length only', () => {
  const hard = ['a\u0301'.repeat(50_000), '👩‍'.repeat(30_000), 'ก'.repeat(4_000), '\u200d'.repeat(100_000)];
  const startedAt = performance.now();
  for (const text of hard) wordsIn(text);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});
