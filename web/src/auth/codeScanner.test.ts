import { expect, test } from 'vitest';
import { codeIn } from './codeScanner.ts';

const code = 'a'.repeat(32);
const origin = 'https://chat.example.org';

test('of all that a camera sees only our own codes are taken', () => {
  expect(codeIn(`${origin}/link#${code}`, origin)).toBe(code);
  for (const other of [
    `https://evil.example/link#${code}`,
    `${origin}/join#${code}`,
    `${origin}/link`,
    `${origin}/link#short`,
    'WIFI:S:net;P:word;;',
    code,
  ])
    expect(codeIn(other, origin)).toBeUndefined();
});
