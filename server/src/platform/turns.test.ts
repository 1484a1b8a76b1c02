import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const turnsOf = (atOnce: number, waitingMax: number) =>
  createTurns({ atOnce, waitingMax, refusal: () => new Error('busy') });

test('two are worked on at a time, some wait, and the rest are told to come back', async () => {
  const inTurn = turnsOf(2, 3);
  const ends: Array<() => void> = [];
  let most = 0;
  let running = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  const five = Array.from({ length: 5 }, () => inTurn(work));
  await expect(inTurn(work)).rejects.toThrow('busy');
  for (let done = 0; done < 5; done += 1) {
    ends[done]?.();
    await five[done];
  }
  expect(most).toBe(2);
  await expect(inTurn(async () => 'free again')).resolves.toBe('free again');
});

test('whoever fails gives the turn on', async () => {
  const inTurn = turnsOf(1, 5);
  const failing = inTurn(() => Promise.reject(new Error('no')));
  const next = inTurn(async () => 'done');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('done');
});
