import { chatRoutes } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { type Presence, PRESENCE_LEASE_MS } from '@dialog/shared/presence';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aGroup, aUser, type ClientSocket } from '../testing/people.ts';
import { eventually, listen, pause } from '../testing/conversation.ts';
import { startTestApp, testServices, type TestApp, type TestNode } from '../testing/startTestApp.ts';
import { startTcpProxy, type TcpProxy } from '../testing/tcpProxy.ts';
import { createLeases } from './presence.leases.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
let redisOfOther: TcpProxy;
beforeAll(async () => {
  redisOfOther = await startTcpProxy(testServices().redisUrl);
  app = await startTestApp({ nodes: 2, configOf: (index) => (index === 1 ? { redisUrl: redisOfOther.url } : {}) });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(async () => {
  await app.stop();
  await redisOfOther.stop();
});

/** What a page was last told of somebody. */
function lastTold(heard: ReturnType<typeof listen>, userId: UserId): Presence['state'] | undefined {
  return heard
    .flatMap(({ event, payload }) => (event === 'presenceChanged' ? payload.people : []))
    .findLast((told) => told.userId === userId)?.state;
}

function watch(socket: ClientSocket, userIds: readonly UserId[]): ReturnType<typeof listen> {
  const heard = listen(socket);
  socket.emit('watchPeople', { userIds: [...userIds] });
  return heard;
}

test('R7: a fellow member is seen to come and go, within a second, on either node; the last of several pages counts', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await aGroup(alice, [bob]);
  const page = await alice.connect(one);
  const heard = watch(page, [bob.user.id]);
  await eventually(() => lastTold(heard, bob.user.id) === 'offline');
  const [laptop, phone] = await Promise.all([bob.connect(other), bob.connect(one)]);
  await eventually(() => lastTold(heard, bob.user.id) === 'online', 1_500);
  laptop.close();
  await pause(1_500);
  expect(lastTold(heard, bob.user.id)).toBe('online');
  phone.close();
  await eventually(() => lastTold(heard, bob.user.id) === 'offline', 1_500);
  page.close();
});

test('a stranger is told of nobody, and someone removed from the last shared chat of nobody any more', async () => {
  const [alice, bob, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const [bobs, strangers, alices] = await Promise.all([bob.connect(one), stranger.connect(one), alice.connect(one)]);
  const overheard = watch(strangers, [alice.user.id, bob.user.id]);
  const heard = watch(bobs, [alice.user.id]);
  await eventually(() => lastTold(heard, alice.user.id) === 'online');
  await alice.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: bob.user.id } });
  await eventually(() => lastTold(heard, alice.user.id) === 'offline', 1_000);
  const before = heard.length;
  alices.close();
  await pause(1_500);
  expect(heard.slice(before).filter(({ event }) => event === 'presenceChanged')).toEqual([]);
  expect(overheard.filter(({ event }) => event === 'presenceChanged')).toEqual([]);
  bobs.close();
  strangers.close();
});

test('R7: who was on a node that died is gone when the lease has run out and the sweep has seen it', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await aGroup(alice, [bob]);
  // Renewed for the last time so long ago that three seconds are left, by a node that is no more.
  const longAgo = () => new Date(Date.now() - PRESENCE_LEASE_MS + 3_000);
  await createLeases({ redis: one.app.redis, now: longAgo }).renew([
    { userId: bob.user.id, socketId: 'of a dead node', isActive: true },
  ]);
  const page = await alice.connect(one);
  const heard = watch(page, [bob.user.id]);
  await eventually(() => lastTold(heard, bob.user.id) === 'online', 1_000);
  await eventually(() => lastTold(heard, bob.user.id) === 'offline', 3_000 + 5_000 + 1_500);
  page.close();
});

test('fault 5: an emptied Redis knows everyone again after the next renewals', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await aGroup(alice, [bob]);
  const [page, bobs] = await Promise.all([alice.connect(one), bob.connect(one)]);
  const heard = watch(page, [bob.user.id]);
  await eventually(() => lastTold(heard, bob.user.id) === 'online');
  const key = `presence:${bob.user.id}`;
  await one.app.redis.del(key);
  await eventually(async () => (await one.app.redis.zcard(key).catch(() => 0)) > 0, 15_500);
  // The sweep may have looked in between, and has until the next one to put it right.
  await eventually(() => lastTold(heard, bob.user.id) === 'online', 6_500);
  page.close();
  bobs.close();
});

test('R13: many comings and goings reach a page at most once a second', async () => {
  const [alice, ...others] = await Promise.all(Array.from({ length: 9 }, () => aUser(app)));
  if (!alice) throw new Error('nobody');
  await aGroup(alice, others);
  const page = await alice.connect(one);
  const heard = watch(
    page,
    others.map((person) => person.user.id),
  );
  await pause(300);
  const began = performance.now();
  for (const person of others) {
    const socket = await person.connect(one);
    await pause(150);
    socket.close();
  }
  await pause(1_200);
  const seconds = (performance.now() - began) / 1_000;
  expect(heard.filter(({ event }) => event === 'presenceChanged').length).toBeLessThanOrEqual(Math.ceil(seconds) + 2);
  page.close();
});

test('without Redis nobody is known to be there, and connecting takes no longer', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await aGroup(alice, [bob]);
  redisOfOther.hang();
  const began = performance.now();
  const page = await alice.connect(other);
  expect(performance.now() - began).toBeLessThan(2_000);
  const heard = watch(page, [bob.user.id]);
  await eventually(() => lastTold(heard, bob.user.id) === 'offline', 2_000);
  redisOfOther.heal();
  const bobs = await bob.connect(one);
  await eventually(() => lastTold(heard, bob.user.id) === 'online', 15_000);
  page.close();
  bobs.close();
});
