import { expect, test } from 'vitest';
import { createOrigins, isFromElsewhere } from './origins.ts';

const origins = createOrigins(['https://chat.example.org']);

test('our own page is let through', () => {
  expect(isFromElsewhere({ origin: 'https://chat.example.org' }, origins, true)).toBe(false);
  expect(isFromElsewhere({ 'sec-fetch-site': 'same-origin' }, origins, true)).toBe(false);
});

test.each([
  'https://evil.example',
  'https://chat.example.org.evil.example',
  'http://chat.example.org',
  'https://chat.example.org:8443',
  'https://sub.chat.example.org',
  'null',
  '',
])('a page of "%s" is not ours', (origin) => {
  expect(isFromElsewhere({ origin }, origins, false)).toBe(true);
});

test('a request that names no page passes only where no cookie speaks for someone', () => {
  expect(isFromElsewhere({}, origins, false)).toBe(false);
  expect(isFromElsewhere({}, origins, true)).toBe(true);
  expect(isFromElsewhere({ 'sec-fetch-site': 'cross-site' }, origins, false)).toBe(true);
  expect(isFromElsewhere({ 'sec-fetch-site': 'same-site' }, origins, false)).toBe(true);
});
