import { callRoutes } from '@dialog/shared/calls';
import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import type { CallModerated, CallSource } from '@dialog/shared/calls.moderation.values';
import { callSilenceRoutes } from '@dialog/shared/calls.silences';
import { chatRoutes } from '@dialog/shared/chats';
import { groupRoutes } from '@dialog/shared/chats.groups';
import type { CallId, DeviceId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { pause } from '../testing/conversation.ts';
import { aGroup, aUser, type ClientSocket, nextEvent, type Person, signInAgain } from '../testing/people.ts';
import { startTestApp, type TestApp, testServices } from '../testing/startTestApp.ts';
import { throughServer } from '../testing/throughServer.ts';

let app: TestApp;

beforeAll(async () => {
  if (!testServices().livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

test('whoever is removed is out within 2 s, on no device and with no token back, until they are admitted again', async () => {
  const { owner, ben, callId } = await aCall();
  const laptop = await signInAgain(app, ben);
  const tokens = [await join(ben, callId), await join(laptop, callId)];
  const [inside, fresh] = [await enter(tokens[0]), await join(ben, callId)];
  expect(inside.isIn).toBe(true);
  const [bensSocket, ownersSocket] = await Promise.all([ben.connect(app.nodes[1]), owner.connect()]);
  await join(owner, callId);
  const told = [moderated(bensSocket), moderated(ownersSocket)];

  const removedAt = performance.now();
  await owner.call(callModerationRoutes.removeFromCall, { params: { callId, userId: ben.user.id } });
  await inside.closed;
  expect(performance.now() - removedAt).toBeLessThan(2_000);
  const act = { what: 'removed', userId: ben.user.id };
  expect(await Promise.all(told)).toEqual(told.map(() => ({ callId, by: owner.user.id, act })));
  for (const token of [...tokens, fresh]) {
    for (const node of app.nodes) expect((await enter(token, node.url)).isIn).toBe(false);
  }
  const another = await signInAgain(app, ben);
  for (const device of [ben, laptop, another]) await expect(join(device, callId)).rejects.toThrow('removed-from-call');
  const list = { params: { callId } };
  expect(await owner.call(callModerationRoutes.listCallRemovals, list)).toEqual({ userIds: [ben.user.id] });

  await owner.call(callModerationRoutes.admitToCallAgain, { params: { callId, userId: ben.user.id } });
  expect((await enter(await join(another, callId))).isIn).toBe(true);
  // What they had before they were removed let them in then, and not now.
  expect((await enter(tokens[0])).isIn).toBe(false);
  bensSocket.close();
  ownersSocket.close();
});

test('a removal ends with its call', async () => {
  const { owner, ben, callId, chatId } = await aCall();
  await owner.call(callModerationRoutes.removeFromCall, { params: { callId, userId: ben.user.id } });
  await owner.call(callModerationRoutes.endCall, { params: { callId } });
  const chat = await owner.call(callRoutes.startCall, { params: { chatId }, body: { id: newId<CallId>() } });
  if (!chat.call) throw new Error('no call');
  expect((await enter(await join(ben, chat.call.id))).isIn).toBe(true);
});

test('who ends the call for all ends it: everyone is out, and told by whom', async () => {
  const { owner, ben, callId } = await aCall();
  const inside = await enter(await join(ben, callId));
  const socket = await ben.connect();
  const told = moderated(socket);
  await owner.call(callModerationRoutes.endCall, { params: { callId } });
  expect(await told).toEqual({ callId, by: owner.user.id, act: { what: 'ended' } });
  await inside.closed;
  await expect(join(ben, callId)).rejects.toThrow('call-not-found');
  socket.close();
});

test('whoever is silenced while nobody can tell them finds it as they come back, each time anew, and on each device', async () => {
  const { owner, ben, eva, callId } = await aCall();
  const laptop = await signInAgain(app, ben);
  const inside = await enter(await join(ben, callId));
  inside.cut();
  await inside.closed;
  expect(await silencesOf(ben, callId)).toEqual([]);

  await mute(owner, { whom: ben, callId, source: 'microphone' });
  const [first] = await silencesOf(ben, callId);
  expect(first).toMatchObject({ source: 'microphone' });
  await mute(owner, { whom: ben, callId, source: 'screen' });
  await mute(owner, { whom: ben, callId, source: 'microphone' });
  for (const device of [ben, laptop]) {
    const silences = await silencesOf(device, callId);
    expect(silences.map(({ source }) => source).toSorted()).toEqual(['microphone', 'screen']);
    for (const { at } of silences) expect(at > (first?.at ?? '')).toBe(true);
  }
  expect(await silencesOf(eva, callId)).toEqual([]);
});

test('whoever was not in the call when somebody wanted to mute them was not silenced, and a silence ends with its call', async () => {
  const { owner, ben, eva, callId, chatId } = await aCall();
  await join(ben, callId);
  for (const whom of [ben, eva]) await mute(owner, { whom, callId, source: 'microphone' });
  expect([await silencesOf(ben, callId), await silencesOf(eva, callId)].map(({ length }) => length)).toEqual([1, 0]);

  await owner.call(callModerationRoutes.endCall, { params: { callId } });
  await expect(silencesOf(ben, callId)).rejects.toThrow('call-not-found');
  const kept = await app.app.db.rows('SELECT 1 FROM call_silences WHERE call_id = :id', { id: toBytes(callId) });
  expect(kept).toEqual([]);
  const chat = await owner.call(callRoutes.startCall, { params: { chatId }, body: { id: newId<CallId>() } });
  expect(await silencesOf(ben, chat.call?.id ?? callId)).toEqual([]);
});

test('a question to unmute is heard by who is asked alone, and by nobody who is not in the call', async () => {
  const { owner, ben, eva, callId } = await aCall();
  await Promise.all([join(ben, callId), join(owner, callId)]);
  const sockets = await Promise.all([ben.connect(app.nodes[1]), eva.connect(), owner.connect()]);
  const heard: unknown[][] = sockets.map(() => []);
  sockets.forEach((socket, index) => socket.on('callModerated', (told) => heard[index]?.push(told)));
  const ask = (person: Person) =>
    owner.call(callModerationRoutes.askToUnmute, { params: { callId, userId: person.user.id } });
  await ask(eva);
  await ask(ben);
  await expect
    .poll(() => heard)
    .toEqual([[{ callId, by: owner.user.id, act: { what: 'askedToUnmute', userId: ben.user.id } }], [], []]);
  await pause(200);
  expect(heard.map((each) => each.length)).toEqual([1, 0, 0]);
  for (const socket of sockets) socket.close();
});

test('whoever started the call keeps order among plain members, unless only owners and admins speak in the group', async () => {
  const { owner, ben, eva, chatId } = await aCall({ startedBy: 'ben' });
  const chat = await ben.call(callRoutes.startCall, { params: { chatId }, body: { id: newId<CallId>() } });
  const callId = chat.call?.id ?? newId<CallId>();
  const silence = (by: Person, whom: Person) => mute(by, { whom, callId, source: 'microphone' });
  await silence(ben, eva);
  await silence(owner, ben);
  await expect(silence(ben, owner)).rejects.toThrow('not-allowed');
  await expect(silence(eva, ben)).rejects.toThrow('not-allowed');
  await expect(silence(owner, owner)).rejects.toThrow('not-allowed');
  await expect(silence(owner, await aUser(app))).rejects.toThrow('member-not-found');
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { isAnnouncementOnly: true } });
  await expect(silence(ben, eva)).rejects.toThrow('not-allowed');
  await silence(owner, eva);
});

test('whoever was removed from a call keeps order in it no longer, though they began it', async () => {
  const { owner, ben, eva, callId } = await aCall({ startedBy: 'ben' });
  const removal = { params: { callId, userId: ben.user.id } };
  await owner.call(callModerationRoutes.removeFromCall, removal);
  const acts = [
    () => ben.call(callModerationRoutes.endCall, { params: { callId } }),
    () => ben.call(callModerationRoutes.removeFromCall, { params: { callId, userId: eva.user.id } }),
    () => ben.call(callModerationRoutes.listCallRemovals, { params: { callId } }),
  ];
  for (const act of acts) await expect(act()).rejects.toThrow('not-allowed');
  await owner.call(callModerationRoutes.admitToCallAgain, removal);
  await ben.call(callModerationRoutes.endCall, { params: { callId } });
});

test('in a direct call nobody keeps order: one can only leave', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const { call } = await alice.call(callRoutes.startCall, {
    params: { chatId: chat.id },
    body: { id: newId<CallId>() },
  });
  if (!call) throw new Error('no call');
  const params = { callId: call.id, userId: bob.user.id };
  const answers = await Promise.allSettled([
    alice.call(callModerationRoutes.removeFromCall, { params }),
    alice.call(callModerationRoutes.askToUnmute, { params }),
    alice.call(callModerationRoutes.muteInCall, { params, body: { source: 'screen' } }),
    alice.call(callModerationRoutes.endCall, { params }),
  ]);
  for (const one of answers) expect(one.status === 'rejected' ? String(one.reason) : 'done').toContain('not-allowed');
});

/** The owner's call in a group with Ben and Eva, or one that Ben started. */
async function aCall({ startedBy = 'owner' }: { readonly startedBy?: 'owner' | 'ben' } = {}) {
  const [owner, ben, eva] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [ben, eva]);
  const starter = { owner, ben }[startedBy];
  const { call } = await starter.call(callRoutes.startCall, {
    params: { chatId: chat.id },
    body: { id: newId<CallId>() },
  });
  if (!call) throw new Error('no call');
  return { owner, ben, eva, chatId: chat.id, callId: call.id };
}

