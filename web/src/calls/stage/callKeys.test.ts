import { expect, test } from 'vitest';
import { callActOf, KEYS } from './callKeys.ts';

function act(key: string, { shiftKey = false, isRightToLeft = false } = {}) {
  return callActOf({ key, shiftKey }, isRightToLeft);
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['Esc', 'Escape'],
  ['←', 'ArrowLeft'],
  ['→', 'ArrowRight'],
]);

test('every key that is shown does what it is shown for', () => {
  for (const [what, keys] of Object.entries(KEYS)) {
    const key = NAMES.get(keys) ?? keys.replace('Shift+', '');
    expect(act(key, { shiftKey: keys.startsWith('Shift+') })).toBe(what);
  }
});

test('leaving never happens by one slip, and other keys are none of its business', () => {
  expect(act('l')).toBeUndefined();
  expect(act('x')).toBeUndefined();
  expect(act('Tab')).toBeUndefined();
});

test('arrows turn pages as one reads', () => {
  expect(act('ArrowRight')).toBe('nextPage');
  expect(act('ArrowRight', { isRightToLeft: true })).toBe('previousPage');
});
