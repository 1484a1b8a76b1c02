import { DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { ApiError } from '../../platform/api.ts';
import { aUserId } from '../../testing/ids.ts';
import {
  admit,
  callId,
  chatId,
  going,
  inside,
  insideDirect,
  otherCallId,
  otherChatId,
} from '../../testing/ownCallWorld.ts';
import { aParticipant } from '../testing.ts';
import type { TransportEvents } from '../transport/media.transport.ts';

const me = aParticipant('Me', { isMe: true });
/** Who began the call of the other chat. */
const identity = `${aUserId(1)}:${DeviceId.parse(uuidv7())}`;
const anna = aParticipant('Anna', { identity, userId: aUserId(1) });
const ben = aParticipant('Ben');
const there = { chatId: otherChatId, callId: otherCallId };
const goOn = { kind: 'goOn', ...there } as const;

async function withAnna(enter: () => ReturnType<typeof insideDirect> = insideDirect) {
  const world = await enter();
  const [old] = world.transports;
  if (!old) throw new Error('no way was opened');
  old.events.peopleChanged([me, anna]);
  old.carry(anna.identity);
  world.admission = admit;
  return { world, old };
}

test('who adds people takes the other along: both ways stand until the new one carries as much, and the first call is left', async () => {
  const { world, old } = await withAnna();
  world.media.want('microphone', false);
  await world.own.goOn({ ...there, isSealed: false });
  expect(old.told).toContainEqual(goOn);
  const next = world.last();
  expect(next).toMatchObject({ way: 'sfu', sent: { isMuted: true } });
  next.events.peopleChanged([me]);
  expect(old).toMatchObject({ isClosed: false, isHearing: true });

  next.carry(anna.identity);
  next.events.peopleChanged([me, anna, ben]);
  expect(old.isHearing).toBe(false);
  expect(world.names()).toEqual(['Me', 'Anna', 'Ben']);
  expect(world.own.store.getState().active).toMatchObject({ ...there, link: 'up', ledBy: null });
  expect(world.left).toEqual([]);
  await world.clock.advance(8_000);
  expect(world.left).toEqual([callId]);
  world.own.leave();
  expect(world.left).toEqual([callId, otherCallId]);
});

test('whoever is taken along follows who began the other call, as soon as its chat is known, and is told who it was', async () => {
  const { world, old } = await withAnna();
  old.events.told({ identity, message: { ...goOn, callId } });
  old.events.told({ identity, message: goOn });
  await world.clock.advance(0);
  expect(world.transports.map(({ way }) => way)).toEqual(['direct', 'sfu']);
  expect(world.own.store.getState().active).toMatchObject({ ...there, ledBy: anna.userId });
  // Nobody else hears of it from here.
  expect(old.told).not.toContainEqual(goOn);
});

test('nobody is taken anywhere by who did not begin that call', async () => {
  const { world, old } = await withAnna();
  old.events.told({ identity: ben.identity, message: goOn });
  await world.clock.advance(20_000);
  expect(world.transports).toHaveLength(1);
  expect(world.own.store.getState().active).toMatchObject({ chatId, callId });
});

test('nobody is taken out of a call of a group, nor by whom they have blocked', async () => {
  const group = await withAnna();
  group.world.setChat({ call: { ...going, way: 'direct' }, kind: 'group' });
  // A direct call is over by the block itself.
  const block = await withAnna(() => inside());
  block.world.setBlocked(anna.userId);
  for (const { world, old } of [group, block]) {
    old.events.told({ identity, message: goOn });
    await world.clock.advance(20_000);
    expect(world.own.store.getState().active).toMatchObject({ chatId, callId });
    expect(world.transports).toHaveLength(1);
  }
});

test('where there is no way into the other call, this one goes on as it was', async () => {
  const { world, old } = await withAnna();
  world.admission = () => Promise.reject(new ApiError('calls-unavailable'));
  await expect(world.own.goOn({ ...there, isSealed: false })).rejects.toThrow('calls-unavailable');
  expect(old.told).not.toContainEqual(goOn);
  expect(old).toMatchObject({ isClosed: false, isHearing: true });
  expect(world.own.store.getState().active).toMatchObject({ chatId, callId, link: 'up' });
  world.setChat({ call: null });
  expect(world.own.store.getState().ended).toMatchObject({ chatId, reason: 'ended' });
});

test.each([
  ['answers no more', (events: TransportEvents) => events.linkChanged(false)],
  ['is gone', (events: TransportEvents) => events.closed('lost')],
])(
  'a media server that %s on the way into another call is missed, and come back to where there is no way',
  async (_, lose) => {
    const world = await inside();
    const way = Promise.withResolvers<Awaited<ReturnType<typeof admit>>>();
    world.admission = () => way.promise;
    const goneOn = world.own.goOn({ ...there, isSealed: false });
    lose(world.last().events);
    const link = () => world.own.store.getState().active?.link;
    expect(link()).toBe('lost');
    way.reject(new ApiError('calls-unavailable'));
    await expect(goneOn).rejects.toThrow('calls-unavailable');
    expect(link()).toBe('lost');
    world.admission = admit;
    await world.clock.advance(6_000);
    expect(link()).toBe('up');
  },
);

test('who hangs up on the way into another call is in neither of them, and is put out of none later', async () => {
  const { world } = await withAnna();
  const way = Promise.withResolvers<Awaited<ReturnType<typeof admit>>>();
  world.admission = () => way.promise;
  const goneOn = world.own.goOn({ ...there, isSealed: false });
  world.own.leave();
  expect(world.left.toSorted()).toEqual([callId, otherCallId].toSorted());
  way.resolve(await admit());
  await goneOn;
  await world.clock.advance(20_000);
  expect(world.left).toHaveLength(2);
});
