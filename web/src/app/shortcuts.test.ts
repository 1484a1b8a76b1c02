import { expect, test } from 'vitest';
import { actOf } from './shortcuts.ts';

const pressed = { key: '', ctrlKey: false, metaKey: false, altKey: false, isTyping: false, isCovered: false };

test('a question mark asks for the list of keys, except where it is text', () => {
  expect(actOf({ ...pressed, key: '?' })).toBe('help');
  expect(actOf({ ...pressed, key: '?', isTyping: true })).toBeUndefined();
});

test('keys with control work while typing, on any keyboard', () => {
  expect(actOf({ ...pressed, key: 'k', ctrlKey: true, isTyping: true })).toBe('find');
  expect(actOf({ ...pressed, key: 'K', metaKey: true })).toBe('find');
  expect(actOf({ ...pressed, key: 'ArrowDown', altKey: true, isTyping: true })).toBe('next');
});

test('an open dialog has the keys to itself', () => {
  expect(actOf({ ...pressed, key: 'Escape', isCovered: true })).toBeUndefined();
});

test('what the browser or the text needs is left alone', () => {
  for (const key of ['a', 'Enter', 'ArrowUp', 'Tab']) expect(actOf({ ...pressed, key })).toBeUndefined();
  expect(actOf({ ...pressed, key: 'c', ctrlKey: true })).toBeUndefined();
});
