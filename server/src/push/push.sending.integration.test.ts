import { callRoutes } from '@dialog/shared/calls';
import { ringRoutes } from '@dialog/shared/calls.ring';
import { chatRoutes } from '@dialog/shared/chats';
import type { CallId } from '@dialog/shared/contract/values';
import { pushRoutes } from '@dialog/shared/push';
import { SUBSCRIPTIONS_PER_PERSON_MAX } from '@dialog/shared/push.values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { A_SUBSCRIPTION } from '../testing/examples.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser } from '../testing/people.ts';
import { startPushService, type PushServiceStandIn } from '../testing/pushService.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
let service: PushServiceStandIn;
let dead: PushServiceStandIn;
beforeAll(async () => {
  [service, dead] = await Promise.all([startPushService(), startPushService()]);
  dead.hang();
  app = await startTestApp({ config: { egressAllow: [service.pair, dead.pair] } });
});
afterAll(async () => {
  await app.stop();
  service.stop();
  dead.stop();
});

async function aPair() {
  const [writer, reader] = await Promise.all([aUser(app, { displayName: 'Ada' }), aUser(app)]);
  const { chat } = await writer.call(chatRoutes.createDirectChat, { body: { userId: reader.user.id } });
  const device = service.device();
  await device.subscribe(reader);
  return { writer, reader, device, chatId: chat.id };
}

test.each([
  'http://fcm.googleapis.com/fcm/send/a',
  'https://fcm.googleapis.com:8443/fcm/send/a',
  'https://fcm.googleapis.com.attacker.example/a',
  'https://169.254.169.254/latest/meta-data',
  'http://127.0.0.1:3306/',
])('SECURITY 12: nobody has the server send to %s', async (endpoint) => {
  const person = await aUser(app);
  const saving = person.call(pushRoutes.savePushSubscription, {
    params: { deviceId: newId<never>() },
    body: { ...A_SUBSCRIPTION, endpoint },
  });
  await expect(saving).rejects.toThrow('push-service-refused');
});

test('a person has ten devices; the one saved longest ago makes room for the next', async () => {
  const { writer, reader, device, chatId } = await aPair();
  for (let nth = 0; nth < SUBSCRIPTIONS_PER_PERSON_MAX; nth += 1) {
    await service.device().subscribe(reader);
  }
  await post(writer, { chatId, text: 'hello' });
  const params = { deviceId: device.deviceId };
  expect(await reader.call(pushRoutes.getPushHealth, { params })).toMatchObject({ isSubscribed: false });
  await pause(1_000);
  expect(device.found).toEqual([]);
});

test('a service that asks for patience gets it, and then its push; one that does not know the device is asked no more', async () => {
  const { writer, reader, device, chatId } = await aPair();
  device.answer(503, { 'retry-after': '1' });
  const { position } = await post(writer, { chatId, text: 'hello' });
  const params = { deviceId: device.deviceId };
  const health = () => reader.call(pushRoutes.getPushHealth, { params });
  await eventually(async () => (await health()).lastError?.outcome === 'busy');
  device.answer(null);
  await eventually(() => device.found.length === 1, 10_000);
  expect(device.of('message')).toMatchObject([{ position }]);
  device.answer(410);
  await post(writer, { chatId, text: 'again' });
  await eventually(async () => !(await health()).isSubscribed);
  expect(
    await app.app.db.rows('SELECT 1 FROM push_marks WHERE user_id = UNHEX(:id)', {
      id: reader.user.id.replaceAll('-', ''),
    }),
  ).toEqual([]);
});

test('what a newer push about the same chat took the place of is not sent again', async () => {
  const { writer, reader, device, chatId } = await aPair();
  device.answer(503, { 'retry-after': '3' });
  await post(writer, { chatId, text: 'older' });
  const params = { deviceId: device.deviceId };
  await eventually(async () => (await reader.call(pushRoutes.getPushHealth, { params })).lastError?.outcome === 'busy');
  device.answer(null);
  const { position } = await post(writer, { chatId, text: 'newer' });
  await pause(6_000);
  // A service keeps one push of a topic: sent again, the older one would have taken the newer one's place there.
  expect(device.of('message')).toMatchObject([{ position }]);
});

