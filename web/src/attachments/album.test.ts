import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutAlbum, placeOfSingle } from './album.ts';

const landscape = { width: 1600, height: 1200 };
const portrait = { width: 1200, height: 1600 };

test('an album shows each picture once, in order, in rows that fill the width and are neither towers nor stripes', () => {
  const aPicture = fc.record({ width: fc.integer({ min: 1, max: 9_000 }), height: fc.integer({ min: 1, max: 9_000 }) });
  fc.assert(
    fc.property(fc.array(aPicture, { minLength: 2, maxLength: 10 }), (pictures) => {
      const rows = layOutAlbum(pictures);
      expect(rows.flatMap(({ cells }) => cells.map(({ index }) => index))).toEqual(pictures.map((_, index) => index));
      for (const { cells } of rows) expect(cells.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      const height = rows.reduce((sum, { ratio }) => sum + 1 / ratio, 0);
      expect(height).toBeGreaterThan(0.25);
      expect(height).toBeLessThan(3.1);
    }),
  );
});

test('pictures that lie are stacked, pictures that stand are side by side', () => {
  expect(layOutAlbum([landscape, landscape]).map(({ cells }) => cells.length)).toEqual([1, 1]);
  expect(layOutAlbum([portrait, portrait]).map(({ cells }) => cells.length)).toEqual([2]);
  expect(layOutAlbum(Array.from({ length: 4 }, () => landscape)).map(({ cells }) => cells.length)).toEqual([2, 2]);
});

test('a picture alone keeps its ratio, is never blown up, and never too small to press', () => {
  expect(placeOfSingle({ width: 3_400, height: 1_700 })).toEqual({ width: 340, height: 170 });
  expect(placeOfSingle({ width: 1_000, height: 4_000 })).toEqual({ width: 120, height: 400 });
  expect(placeOfSingle({ width: 200, height: 150 })).toEqual({ width: 200, height: 150 });
  expect(placeOfSingle({ width: 20, height: 20 })).toEqual({ width: 120, height: 120 });
  expect(placeOfSingle({})).toEqual({ width: 340, height: 255 });
});
