import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';
import { placeFor } from './placeBeside.ts';
import { whileBusy } from './whileBusy.ts';

test('initials are the first letters of the first and the last word, in any script', () => {
  expect(initialsOf('mira okafor')).toBe('MO');
  expect(initialsOf('Ana Maria de Souza')).toBe('AS');
  expect(initialsOf('Bob')).toBe('B');
  expect(initialsOf('👩‍🚀 Sally')).toBe('👩‍🚀S');
  expect(initialsOf('ليلى حداد')).toBe('لح');
  expect(initialsOf(' ')).toBe('?');
  expect(initialsOf('-')).toBe('?');
});

test('an id keeps its colour', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(hueOf(id)).toBe(hueOf(id));
      expect(hueOf(id)).toBeGreaterThanOrEqual(0);
      expect(hueOf(id)).toBeLessThan(8);
    }),
  );
});

const room = { width: 390, height: 800, isRightToLeft: false };
const beside = { side: 'bottom', align: 'center', gap: 6, room } as const;

test('a popup stands below its anchor, above it at the end of the page, and never leaves the window', () => {
  const size = { width: 100, height: 30 };
  expect(placeFor(size, { left: 100, top: 100, width: 40, height: 40 }, beside)).toEqual({ left: 70, top: 146 });
  expect(placeFor(size, { left: 100, top: 750, width: 40, height: 40 }, beside)).toEqual({ left: 70, top: 714 });
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 450 }), fc.integer({ min: -50, max: 850 }), (left, top) => {
      const placed = placeFor(size, { left, top, width: 40, height: 40 }, beside);
      expect(placed.left).toBeGreaterThanOrEqual(8);
      expect(placed.left + size.width).toBeLessThanOrEqual(room.width - 8);
      expect(placed.top).toBeGreaterThanOrEqual(8);
      expect(placed.top + size.height).toBeLessThanOrEqual(room.height - 8);
    }),
  );
});

test('the start of a popup follows the reading direction', () => {
  const anchor = { left: 200, top: 100, width: 40, height: 40 };
  const size = { width: 100, height: 30 };
  expect(placeFor(size, anchor, { ...beside, align: 'start' }).left).toBe(200);
  expect(placeFor(size, anchor, { ...beside, align: 'start', room: { ...room, isRightToLeft: true } }).left).toBe(140);
});

test('a press on a busy button does nothing, sends no form, and leaves the button its focus', () => {
  let presses = 0;
  let prevented = 0;
  const press = { preventDefault: () => (prevented += 1) } as never;
  const busy = whileBusy(true, () => (presses += 1));
  busy.onClick?.(press);
  expect([presses, prevented, busy['aria-disabled'], 'disabled' in busy]).toEqual([0, 1, true, false]);
  whileBusy(false, () => (presses += 1)).onClick?.(press);
  expect(presses).toBe(1);
});
