import { expect, test } from 'vitest';
import { createConfirming } from './confirming.ts';

test('acts that wait for the same proof are answered together, and the next asks anew', async () => {
  const confirming = createConfirming();
  const both = Promise.all([confirming.ask(), confirming.ask()]);
  expect(confirming.store.getState().isAsking).toBe(true);
  confirming.answer(true);
  expect(await both).toEqual([true, true]);
  expect(confirming.store.getState().isAsking).toBe(false);
  const next = confirming.ask();
  confirming.answer(false);
  expect(await next).toBe(false);
});
