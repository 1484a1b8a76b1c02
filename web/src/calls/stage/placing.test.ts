import { expect, test } from 'vitest';
import { place, type Rect } from './placing.ts';

const LAPTOP = { width: 1256, height: 640 };
const PHONE = { width: 366, height: 620 };

function people(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `p${index}`);
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isWithin({ x, y, width, height }: Rect, box: typeof LAPTOP): boolean {
  return x >= 0 && y >= 0 && x + width <= box.width + 1 && y + height <= box.height + 1;
}

test.for([LAPTOP, PHONE])('in every layout all tiles lie within $width px and none upon another', (size) => {
  for (const [main, count] of [null, 'main'].flatMap((one) =>
    people(50).map((_, index) => [one, index + 1] as const),
  )) {
    const { tiles, pager } = place({ main, rest: people(count), corner: null }, size, 0);
    const rects = pager ? [...tiles, pager] : tiles;
    expect(rects.every((rect) => isWithin(rect, size))).toBe(true);
    expect(rects.some((rect, index) => rects.slice(index + 1).some((other) => overlap(rect, other)))).toBe(false);
  }
});

test('fifty people fill pages of at most sixteen, each of them on exactly one', () => {
  for (const size of [LAPTOP, PHONE]) {
    for (const main of [null, 'main']) {
      const layout = { main, rest: people(50), corner: null };
      const { pages, fit } = place(layout, size, 0);
      const shown = Array.from({ length: pages }, (_, page) =>
        place(layout, size, page).tiles.filter(({ role }) => role === 'rest'),
      );
      expect(shown.every((tiles) => tiles.length > 0 && tiles.length <= Math.min(16, fit))).toBe(true);
      expect(shown.flat().map(({ id }) => id)).toEqual(people(50));
    }
  }
});

test('tiles of the last page are as large as those before', () => {
  const layout = { main: null, rest: people(17), corner: null };
  const [first] = place(layout, LAPTOP, 0).tiles;
  const [last] = place(layout, LAPTOP, 1).tiles;
  expect([last?.width, last?.height]).toEqual([first?.width, first?.height]);
});

test('a small picture stands within the large one', () => {
  const [large, small] = place({ main: 'main', rest: [], corner: 'me' }, PHONE, 0).tiles;
  if (!large || !small) throw new Error('missing');
  expect(large).toMatchObject({ ...PHONE, x: 0, y: 0 });
  expect(overlap(large, small)).toBe(true);
  expect(small.x + small.width).toBeLessThan(large.width);
});

test('the strip is beside the large picture where there is width for it, and below it on a phone', () => {
  const layout = { main: 'main', rest: people(3), corner: null };
  const wide = place(layout, LAPTOP, 0).tiles;
  expect(new Set(wide.slice(1).map(({ x }) => x)).size).toBe(1);
  const narrow = place(layout, PHONE, 0).tiles;
  expect(new Set(narrow.slice(1).map(({ y }) => y)).size).toBe(1);
});
