import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { SocketStatus } from '../platform/socket.ts';
import { createFakeSocket } from '../testing/fakeServer.ts';
import { aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createPresences } from './presence.ts';

const [alice, bob] = [aUserId(1), aUserId(2)];

function aWatcher() {
  const clock = createTestClock();
  const status = createStore<{ readonly status: SocketStatus }>(() => ({ status: 'connected' }));
  const socket = { ...createFakeSocket(), status };
  const presences = createPresences({ socket, clock });
  return {
    clock,
    socket,
    status,
    presences,
    states: () => [...presences.store.getState().values()].map(({ userId, state }) => [userId, state]),
  };
}

test('the people on screen are watched, told once for many that come at once', async () => {
  const { clock, socket, presences } = aWatcher();
  presences.watch([alice]);
  presences.watch([alice, bob]);
  await clock.advance(1_000);
  expect(socket.signals).toEqual([{ name: 'watchPeople', payload: { userIds: [alice, bob] } }]);
});

test('someone shown twice is watched until neither shows them', async () => {
  const { clock, socket, presences, states } = aWatcher();
  const [first, second] = [presences.watch([bob]), presences.watch([bob])];
  await clock.advance(1_000);
  socket.tell('presenceChanged', { people: [{ userId: bob, state: 'online' }] });
  first();
  await clock.advance(1_000);
  expect(states()).toEqual([[bob, 'online']]);
  second();
  await clock.advance(1_000);
  expect(states()).toEqual([]);
});

test('what is told once more is the same object: nobody who shows it renders again', async () => {
  const { clock, socket, presences } = aWatcher();
  presences.watch([alice, bob]);
  await clock.advance(1_000);
  const people = [alice, bob].map((userId) => ({ userId, state: 'online' as const }));
  socket.tell('presenceChanged', { people });
  const known = presences.store.getState();
  socket.tell('presenceChanged', { people: [{ userId: alice, state: 'away' }, structuredClone(people[1] as never)] });
  expect(presences.store.getState().get(bob)).toBe(known.get(bob));
  expect(presences.store.getState().get(alice)?.state).toBe('away');
});

test('a new connection is told whom to watch', async () => {
  const { clock, socket, presences } = aWatcher();
  presences.watch([bob]);
  await clock.advance(1_000);
  socket.connect();
  expect(socket.signals).toHaveLength(2);
});

test('a blink of the connection changes nobody; a long loss forgets what is no longer known', async () => {
  const { clock, socket, status, presences, states } = aWatcher();
  presences.watch([bob]);
  socket.tell('presenceChanged', { people: [{ userId: bob, state: 'online' }] });
  status.setState({ status: 'waiting' });
  await clock.advance(2_000);
  status.setState({ status: 'connected' });
  await clock.advance(60_000);
  expect(states()).toEqual([[bob, 'online']]);
  status.setState({ status: 'waiting' });
  await clock.advance(15_000);
  expect(states()).toEqual([]);
});

test('one change leaves all others the same objects', () => {
  const { socket, presences } = aWatcher();
  socket.tell('presenceChanged', {
    people: [
      { userId: alice, state: 'online' },
      { userId: bob, state: 'away' },
    ],
  });
  const before = presences.store.getState().get(alice);
  socket.tell('presenceChanged', { people: [{ userId: bob, state: 'offline' }] });
  expect(presences.store.getState().get(alice)).toBe(before);
});

test('of whom a new connection says nothing one knows nothing any more', async () => {
  const { clock, socket, presences, states } = aWatcher();
  presences.watch([alice, bob]);
  await clock.advance(1_000);
  socket.tell('presenceChanged', {
    people: [
      { userId: alice, state: 'online' },
      { userId: bob, state: 'online' },
    ],
  });
  socket.connect();
  socket.tell('presenceChanged', { people: [{ userId: bob, state: 'online' }] });
  await clock.advance(3_000);
  expect(states()).toEqual([[bob, 'online']]);
});
