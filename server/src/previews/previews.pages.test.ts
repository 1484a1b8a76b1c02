import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from '../platform/database.ts';
import type { Egress } from '../platform/egress/egress.ts';
import { EgressRefusal } from '../platform/egress/egressRefusal.ts';
import { createPages } from './previews.pages.ts';

const ADDRESS = 'https://example.org/a';

/** Pages under a clock of their own, with a table in memory. */
function aCache(answer: () => string | EgressRefusal) {
  let nowMs = Date.UTC(2026, 10, 25);
  const rows = new Map<string, { body: Buffer | null; expiresAt: Date }>();
  const asked: string[] = [];
  const egress: Pick<Egress, 'fetch'> = {
    async fetch(url) {
      asked.push(url);
      const text = answer();
      if (text instanceof EgressRefusal) throw text;
      return { url, contentType: 'text/html', body: Buffer.from(text) };
    },
  };
  const pages = createPages({
    // No statement of it is reached: the repository is the one below.
    db: {} as Database,
    egress,
    remakePicture: async () => null,
    masterKey: randomBytes(32),
    now: () => new Date(nowMs),
    repository: {
      findPage: async (_tx, urlKey, now) => {
        const row = rows.get(urlKey.toString('hex'));
        return row && row.expiresAt > now ? row : undefined;
      },
      putPage: async (_tx, { urlKey, body, expiresAt }) => void rows.set(urlKey.toString('hex'), { body, expiresAt }),
      removeExpired: async () => 0,
    },
  });
  return { pages, asked, rows, pass: (ms: number) => void (nowMs += ms) };
}

test('a page is fetched once for those who ask at once and for those who ask later, for a day', async () => {
  const { pages, asked, pass } = aCache(() => '<title>A page</title>');
  const found = await Promise.all([pages.pageOf(ADDRESS), pages.pageOf(ADDRESS), pages.pageOf(`${ADDRESS}#part`)]);
  expect(found.map((page) => page?.words.title)).toEqual(['A page', 'A page', 'A page']);
  pass(23 * 3_600_000);
  expect(await pages.pageOf(ADDRESS)).toEqual({ words: { title: 'A page' }, picture: null });
  expect(asked).toHaveLength(1);
  pass(2 * 3_600_000);
  await pages.pageOf(ADDRESS);
  expect(asked).toHaveLength(2);
});

test('a page that gave nothing is asked again after an hour', async () => {
  const { pages, asked, pass } = aCache(() => new EgressRefusal('unreachable'));
  expect(await pages.pageOf(ADDRESS)).toBeNull();
  pass(59 * 60_000);
  expect(await pages.pageOf(ADDRESS)).toBeNull();
  expect(asked).toHaveLength(1);
  pass(2 * 60_000);
  await pages.pageOf(ADDRESS);
  expect(asked).toHaveLength(2);
});

test.each(['busy', 'stopping'] as const)('that we are %s says nothing of the page', async (fault) => {
  const { pages, rows } = aCache(() => new EgressRefusal(fault));
  await expect(pages.pageOf(ADDRESS)).rejects.toThrow(fault);
  expect(rows.size).toBe(0);
});

test('a page without a title is none', async () => {
  const { pages } = aCache(() => '<meta name=description content=words>');
  expect(await pages.pageOf(ADDRESS)).toBeNull();
});

test('the rows show neither the address nor what was found, and a row that does not open is fetched anew', async () => {
  const { pages, asked, rows } = aCache(() => '<title>Nobody reads this</title>');
  await pages.pageOf(ADDRESS);
  const [[name, row] = []] = [...rows];
  expect(name).not.toContain(Buffer.from('example').toString('hex'));
  expect(row?.body?.toString('latin1')).not.toContain('Nobody');
  row?.body?.fill(0, 20, 24);
  expect(await pages.pageOf(ADDRESS)).toMatchObject({ words: { title: 'Nobody reads this' } });
  expect(asked).toHaveLength(2);
});
