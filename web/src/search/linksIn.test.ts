import { expect, test } from 'vitest';
import { linksIn, saidAs } from './linksIn.ts';

const saying = (text: string) => ({ content: { kind: 'text', text } }) as const;

test('every address of a message is one link, and the same twice is one', () => {
  const { content } = saying('See https://a.example/1 and [this](https://b.example), again https://a.example/1.');
  const links = linksIn({ content, preview: { url: 'https://b.example', title: 'B' } });
  expect(links).toEqual([
    { href: 'https://a.example/1', preview: undefined },
    { href: 'https://b.example/', preview: { url: 'https://b.example', title: 'B' } },
  ]);
});

test('what is no text has none, nor what is covered, code, or no address of a page', () => {
  expect(linksIn({ content: { kind: 'deleted' } })).toEqual([]);
  expect(linksIn(saying('nothing here'))).toEqual([]);
  expect(linksIn(saying('||https://a.example|| `https://b.example` mail [me](mailto:a@b.example)'))).toEqual([]);
});

test('an address is said without what all of them have', () => {
  expect(saidAs('https://www.example.org/')).toBe('example.org');
  expect(saidAs('http://example.org/a/b?c')).toBe('example.org/a/b?c');
});
