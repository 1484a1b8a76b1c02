import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kept, moved, sideOf, wholeOf, zoomed, ZOOM_MAX } from './cropping.ts';

const PICTURE = { width: 800, height: 400 };

test('a picture begins with as much of its middle as a square takes', () => {
  const whole = wholeOf(PICTURE);
  expect(whole).toEqual({ zoom: 1, x: 400, y: 200 });
  expect(sideOf(PICTURE, whole)).toBe(400);
});

test('it follows the finger, and stops at its edges', () => {
  const crop = moved(PICTURE, wholeOf(PICTURE), { x: 0.25, y: 0.5 });
  expect(crop).toEqual({ zoom: 1, x: 300, y: 200 });
  expect(moved(PICTURE, crop, { x: 9, y: 0 }).x).toBe(200);
});

test('nearer, the point under the finger stays', () => {
  const at = { x: 0.25, y: 0.75 };
  const before = wholeOf(PICTURE);
  const after = zoomed(PICTURE, before, { zoom: 2, ...at });
  const pointIn = (crop: typeof before) => ({
    x: crop.x + (at.x - 0.5) * sideOf(PICTURE, crop),
    y: crop.y + (at.y - 0.5) * sideOf(PICTURE, crop),
  });
  expect(after.zoom).toBe(2);
  expect(pointIn(after)).toEqual(pointIn(before));
});

test('whatever is done, the square stays within the picture', () => {
  const side = fc.integer({ min: 1, max: 5_000 });
  const any = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(side, side, fc.record({ zoom: any, x: any, y: any }), (width, height, crop) => {
      const inside = kept({ width, height }, crop);
      const half = sideOf({ width, height }, inside) / 2;
      expect(inside.zoom).toBeGreaterThanOrEqual(1);
      expect(inside.zoom).toBeLessThanOrEqual(ZOOM_MAX);
      expect(inside.x - half).toBeGreaterThanOrEqual(-1e-6);
      expect(inside.x + half).toBeLessThanOrEqual(width + 1e-6);
      expect(inside.y - half).toBeGreaterThanOrEqual(-1e-6);
      expect(inside.y + half).toBeLessThanOrEqual(height + 1e-6);
    }),
  );
});
