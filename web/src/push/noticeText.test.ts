import { expect, test } from 'vitest';
import * as parser from '../markup/plainText.ts';
import { noticeText } from './noticeText.ts';

const WORDS = { nameOf: () => 'Ada', everyone: 'everyone', spoiler: '[hidden]' };
const FAMILY = '👩‍👩‍👧';

test('a long text ends with a whole sign', () => {
  const cut = noticeText(`${'a'.repeat(236)}${FAMILY} b`, WORDS, parser);
  expect(cut).toBe('a'.repeat(236));
  const fits = noticeText(`${'a'.repeat(232)}${FAMILY} bc`, WORDS, parser);
  expect(fits).toBe(`${'a'.repeat(232)}${FAMILY}`);
  expect(noticeText(`${FAMILY} b`, WORDS, parser)).toBe(`${FAMILY} b`);
});

test.each([
  ['It was ||the gardener||.', 'It was [hidden].'],
  ['||a|| and ||b||', '[hidden]'],
  ['||a\\|| b\nc|| d', '[hidden] d'],
  ['a || b', 'a || b'],
])('without the parser nothing hidden is shown: %j', (text, expected) => {
  expect(noticeText(text, WORDS, undefined)).toBe(expected);
});
