import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newKeyBytes, seal, toSealingKey, unseal } from './sealing.ts';

const here = Buffer.from('this row');
const newKey = () => toSealingKey(newKeyBytes());

test('what was sealed opens to the same text, whatever the text', () => {
  const key = newKey();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(unseal(key, seal(key, text, here), here).toString('utf8')).toBe(
        Buffer.from(text, 'utf8').toString('utf8'),
      );
    }),
  );
});

test('the same text sealed twice looks different, and shows nothing of itself', () => {
  const key = newKey();
  const first = seal(key, 'meet me at noon', here);
  expect(first.equals(seal(key, 'meet me at noon', here))).toBe(false);
  expect(first.includes('noon')).toBe(false);
});

test('a changed bit anywhere, another key or another place does not open', () => {
  const key = newKey();
  const sealed = seal(key, 'meet me at noon', here);
  for (let at = 0; at < sealed.length; at += 1) {
    const bent = Buffer.from(sealed);
    bent[at] = (bent[at] ?? 0) ^ 1;
    expect(() => unseal(key, bent, here)).toThrow();
  }
  expect(() => unseal(newKey(), sealed, here)).toThrow();
  expect(() => unseal(key, sealed, Buffer.from('that row'))).toThrow();
  expect(() => unseal(key, sealed.subarray(0, 20), here)).toThrow();
});
