import { expect, test } from 'vitest';
import { languageName } from './languageName.ts';
import { words as firstGerman } from './words.de.ts';
import { words as firstEnglish } from './words.en.ts';
import { words as lateGerman } from './words.late.de.ts';
import { words as lateEnglish } from './words.late.en.ts';

const english = { ...firstEnglish, ...lateEnglish };
const german = { ...firstGerman, ...lateGerman };

test('every language says the same things, with the same gaps to fill', () => {
  for (const [feature, catalogue] of Object.entries(english)) {
    const others = new Map(Object.entries({ ...german }[feature as keyof typeof german]));
    expect([...others.keys()].toSorted()).toEqual(Object.keys(catalogue).toSorted());
    for (const [key, sentence] of Object.entries(catalogue))
      expect([feature, key, gapsOf(others.get(key))]).toEqual([feature, key, gapsOf(sentence)]);
  }
});

function gapsOf(sentence: unknown): string[] {
  return [...new Set(String(sentence).match(/\{\{\w+\}\}/g))].filter((gap) => gap !== '{{count}}').toSorted();
}

test('a language is named as its speakers name it', () => {
  expect(languageName('de')).toBe('Deutsch');
  expect(languageName('en')).toBe('English');
});
