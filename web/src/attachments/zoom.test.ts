import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitted, held, WHOLE, zoomAt } from './zoom.ts';

const stage = { width: 1_000, height: 600 };

test('what is under the pointer stays under it while one zooms', () => {
  const aPoint = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -300, max: 300 }) });
  fc.assert(
    fc.property(aPoint, fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { maxLength: 10 }), (point, factors) => {
      let view = WHOLE;
      for (const factor of factors) {
        const before = { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale };
        view = zoomAt(view, factor, point);
        expect((point.x - view.x) / view.scale).toBeCloseTo(before.x, 6);
        expect((point.y - view.y) / view.scale).toBeCloseTo(before.y, 6);
      }
    }),
  );
});

test('a picture cannot be moved out of sight, and is in the middle where there is room', () => {
  const picture = { width: 800, height: 600 };
  expect(held({ scale: 1, x: 300, y: -200 }, picture, stage)).toEqual({ scale: 1, x: 0, y: 0 });
  expect(held({ scale: 2, x: 900, y: -900 }, picture, stage)).toEqual({ scale: 2, x: 300, y: -300 });
});

test('a picture is as large as fits and never blown up', () => {
  expect(fitted({ width: 2_000, height: 600 }, stage)).toEqual({ width: 1_000, height: 300 });
  expect(fitted({ width: 100, height: 50 }, stage)).toEqual({ width: 100, height: 50 });
});
