import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkify } from './linkify.ts';

const addressesIn = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

test.each([
  ['see https://example.org/a?b=c#d now', 'https://example.org/a?b=c#d'],
  ['(see https://example.org/a_(b)).', 'https://example.org/a_(b)'],
  ['HTTP://EXAMPLE.ORG', 'http://example.org/'],
  ['İstanbul: https://example.org/kedi', 'https://example.org/kedi'],
])('in "%s" the address ends where its reader would end it', (text, address) => {
  expect(addressesIn(text)).toEqual([address]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'xhttps://example.org',
  'https://',
  'http://[',
  'www.example.org',
])('"%s" is text and nothing to follow', (text) => {
  expect(addressesIn(text)).toEqual([]);
});

const piece = fc.constantFrom(
  'http',
  '://',
  's',
  ' ',
  '(',
  ')',
  '.',
  '"',
  '<',
  'javascript:',
  'example.org',
  'İ',
  '\n',
  '😀',
);

test('whatever is written is shown as it was written, and only http and https lead anywhere', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});

test('the longest message is read at once, however it tries to be slow', () => {
  const hostile = ['http://'.repeat(600), `https://${'('.repeat(4_000)}`, `https://a${')'.repeat(4_000)}`];
  const startedAt = performance.now();
  for (const text of hostile) linkify(text);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
