import { callRoutes } from '@dialog/shared/calls';
import { ringRoutes } from '@dialog/shared/calls.ring';
import type { CallId, DeviceId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { CAN_DIRECT, closeAll, enterDirect, refusal, startCall, twoPeople } from '../testing/directCalls.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, testServices } from '../testing/startTestApp.ts';
import { throughServer } from '../testing/throughServer.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ livekit: testServices().livekit });
});
afterAll(() => app.stop());

test('whoever only stands at the door keeps no call going, and asks nobody else into it', async () => {
  const { alice, bob, carol, callId, alices } = await aGroupCall();
  await join(bob, callId, { isAhead: true });
  const ringing = bob.call(ringRoutes.ringPerson, { params: { callId }, body: { userId: carol.user.id } });
  expect(await refusal(ringing)).toBe('call-not-found');
  await alice.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId: alices } });
  expect(await look(bob, callId)).toBe('call-not-found');
});

test('whoever was let in ahead of time is in the call once they go in', async () => {
  const { alice, bob, callId, alices } = await aGroupCall();
  const deviceId = newId<DeviceId>();
  const socket = await enter(throughServer(await join(bob, callId, { isAhead: true, deviceId })));
  await join(bob, callId, { isAhead: true, deviceId });
  await alice.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId: alices } });
  expect(await look(bob, callId)).toBe('done');
  socket.close();
});

test('nobody moves a direct call ahead of time', async () => {
  const { alice, bob, chatId } = await twoPeople(app);
  const callId = await startCall(alice, chatId);
  const bobs = await enterDirect(bob, { callId, socket: await bob.connect() });
  expect(await refusal(join(bob, callId, { isAhead: true }))).toBe('calls-unavailable');
  expect(await join(alice, callId, { isAhead: true })).toMatchObject({ way: 'direct' });
  expect(await join(bob, callId)).toMatchObject({ way: 'sfu' });
  closeAll(bobs.socket);
});

/** Begun by Alice, who was let in; it rings Bob and Carol. */
async function aGroupCall() {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob, carol]);
  const callId = await startCall(alice, chat.id);
  const alices = newId<DeviceId>();
  await join(alice, callId, { deviceId: alices });
  return { alice, bob, carol, callId, alices };
}

function join(person: Person, callId: CallId, { deviceId = newId<DeviceId>(), isAhead = false } = {}) {
  return person.call(callRoutes.joinCall, { params: { callId }, body: { deviceId, isAhead, ways: [...CAN_DIRECT] } });
}

function look(person: Person, callId: CallId): Promise<string> {
  return refusal(person.call(callRoutes.getCall, { params: { callId } }));
}

/** Through the gate, until the media server has answered. */
async function enter({ mediaPath, token }: { readonly mediaPath: string; readonly token: string }): Promise<WebSocket> {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}${mediaPath}/rtc?access_token=${token}&protocol=15`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('message', resolve, { once: true });
    socket.addEventListener('close', () => reject(new Error('not let in')));
  });
  return socket;
}
