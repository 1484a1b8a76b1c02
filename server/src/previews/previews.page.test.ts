import { expect, test } from 'vitest';
import { readPage } from './previews.page.ts';

const read = (html: string | Buffer, contentType = 'text/html; charset=utf-8') =>
  readPage({ url: 'https://example.org/news/1', contentType, body: Buffer.from(html) });

test('a page that describes itself is taken at its word', () => {
  const page = read(`<!doctype html><html><head>
    <title>Shop</title>
    <meta property="og:site_name" content="The Paper">
    <meta property="og:title" content="Tea &amp; biscuits">
    <meta name="description" content="plain"><meta property="og:description" content="The best
      of both">
    <meta property="og:image" content="/pictures/1.jpg">
  </head><body><h1>Hi</h1></body></html>`);
  expect(page).toEqual({
    words: { siteName: 'The Paper', title: 'Tea & biscuits', text: 'The best of both' },
    pictureUrl: 'https://example.org/pictures/1.jpg',
  });
});

test('a page that does not has its title and its description', () => {
  expect(read('<title>Just &lt;this&gt;</title><meta name=Description content=words>').words).toEqual({
    title: 'Just <this>',
    text: 'words',
  });
});

test('of several the first counts, and an empty one does not', () => {
  const page = read(
    '<meta property="og:title" content=""><meta name="twitter:title" content="one"><meta property="og:title" content="two"><title>three</title>',
  );
  expect(page.words.title).toBe('one');
});

test('what the body holds is no matter, such as what people wrote there', () => {
  expect(read('<head><title>a</title></head><body><meta property="og:title" content="forged">').words.title).toBe('a');
  expect(read('<title>a</title><body><meta property="og:title" content="forged">').words.title).toBe('a');
});

test('nothing runs and nothing is taken for text that is none', () => {
  const page = read('<script>document.write("<title>x</title>")</script><!-- <title>y</title> --><title>z</title>');
  expect(page.words).toEqual({ title: 'z' });
});

test('words lose what could forge others, and have an end', () => {
  const { words } = read(
    `<title>a\u202eb${'c'.repeat(5_000)}</title><meta name=description content="${'d '.repeat(900)}">`,
  );
  expect(words.title).toHaveLength(200);
  expect(words.title?.startsWith('abc')).toBe(true);
  expect(words.text?.length).toBeLessThanOrEqual(400);
});

test('a page is read as it says it is written, wherever it says so', () => {
  const latin = Buffer.from('<title>Grüße</title>', 'latin1');
  expect(read(latin, 'text/html; charset=ISO-8859-1').words.title).toBe('Grüße');
  const inside = Buffer.concat([Buffer.from('<meta charset="windows-1252">'), latin]);
  expect(read(inside, 'text/html').words.title).toBe('Grüße');
  expect(read(Buffer.from('<title>日本</title>'), 'text/html; charset=nonsense').words.title).toBe('日本');
});

test.each(['<', '<title', '<meta property="og:title', '<!--', '<![CDATA[', '<title>', '<meta>'.repeat(50_000)])(
  'a page that is broken off is a page all the same (%#)',
  (html) => {
    expect(read(html).words).toEqual({});
  },
);
