import { authRoutes } from '@dialog/shared/auth';
import { messageRoutes } from '@dialog/shared/messages';
import { pushRoutes } from '@dialog/shared/push';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { signInAgain, type Person } from '../testing/people.ts';
import { SETTLED_MS, startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import type { PushServiceStandIn } from '../testing/pushService.ts';
import type { TestApp, TestNode } from '../testing/startTestApp.ts';

let pushed: PushedApp;
let app: TestApp;
let service: PushServiceStandIn;
let other: TestNode;
beforeAll(async () => {
  pushed = await startPushedApp();
  ({ app, service, other } = pushed);
});
afterAll(() => pushed.stop());

test('a device says how its pushes fare, and a test answers what the push service said', async () => {
  const { reader, device } = await pushed.aReader();
  const params = { deviceId: device.deviceId };
  const health = () => reader.call(pushRoutes.getPushHealth, { params });
  expect(await health()).toMatchObject({ isSubscribed: true, service: service.pair, lastTry: null, lastTest: null });
  const id = newId<string>();
  const tested = await reader.call(pushRoutes.testPush, { params, body: { id } }, other);
  expect(tested).toMatchObject({ outcome: 'accepted', status: 201, service: service.pair });
  const [push] = device.found;
  expect(push?.payload).toMatchObject({ kind: 'test', id });
  if (!push) throw new Error('the test came');
  await device.acknowledge(other, push, false);
  expect(await health()).toMatchObject({ lastTest: { id, shownAt: null }, lastShownAt: null });
  expect((await health()).lastTest?.arrivedAt).not.toBeNull();
  await device.acknowledge(other, push);
  expect((await health()).lastTest?.shownAt).not.toBeNull();

  device.answer(503);
  expect(await reader.call(pushRoutes.testPush, { params, body: { id: newId<string>() } })).toMatchObject({
    outcome: 'busy',
    status: 503,
  });
  expect(await health()).toMatchObject({ lastError: { outcome: 'busy', status: 503 }, lastTest: { arrivedAt: null } });
  device.answer(410);
  expect(await reader.call(pushRoutes.testPush, { params, body: { id: newId<string>() } })).toMatchObject({
    outcome: 'gone',
    status: 410,
  });
  expect(await health()).toMatchObject({ isSubscribed: false });
  expect(await reader.call(pushRoutes.testPush, { params, body: { id: newId<string>() } })).toMatchObject({
    outcome: 'no-subscription',
  });
});

test('both nodes sign with one pair of keys', async () => {
  const { reader } = await pushed.aReader();
  const one = await reader.call(pushRoutes.getPushKey);
  expect(await reader.call(pushRoutes.getPushKey, undefined, other)).toEqual(one);
  expect(one.publicKey).toMatch(/^[\w-]{87}$/);
});

const ENDS = [
  ['signing out', (person: Person) => person.call(authRoutes.signOut)],
  [
    'being signed out elsewhere',
    async (person: Person) => {
      const thief = await signInAgain(app, person);
      await thief.call(authRoutes.signOutOthers);
    },
  ],
  [
    'a password changed elsewhere',
    async (person: Person) => {
      const elsewhere = await signInAgain(app, person);
      const body = { currentPassword: person.password, newPassword: 'entirely other words' };
      await elsewhere.call(authRoutes.changePassword, { body }, other);
    },
  ],
] as const;

test.each(ENDS)('%s ends the pushes of that session, on both nodes', async (_how, end) => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  await post(writer, { chatId, text: 'before' });
  await eventually(() => device.found.length === 1);
  await end(reader);
  const values = { userId: toBytes(reader.user.id) };
  expect(await app.app.db.rows('SELECT 1 FROM push_subscriptions WHERE user_id = :userId', values)).toEqual([]);
  await writer.call(
    messageRoutes.postMessage,
    { params: { chatId }, body: { id: newId<never>(), text: 'after' } },
    other,
  );
  await pause(SETTLED_MS + 1_000);
  expect(device.of('message')).toHaveLength(1);
});