async function join(person: Person, callId: CallId) {
  const request = { params: { callId }, body: { deviceId: newId<DeviceId>() } };
  return throughServer(await person.call(callRoutes.joinCall, request));
}

/** As a page that may not have heard of them asks, on the other node. */
async function silencesOf(person: Person, callId: CallId) {
  const { silences } = await person.call(callSilenceRoutes.listSilences, { params: { callId } }, app.nodes[1]);
  return silences;
}

async function mute(
  by: Person,
  { whom, callId, source }: { readonly whom: Person; readonly callId: CallId; readonly source: CallSource },
): Promise<void> {
  await by.call(callModerationRoutes.muteInCall, { params: { callId, userId: whom.user.id }, body: { source } });
}

type Admission = Awaited<ReturnType<typeof join>>;

function moderated(socket: ClientSocket): Promise<CallModerated> {
  return nextEvent(socket, 'callModerated', () => true);
}

/** Through the gate, as livekit-client goes. */
function enter(admission: Admission | undefined, url = app.url) {
  const { mediaPath, token } = admission ?? { mediaPath: '', token: '' };
  const socket = new WebSocket(`${url.replace('http', 'ws')}${mediaPath}/rtc?access_token=${token}&protocol=15`);
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  const way = { closed, cut: () => socket.close() };
  return new Promise<typeof way & { readonly isIn: boolean }>((resolve) => {
    socket.addEventListener('message', () => resolve({ isIn: true, ...way }), { once: true });
    void closed.then(() => resolve({ isIn: false, ...way }));
  });
}
