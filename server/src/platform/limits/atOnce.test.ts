import { expect, test } from 'vitest';
import { createAtOnce } from './atOnce.ts';

test('R12: one person has so much going on at once, and all together so much, until something ends', () => {
  const atOnce = createAtOnce({ perKey: 2, inAll: 3 });
  const endFirst = atOnce.begin('ann');
  atOnce.begin('ann');
  expect(() => atOnce.begin('ann')).toThrow('too much at once');
  atOnce.begin('bob');
  expect(() => atOnce.begin('carol')).toThrow('too much at once');
  endFirst();
  endFirst();
  const endCarol = atOnce.begin('carol');
  expect(() => atOnce.begin('bob')).toThrow('too much at once');
  endCarol();
  atOnce.begin('ann');
});
