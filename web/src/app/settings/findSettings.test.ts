import { expect, test } from 'vitest';
import { words as german } from '../words.de.ts';
import { words as english } from '../words.en.ts';
import { words as lateGerman } from '../words.late.de.ts';
import { words as lateEnglish } from '../words.late.en.ts';
import { findable, findSettings } from './findSettings.ts';
import { SECTIONS } from './sections.ts';
import type { WordKey } from './useWords.ts';

const LANGUAGES = { en: { ...english, ...lateEnglish }, de: { ...german, ...lateGerman } };

function sayIn(language: keyof typeof LANGUAGES): (key: WordKey) => string {
  const catalogues: Record<string, Record<string, string>> = LANGUAGES[language];
  return (key) => {
    const [feature = '', word = ''] = key.split(':');
    return catalogues[feature]?.[word] ?? '';
  };
}

function foundIn(language: keyof typeof LANGUAGES, question: string): (string | undefined)[] {
  return findSettings(findable(sayIn(language)), question).map(({ section, entry }) => entry?.anchor ?? section.id);
}

test('a setting is found by its name and by what else people call it, in their language', () => {
  expect(foundIn('en', 'passw')).toEqual(['password']);
  expect(foundIn('en', 'dark')).toEqual(['theme']);
  expect(foundIn('de', 'nachtmodus')).toEqual(['theme']);
  expect(foundIn('de', 'kennwort')).toEqual(['password']);
  expect(foundIn('de', 'dark')).toEqual([]);
});

test('each word typed has to begin a word; what is found by its title comes first', () => {
  expect(foundIn('en', 'sign out everywhere')).toEqual(['sessions']);
  expect(foundIn('en', 'out dark')).toEqual([]);
  expect(foundIn('en', 'language')[0]).toBe('language');
  expect(foundIn('en', '  ')).toEqual([]);
});

test('every section has its words, and settings of different names', () => {
  const anchors = SECTIONS.flatMap(({ entries }) => entries.map(({ anchor }) => anchor));
  expect(new Set(anchors).size).toBe(anchors.length);
  for (const language of ['en', 'de'] as const)
    for (const { title, section } of findable(sayIn(language))) expect([section.id, title.trim()]).not.toContain('');
});
