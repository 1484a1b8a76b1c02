import { expect, test } from 'vitest';
import { going, inside, insideDirect } from '../../testing/ownCallWorld.ts';
import { aParticipant } from '../testing.ts';
import { LEFT_FOR_MS, NOBODY_CAME_FOR_MS } from './own.alone.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna');

test.each([
  ['directly', insideDirect],
  ['through the media server', inside],
])('a call of two %s is over ten seconds after one has left', async (_, enter) => {
  const world = await enter();
  const { events } = world.last();
  events.peopleChanged([me, anna]);
  await world.clock.advance(NOBODY_CAME_FOR_MS);
  events.left(anna.identity);
  events.peopleChanged([me]);
  expect(world.own.store.getState().active?.isLeft).toBe(true);
  await world.clock.advance(LEFT_FOR_MS - 1);
  expect(world.left).toEqual([]);
  await world.clock.advance(1);
  expect(world.left).toHaveLength(1);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'ended' } });
});

test('who comes back in time, as from a page loaded anew, finds the call as it was', async () => {
  const world = await insideDirect();
  const { events } = world.last();
  events.peopleChanged([me, anna]);
  events.left(anna.identity);
  events.peopleChanged([me]);
  await world.clock.advance(LEFT_FOR_MS - 1);
  events.peopleChanged([me, anna]);
  await world.clock.advance(LEFT_FOR_MS);
  expect(world.own.store.getState().active).toMatchObject({ isLeft: false });
});

test('who only vanished is waited for while their tile stands, and nobody hangs up because their own link is lost', async () => {
  const world = await insideDirect();
  const { events } = world.last();
  events.peopleChanged([me, anna]);
  events.peopleChanged([me]);
  await world.clock.advance(29_000);
  expect(world.own.store.getState().active).toMatchObject({ isLeft: false });
  events.linkChanged(false);
  await world.clock.advance(NOBODY_CAME_FOR_MS);
  expect(world.own.store.getState().active).toMatchObject({ isLeft: false });
  expect(world.left).toEqual([]);
});

test('where nobody comes a call of two is over after three minutes, and one of a group waits', async () => {
  const two = await inside();
  two.last().events.peopleChanged([me]);
  const group = await inside();
  group.setChat({ call: going, kind: 'group' });
  group.last().events.peopleChanged([me, anna]);
  group.last().events.left(anna.identity);
  group.last().events.peopleChanged([me]);
  expect(group.own.store.getState().active).toMatchObject({ isLeft: false });
  for (const world of [two, group]) await world.clock.advance(NOBODY_CAME_FOR_MS - 1);
  expect([two.left, group.left]).toEqual([[], []]);
  for (const world of [two, group]) await world.clock.advance(1);
  expect([two.left.length, group.left.length]).toEqual([1, 0]);
});