test('a service that answers nothing holds up no other', async () => {
  const { writer, device, chatId } = await aPair();
  const crowd = await aPair();
  for (let nth = 0; nth < SUBSCRIPTIONS_PER_PERSON_MAX; nth += 1) {
    await dead.device().subscribe(crowd.reader);
  }
  await post(crowd.writer, { chatId: crowd.chatId, text: 'into the void' });
  await pause(300);
  const startedAt = Date.now();
  await post(writer, { chatId, text: 'and to who is there' });
  await eventually(() => device.found.length === 1, 2_000);
  expect(Date.now() - startedAt).toBeLessThan(2_000);
});

test('a call rings on all devices until it is answered or declined on one; who did neither learns that they missed it', async () => {
  const { writer, reader, device, chatId } = await aPair();
  const second = service.device();
  await second.subscribe(reader);
  const start = async () => {
    const id = newId<CallId>();
    await writer.call(callRoutes.startCall, { params: { chatId }, body: { id } });
    const params = { callId: id };
    const body = { deviceId: newId<never>() };
    await writer.call(callRoutes.joinCall, { params, body });
    return { id, params, leave: () => writer.call(callRoutes.leaveCall, { params, body }) };
  };
  const startedAt = Date.now();
  const one = await start();
  await eventually(() => [device, second].every((each) => each.of('call').length === 1));
  expect(Date.now() - startedAt).toBeLessThan(2_000);
  expect(device.of('call')).toMatchObject([{ callId: one.id, chatId, content: { sender: { name: 'Ada' } } }]);
  expect(Number(device.found[0]?.headers['ttl'])).toBeLessThanOrEqual(45);
  const declinedAt = Date.now();
  await reader.call(ringRoutes.declineCall, { params: one.params });
  await eventually(() => [device, second].every((each) => each.of('withdraw').length === 1));
  expect(Date.now() - declinedAt).toBeLessThan(1_000);
  expect(second.of('withdraw')).toMatchObject([{ tag: `call:${one.id}`, until: null }]);
  await one.leave();
  await pause(1_500);
  expect(device.of('missedCall')).toEqual([]);

  const two = await start();
  await eventually(() => device.of('call').length === 2);
  await app.app.db.run('UPDATE call_devices SET joined_at = joined_at - INTERVAL 60 SECOND');
  await two.leave();
  await eventually(() => [device, second].every((each) => each.of('missedCall').length === 1), 15_000);
  expect(device.of('missedCall')).toMatchObject([{ callId: two.id }]);
});

test('a ring that its service did not take yet is given up when the call is declined elsewhere', async () => {
  const { writer, reader, device, chatId } = await aPair();
  const id = newId<CallId>();
  device.answer(503);
  await writer.call(callRoutes.startCall, { params: { chatId }, body: { id } });
  const params = { deviceId: device.deviceId };
  await eventually(async () => (await reader.call(pushRoutes.getPushHealth, { params })).lastError?.outcome === 'busy');
  await reader.call(ringRoutes.declineCall, { params: { callId: id } });
  device.answer(null);
  await eventually(() => device.of('withdraw').length === 1, 10_000);
  await pause(3_500);
  expect(device.of('call')).toEqual([]);
});

test('what waits for its service is not sent to who was removed from the group meanwhile', async () => {
  const { writer, reader, device } = await aPair();
  const group = await aGroup(writer, [reader]);
  device.answer(503);
  await post(writer, { chatId: group.chat.id, text: 'among ourselves' });
  const params = { deviceId: device.deviceId };
  await eventually(async () => (await reader.call(pushRoutes.getPushHealth, { params })).lastError?.outcome === 'busy');
  await writer.call(chatRoutes.removeMember, { params: { chatId: group.chat.id, userId: reader.user.id } });
  device.answer(null);
  await pause(4_500);
  expect(device.of('message')).toEqual([]);
});
