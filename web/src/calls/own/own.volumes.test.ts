import { expect, test } from 'vitest';
import { inside } from '../../testing/ownCallWorld.ts';
import { aParticipant } from '../testing.ts';
import { createOwnVolumes } from './own.volumes.ts';

const { userId } = aParticipant('Anna');

function device(kept: string | null = null) {
  const state = { kept };
  const keep = (next: string): void => void (state.kept = next);
  return { state, volumes: createOwnVolumes({ kept: () => state.kept, keep }) };
}

test('how loud someone is heard is remembered on this device', () => {
  const before = device();
  before.volumes.set(userId, 0.4);
  expect(device(before.state.kept).volumes.store.getState().get(userId)).toBe(0.4);
});

test('who is as loud as all is not remembered, and what cannot be read is forgotten', () => {
  const { volumes, state } = device('{"nonsense":1}');
  volumes.set(userId, 0.4);
  volumes.set(userId, 1);
  expect(state.kept).toBe('[]');
});

test('someone is played as loud as was set, at once and on every later way', async () => {
  const world = await inside();
  const [me, anna] = [aParticipant('Me', { isMe: true }), aParticipant('Anna')];
  world.last().events.peopleChanged([me, anna]);
  world.own.volumes.set(anna.userId, 0.4);
  expect([...world.last().volumes]).toEqual([[anna.identity, 0.4]]);
  world.last().events.closed('lost');
  await world.clock.advance(2_000);
  expect(world.transports).toHaveLength(2);
  world.last().events.peopleChanged([me, anna]);
  expect(world.last().volumes.get(anna.identity)).toBe(0.4);
});
