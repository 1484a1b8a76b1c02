import { expect, test } from 'vitest';
import { presenceChosenAt } from './settings.values.ts';

test('what was chosen for a time counts until then, and what was chosen for good until the next choice', () => {
  const until = '2026-03-01T12:00:00.000Z';
  const noon = Date.parse(until);
  expect(presenceChosenAt({ choice: 'invisible', until }, noon - 1)).toBe('invisible');
  expect(presenceChosenAt({ choice: 'invisible', until }, noon)).toBe('automatic');
  expect(presenceChosenAt({ choice: 'doNotDisturb', until: null }, noon)).toBe('doNotDisturb');
});
