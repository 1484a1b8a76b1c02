import { expect, test } from 'vitest';
import { createTestClock } from '../../testing/testClock.ts';
import type { PassingMessage, Told } from '../own/own.peers.ts';
import { AT_ONCE, createReactions, FLOAT_MS } from './reactions.ts';

function call() {
  const clock = createTestClock();
  const told: PassingMessage[] = [];
  let hear: (said: Told) => void = () => {};
  const reactions = createReactions({
    clock,
    me: () => 'me',
    tell: (message) => void told.push(message),
    onTold(listener) {
      hear = listener;
      return () => {};
    },
  });
  const over = (identity: string): readonly string[] =>
    (reactions.store.getState().get(identity) ?? []).map(({ emoji }) => emoji);
  return {
    reactions,
    clock,
    told,
    over,
    hear: (emoji: string) => hear({ identity: 'anna', message: { kind: 'emoji', emoji } }),
  };
}

test('an emoji floats over who sent it, is told to the others, and is gone after a moment', async () => {
  const { reactions, clock, told, over, hear } = call();
  reactions.send('🎉');
  hear('👍');
  expect([over('me'), over('anna')]).toEqual([['🎉'], ['👍']]);
  expect(told).toEqual([{ kind: 'emoji', emoji: '🎉' }]);
  await clock.advance(FLOAT_MS);
  expect(reactions.store.getState().size).toBe(0);
});

test('a few at once are applause, more are neither sent nor shown', async () => {
  const { reactions, clock, told, over, hear } = call();
  for (let press = 0; press < 20; press += 1) {
    reactions.send('👏');
    hear('👏');
  }
  expect(told).toHaveLength(AT_ONCE);
  expect(over('anna')).toHaveLength(AT_ONCE);
  await clock.advance(FLOAT_MS);
  expect(reactions.send('👏')).toBe(true);
});
