import { randomBytes } from 'node:crypto';
import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deriveSealingKey, seal } from '../platform/crypto/sealing.ts';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser } from '../testing/people.ts';
import { type PushDevice, startPushService, type PushServiceStandIn } from '../testing/pushService.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';
import { dueRepository } from './push.due.repository.ts';
import { subscriptionRepository } from './push.subscriptions.repository.ts';

const MASTER_KEY = randomBytes(32);
const CROWD = 2_000;

let app: TestApp;
let service: PushServiceStandIn;
beforeAll(async () => {
  service = await startPushService();
  app = await startTestApp({ config: { egressAllow: [service.pair], masterKey: MASTER_KEY.toString('base64') } });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await app.stop();
  service.stop();
});

/** So many people in a group, each with a device, written straight into the database. */
async function crowdIn(chatId: ChatId): Promise<PushDevice[]> {
  const { db } = app.app;
  const sealing = deriveSealingKey(MASTER_KEY, 'push');
  const at = new Date();
  const people = Array.from({ length: CROWD }, (_, nth) => ({
    ...{ nth, userId: newId<UserId>(), sessionId: newId<string>(), subscriptionId: newId<string>() },
    device: service.device(),
  }));
  await db.run('INSERT INTO users (id, user_name, display_name, password_hash, created_at) VALUES :rows', {
    rows: people.map(({ userId, nth }) => [toBytes(userId), `crowd${nth}`, 'Crowd', '', at]),
  });
  await db.run(
    'INSERT INTO sessions (id, user_id, token_hash, device, address, created_at, last_seen_at) VALUES :rows',
    {
      rows: people.map(({ userId, sessionId }) => [
        ...[toBytes(sessionId), toBytes(userId), randomBytes(32), '', '127.0.0.1', at, at],
      ]),
    },
  );
  await db.run('INSERT INTO members (chat_id, user_id, role, revision, joined_at) VALUES :rows', {
    rows: people.map(({ userId }) => [toBytes(chatId), toBytes(userId), 'member', 1, at]),
  });
  await db.run('UPDATE chats SET member_count = member_count + :more WHERE id = :id', {
    id: toBytes(chatId),
    more: CROWD,
  });
  await db.run(
    `INSERT INTO push_subscriptions (id, user_id, device_id, session_id, endpoint_hash, body, service, language, saved_at)
     VALUES :rows`,
    {
      rows: people.map(({ userId, sessionId, subscriptionId, device: { deviceId, endpoint, keys } }) => [
        ...[toBytes(subscriptionId), toBytes(userId), toBytes(deviceId), toBytes(sessionId), randomBytes(32)],
        seal(sealing, JSON.stringify({ endpoint, ...keys }), toBytes(subscriptionId)),
        ...[service.pair, 'en', at],
      ]),
    },
  );
  return people.map(({ device }) => device);
}

test('a group of thousands is told in bounded portions, everybody once, and holds up no direct message', async () => {
  const [writer, friend, reader] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const device = service.device();
  await device.subscribe(reader);
  const { chat } = await aGroup(writer);
  const { chat: direct } = await friend.call(chatRoutes.createDirectChat, { body: { userId: reader.user.id } });
  const crowd = await crowdIn(chat.id);
  const looked = vi.spyOn(dueRepository, 'listeners');
  const taken = vi.spyOn(dueRepository, 'take');
  const asked = vi.spyOn(subscriptionRepository, 'ofPeople');

  const startedAt = performance.now();
  await post(writer, { chatId: chat.id, text: 'to all' });
  const reached = () => crowd.filter(({ found }) => found.length > 0).length;
  await eventually(() => reached() > 0);
  const waits: number[] = [];
  for (let nth = 1; nth <= 3; nth += 1) {
    const postedAt = performance.now();
    await post(friend, { chatId: direct.id, text: `only you ${nth}` });
    await eventually(() => device.found.length === nth, 60_000);
    waits.push(performance.now() - postedAt);
    // A device is told of one place once a second.
    await pause(1_000);
  }
  // It was a race: the crowd was far from told.
  expect(reached()).toBeLessThan(CROWD);
  await eventually(() => reached() === CROWD, 120_000);
  const tookMs = performance.now() - startedAt;
  expect(Math.max(...waits)).toBeLessThan(tookMs / 5);

  // So many at a time, and each once.
  const results = await Promise.all(looked.mock.results.map(({ value }) => value as Promise<unknown[]>));
  expect(Math.max(...results.map((people) => people.length))).toBeLessThanOrEqual(200);
  expect(results.length).toBeLessThan(CROWD / 100);
  const portions = await Promise.all(taken.mock.results.map(({ value }) => value as Promise<unknown[]>));
  expect(Math.max(...portions.map((due) => due.length))).toBeLessThanOrEqual(50);
  expect(Math.max(...asked.mock.calls.map(([, userIds]) => userIds.length))).toBeLessThanOrEqual(50);
  expect(asked.mock.calls.filter(([, userIds]) => userIds.length > 0).length).toBeLessThan(CROWD / 25);
  expect(crowd.every(({ found }) => found.length === 1)).toBe(true);
}, 200_000);
