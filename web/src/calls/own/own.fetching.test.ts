import type { PeerMessage } from '@dialog/shared/calls.peers';
import { expect, test } from 'vitest';
import { aWorld, chatId } from '../../testing/ownCallWorld.ts';
import { createTestClock } from '../../testing/testClock.ts';
import { aParticipant, aVideo } from '../testing.ts';
import { createOwnFetching, sharesElsewhere } from './own.fetching.ts';

const here = aParticipant('Me', { isMe: true });
const there = { ...aParticipant('Me'), userId: here.userId };
const anna = aParticipant('Anna');
const state = { isMuted: true, isCameraOn: true, hand: 5 };

test('the new device asks the old one, does as that did, and only then lets it go', async () => {
  const { fetching, told, did, clock } = aDevice();
  fetching.begin();
  fetching.meet([here, anna, there]);
  fetching.meet([here, anna, there]);
  expect(told).toEqual([[{ kind: 'fetch' }, there.identity]]);
  fetching.take(there.identity, { kind: 'handOver', ...state });
  expect(did).toEqual([state]);
  expect(told).toHaveLength(1);
  await clock.advance(0);
  expect(told.slice(1)).toEqual([[{ kind: 'fetched' }, there.identity]]);
});

test('what got lost is said again, until the old device has gone', async () => {
  const { fetching, told, clock } = aDevice();
  fetching.begin();
  fetching.meet([here, there]);
  await clock.advance(1_000);
  expect(told.map(([{ kind }]) => kind)).toEqual(['fetch', 'fetch']);
  fetching.take(there.identity, { kind: 'handOver', ...state });
  await clock.advance(1_000);
  expect(told.slice(2).map(([{ kind }]) => kind)).toEqual(['fetched', 'fetched']);
  fetching.meet([here]);
  await clock.advance(60_000);
  expect(told).toHaveLength(4);
});

test('the old device says how it is in the call, and leaves when the other has it', () => {
  const { fetching, told, did } = aDevice();
  fetching.meet([here, there]);
  fetching.take(there.identity, { kind: 'fetch' });
  expect(told).toEqual([[{ kind: 'handOver', ...state }, there.identity]]);
  fetching.take(there.identity, { kind: 'fetched' });
  expect(did).toEqual(['left']);
});

test('a device that comes only later is not sent away: nobody is asked for ever', async () => {
  const { fetching, told, clock } = aDevice();
  fetching.begin();
  fetching.meet([here]);
  await clock.advance(11_000);
  fetching.meet([here, there]);
  expect(told).toEqual([]);
});

test('a call that is left while it is taken over is asked for no longer', async () => {
  const { fetching, told, clock } = aDevice();
  fetching.begin();
  fetching.meet([here, there]);
  fetching.take(there.identity, { kind: 'handOver', ...state });
  fetching.end();
  await clock.advance(60_000);
  expect(told.map(([{ kind }]) => kind)).toEqual(['fetch']);
});

test('nobody else can ask for it, send one away, or say how one is to be', () => {
  const { fetching, told, did } = aDevice();
  fetching.begin();
  fetching.meet([here, anna]);
  fetching.take(anna.identity, { kind: 'fetch' });
  fetching.take(anna.identity, { kind: 'fetched' });
  fetching.take(anna.identity, { kind: 'handOver', ...state, isMuted: false });
  expect(told).toEqual([]);
  expect(did).toEqual([]);
});

test('what nobody asked for is not taken over', () => {
  const { fetching, did } = aDevice();
  fetching.meet([here, there]);
  fetching.take(there.identity, { kind: 'handOver', ...state });
  expect(did).toEqual([]);
});

test('a screen that one shares on one’s other device is known to the new one', () => {
  const share = { isPaused: false, takesPointers: true };
  expect(sharesElsewhere([here, there, { ...anna, share }])).toBe(false);
  expect(sharesElsewhere([{ ...here, share }, there, anna])).toBe(false);
  expect(sharesElsewhere([here, { ...there, share }, anna])).toBe(true);
  // What it says of it may be lost on the way of who is just coming; the picture is not.
  expect(sharesElsewhere([here, { ...there, screen: aVideo('screen') }])).toBe(true);
});

test('a screen that ended with the old device is known until one shares here, or wants no more of it', async () => {
  const world = aWorld();
  world.own.fetch(chatId);
  await world.clock.advance(0);
  const { events } = world.last();
  const share = { isPaused: false, takesPointers: true };
  events.peopleChanged([here, there]);
  events.told({
    identity: there.identity,
    message: { kind: 'state', state: { hand: null, isOnHold: false, isLinkPoor: false, share } },
  });
  events.told({ identity: there.identity, message: { kind: 'handOver', ...state } });
  expect(world.own.store.getState().active?.hasLeftShare).toBe(true);
  world.own.share({ act: 'stop' });
  expect(world.own.store.getState().active?.hasLeftShare).toBe(false);
});

function aDevice() {
  const told: [PeerMessage, string][] = [];
  const did: unknown[] = [];
  const clock = createTestClock();
  const fetching = createOwnFetching({
    clock,
    tell: (message, to) => told.push([message, to]),
    mine: () => state,
    takeOver: (wanted) => {
      did.push(wanted);
      return Promise.resolve();
    },
    leave: () => did.push('left'),
  });
  return { fetching, told, did, clock };
}
