import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressIn } from './previews.address.ts';

test.each([
  ['https://example.org', 'https://example.org/'],
  ['look: https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['HTTPS://EXAMPLE.org/A', 'https://example.org/A'],
  ['https://one.example and https://two.example', 'https://one.example/'],
  ['Is it https://example.org/a?', 'https://example.org/a'],
  ['(see https://example.org/a_(b)).', 'https://example.org/a_(b)'],
  ['[words](https://example.org/a_(b)) go on', 'https://example.org/a_(b)'],
  ['**https://example.org/a**', 'https://example.org/a'],
  ['“https://example.org/a”', 'https://example.org/a%E2%80%9D'],
  ['two\nlines https://example.org\nend', 'https://example.org/'],
  ['https:// https://example.org', 'https://example.org/'],
  ['`code` https://example.org', 'https://example.org/'],
  ['a ` alone https://example.org', 'https://example.org/'],
  ['|| alone https://example.org', 'https://example.org/'],
  ['\\`https://example.org\\`', 'https://example.org/\\'.replace('\\', '')],
  ['```\ncode\n```\nhttps://example.org', 'https://example.org/'],
  ['```\ncode```\nhttps://example.org', 'https://example.org/'],
  ['```code``` https://example.org', 'https://example.org/'],
  ['<https://quiet.example> https://loud.example', 'https://loud.example/'],
  ['https://müller.example/', 'https://xn--mller-kva.example/'],
])('%j asks for a preview of %s', (text, address) => {
  expect(addressIn(text)).toBe(address);
});

test.each([
  '',
  'no address',
  'example.org',
  'mailto:a@example.org',
  'javascript://example.org',
  'ftp://example.org',
  'xhttps://example.org',
  'https://',
  '<https://example.org>',
  'see <https://example.org/a>.',
  '`https://example.org`',
  '``a ` https://example.org``',
  '```\nhttps://example.org\n```',
  '```js\nhttps://example.org',
  'text\n  ````\nhttps://example.org\n```\nhttps://example.org\n````',
  '||https://example.org||',
  'a ||b https://example.org c|| d',
  `https://example.org/${'x'.repeat(2_100)}`,
])('%j asks for none', (text) => {
  expect(addressIn(text)).toBeNull();
});

test('whatever a text holds, it is read in no time, and an address found in it is one', () => {
  const piece = fc.constantFrom(
    '`',
    '``',
    '```',
    '~~~',
    '||',
    '|',
    '<',
    '>',
    '\n',
    ' ',
    '(',
    ')',
    '\\',
    'https://a.b',
    '://',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
      const address = addressIn(pieces.join(''));
      if (address !== null) expect(new URL(address).protocol).toBe('https:');
    }),
  );
  const before = performance.now();
  for (const hostile of ['`', '||', '\\', '<https://', '(', '[', '~~~\n', '```\n', ' '])
    addressIn(`://${hostile.repeat(4_000).slice(0, 3_990)}`);
  addressIn(`://${Array.from({ length: 85 }, (_, length) => `${'`'.repeat(length + 1)}a`).join('')}`);
  expect(performance.now() - before).toBeLessThan(500);
});
