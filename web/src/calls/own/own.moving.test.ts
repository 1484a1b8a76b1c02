import { expect, test } from 'vitest';
import { ApiError } from '../../platform/api.ts';
import { aParticipant } from '../testing.ts';
import {
  admit,
  admitDirect,
  callId,
  going,
  insideDirect,
  otherCallId,
  otherChatId,
} from '../../testing/ownCallWorld.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna');
const ben = aParticipant('Ben');

test('a call that is moved goes by both ways until the new one carries as much, and nobody hears anyone twice', async () => {
  const world = await moving();
  const [old] = world.transports;
  await world.clock.advance(0);

  const next = world.last();
  expect(next).toMatchObject({ way: 'sfu', sent: { isMuted: false, microphone: world.microphone } });
  next.events.peopleChanged([me]);
  expect(old).toMatchObject({ isClosed: false, isHearing: true });
  expect(world.names()).toEqual(['Me', 'Anna']);

  next.carry(anna.identity);
  next.events.peopleChanged([me, anna]);
  expect(old).toMatchObject({ isClosed: false, isHearing: false });
  expect(world.names()).toEqual(['Me', 'Anna']);
  await world.clock.advance(3_000);
  expect(old?.isClosed).toBe(true);
  expect(world.own.store.getState().active).toMatchObject({
    ...{ link: 'up', way: 'sfu', comparison: null, wasDirect: true },
  });
});

test('whatever else changes in the chats meanwhile, the call moves once', async () => {
  const world = await moving();
  for (const _ of [1, 2, 3]) {
    world.setChat({ call: { ...going, way: 'sfu' } });
    await world.clock.advance(500);
  }
  expect(world.transports.map(({ way, isClosed }) => [way, isClosed])).toEqual([
    ['direct', false],
    ['sfu', false],
  ]);
});

test('what I want during the move is wanted on both ways, and whoever is new is seen at once', async () => {
  const world = await moving();
  await world.clock.advance(0);
  world.last().events.peopleChanged([me, ben]);
  expect(world.names()).toEqual(['Me', 'Anna', 'Ben']);
  world.media.want('microphone', false);
  expect(world.transports.map(({ sent }) => sent?.isMuted)).toEqual([true, true]);
});

test('who never shows up on the new way holds nobody back for long', async () => {
  const world = await moving();
  const [old] = world.transports;
  await world.clock.advance(4_900);
  expect(old?.isHearing).toBe(true);
  await world.clock.advance(200);
  expect(old?.isHearing).toBe(false);
});

test('without a way between the two the page itself asks for the move, once for each time it is stuck', async () => {
  const world = await insideDirect();
  world.admission = admit;
  world.last().events.linkChanged(false);
  world.last().events.stuck();
  await world.clock.advance(0);
  expect(world.moves).toBe(1);
  expect(world.transports.map(({ way }) => way)).toEqual(['direct', 'sfu']);
  // They had nothing to compare, so that nothing is lost.
  expect(world.own.store.getState().active).toMatchObject({ link: 'up', way: 'sfu', wasDirect: false });
});

test('that the others are lost is shown also while the call still looks for its other way', async () => {
  const world = await moving(() => Promise.reject(new ApiError('calls-unavailable')));
  const [old] = world.transports;
  await world.clock.advance(0);
  for (const [isUp, link] of [
    [false, 'lost'],
    [true, 'up'],
    [false, 'lost'],
  ] as const) {
    old?.events.linkChanged(isUp);
    expect(world.own.store.getState().active?.link).toBe(link);
  }
  world.admission = admit;
  await world.clock.advance(10_000);
  expect(world.last().way).toBe('sfu');
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('a way that was lost before it took over is shown as what it is, and comes back', async () => {
  const world = await moving();
  await world.clock.advance(0);
  world.last().events.linkChanged(false);
  expect(world.own.store.getState().active?.link).toBe('up');
  await world.clock.advance(5_100);
  expect(world.own.store.getState().active?.link).toBe('lost');
  await world.clock.advance(6_000);
  expect(world.transports.map(({ way }) => way)).toEqual(['direct', 'sfu', 'sfu']);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('where there is no media server the direct way is kept, and goes on trying', async () => {
  const world = await insideDirect();
  world.moving = () => Promise.reject(new ApiError('calls-unavailable'));
  world.last().events.linkChanged(false);
  world.last().events.stuck();
  await world.clock.advance(60_000);
  expect(world.transports).toHaveLength(1);
  expect(world.transports[0]?.isClosed).toBe(false);
  world.last().events.linkChanged(true);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('an entry that the server forgot is made anew, by the direct way', async () => {
  const world = await insideDirect();
  world.admission = admitDirect;
  world.transports[0]?.events.closed('lost');
  await world.clock.advance(0);
  expect(world.transports.map(({ way, isClosed }) => [way, isClosed])).toEqual([
    ['direct', true],
    ['direct', false],
  ]);
  expect(world.own.store.getState().active).toMatchObject({ callId, link: 'up' });
});

/** In a direct call in which Anna is heard, and which the server has just moved. */
async function moving(admission = admit) {
  const world = await insideDirect();
  world.last().events.peopleChanged([me, anna]);
  world.last().carry(anna.identity);
  world.last().events.compared([1, 2, 3, 4]);
  world.admission = admission;
  world.setChat({ call: { ...going, way: 'sfu' } });
  return world;
}

test('a way that still waits to take over is closed by the next one: no microphone goes on by what nobody knows of', async () => {
  const world = await moving();
  await world.clock.advance(0);
  const waiting = world.last();
  expect(waiting.way).toBe('sfu');
  await world.own.goOn({ chatId: otherChatId, callId: otherCallId, isSealed: false });
  expect(world.last()).not.toBe(waiting);
  expect(waiting.isClosed).toBe(true);
});
