import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Frame, pan, placeOf, shareAt, WHOLE, type Zoom, zoomTo } from './zoom.ts';

const frame: Frame = { picture: { width: 1920, height: 1080 }, box: { width: 960, height: 640 }, actual: 1 };
const middle = { x: 480, y: 320 };

test('the whole picture is as large as the box allows, and in its middle', () => {
  expect(placeOf(WHOLE, frame)).toEqual({ left: 0, top: 50, width: 960, height: 540, factor: 0.5 });
});

test('at its actual size each pixel of the picture is one of the screen, also where the screen has two per px', () => {
  expect(placeOf(zoomTo(WHOLE, { factor: 1, at: middle, frame }), frame)).toMatchObject({ width: 1920, height: 1080 });
  const fine = { ...frame, actual: 0.5 };
  expect(placeOf(zoomTo(WHOLE, { factor: fine.actual, at: middle, frame: fine }), fine).width * 2).toBe(1920);
});

test('one zooms out to the whole picture, and to the actual size of a small one, no further', () => {
  const near = zoomTo(WHOLE, { factor: 3, at: middle, frame });
  expect(zoomTo(near, { factor: 0.01, at: middle, frame })).toEqual(WHOLE);
  const small = { ...frame, picture: { width: 96, height: 64 } };
  expect(placeOf(zoomTo(WHOLE, { factor: 0.01, at: middle, frame: small }), small).width).toBe(96);
});

const points = fc.record({ x: fc.integer({ min: 5, max: 955 }), y: fc.integer({ min: 55, max: 585 }) });
const moves = fc.array(fc.record({ factor: fc.double({ min: 0.1, max: 12, noNaN: true }), at: points }), {
  maxLength: 6,
});

test('zooming in keeps what is under the finger, as far as the edges allow', () => {
  fc.assert(
    fc.property(points, fc.double({ min: 2, max: 8, noNaN: true }), (at, factor) => {
      const before = shareAt(at, placeOf(WHOLE, frame));
      const after = shareAt(at, placeOf(zoomTo(WHOLE, { factor, at, frame }), frame));
      expect(after?.x).toBeCloseTo(before?.x ?? 0, 2);
    }),
  );
});

test('however one zooms and pans, no empty edge is shown while there is more to see', () => {
  fc.assert(
    fc.property(moves, fc.array(points, { maxLength: 4 }), (zooms, pans) => {
      let zoom: Zoom = WHOLE;
      for (const { factor, at } of zooms) zoom = zoomTo(zoom, { factor, at, frame });
      for (const { x, y } of pans) zoom = pan(zoom, { x: x - 480, y: y - 320 }, frame);
      const { left, top, width, height } = placeOf(zoom, frame);
      if (width >= frame.box.width) {
        expect(left).toBeLessThanOrEqual(0);
        expect(left + width).toBeGreaterThanOrEqual(frame.box.width - 1);
      }
      if (height >= frame.box.height) {
        expect(top).toBeLessThanOrEqual(0);
        expect(top + height).toBeGreaterThanOrEqual(frame.box.height - 1);
      }
    }),
  );
});

test('panning moves what is seen by as much as the finger, and turns back at once from an edge', () => {
  const near = zoomTo(WHOLE, { factor: 1, at: middle, frame });
  expect(placeOf(pan(near, { x: 100, y: 0 }, frame), frame).left - placeOf(near, frame).left).toBe(100);
  const edge = pan(near, { x: 9_000, y: 0 }, frame);
  expect(placeOf(edge, frame).left).toBe(0);
  expect(placeOf(pan(edge, { x: -40, y: 0 }, frame), frame).left).toBe(-40);
});

test('a place on the picture is the same in every size and zoom', () => {
  const near = placeOf(zoomTo(WHOLE, { factor: 1, at: middle, frame }), frame);
  const at = { x: 200, y: 100 };
  const share = shareAt(at, near);
  expect(share && { x: near.left + share.x * near.width, y: near.top + share.y * near.height }).toEqual(at);
  expect(shareAt({ x: 5, y: 5 }, placeOf(WHOLE, frame))).toBeNull();
});
