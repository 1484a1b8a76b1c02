import { expect, test } from 'vitest';
import { SIGNS } from './signs.ts';
import german from './words.de.json' with { type: 'json' };
import english from './words.en.json' with { type: 'json' };

test('there are 256 signs, and no two look or are called the same', () => {
  expect(SIGNS).toHaveLength(256);
  expect(new Set(SIGNS).size).toBe(256);
  for (const words of [german, english]) expect(new Set(SIGNS.map((sign) => words[`sign.${sign}`])).size).toBe(256);
});
