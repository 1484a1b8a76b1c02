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
  return { clock, socket, status, presences, online: () => [...presences.store.getState()] };
}

test('the people on screen are watched, told once for many that come at once', async () => {
  const { clock, socket, presences } = aWatcher();
  presences.watch([alice]);
  presences.watch([alice, bob]);
  await clock.advance(1_000);
  expect(socket.signals).toEqual([{ name: 'watchPeople', payload: { userIds: [alice, bob] } }]);
});

test('someone shown twice is watched until neither shows them', async () => {
  const { clock, socket, presences, online } = aWatcher();
  const [first, second] = [presences.watch([bob]), presences.watch([bob])];
  await clock.advance(1_000);
  socket.tell('presenceChanged', { people: [{ userId: bob, isOnline: true }] });
  first();
  await clock.advance(1_000);
  expect(online()).toEqual([bob]);
  second();
  await clock.advance(1_000);
  expect(online()).toEqual([]);
});

test('a new connection is told whom to watch', async () => {
  const { clock, socket, presences } = aWatcher();
  presences.watch([bob]);
  await clock.advance(1_000);
  socket.connect();
  expect(socket.signals).toHaveLength(2);
});

test('a blink of the connection changes nobody; a long loss forgets what is no longer known', async () => {
  const { clock, socket, status, presences, online } = aWatcher();
  presences.watch([bob]);
  socket.tell('presenceChanged', { people: [{ userId: bob, isOnline: true }] });
  status.setState({ status: 'waiting' });
  await clock.advance(2_000);
  status.setState({ status: 'connected' });
  await clock.advance(60_000);
  expect(online()).toEqual([bob]);
  status.setState({ status: 'waiting' });
  await clock.advance(15_000);
  expect(online()).toEqual([]);
});
