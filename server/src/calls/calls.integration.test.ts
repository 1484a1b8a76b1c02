import { authRoutes } from '@dialog/shared/auth';
import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes } from '@dialog/shared/chats';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { pause } from '../testing/conversation.ts';
import { aLineTo, type Line } from '../testing/line.ts';
import { aGroup, aUser, nextEvent, type Person, signInAgain } from '../testing/people.ts';
import { startTestApp, type TestApp, testServices, type TestNode } from '../testing/startTestApp.ts';
import { throughServer } from '../testing/throughServer.ts';

let app: TestApp;
let line: Line;

beforeAll(async () => {
  const { livekit } = testServices();
  if (!livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  line = await aLineTo(livekit.url);
  app = await startTestApp({ nodes: 2, livekit: { ...livekit, url: line.url } });
});

afterAll(async () => {
  await app.stop();
  line.cut();
});

test('a call is told to the chat, holds who joined, and ends when the last one leaves', async () => {
  const { alice, bob, chatId } = await aPair();
  const [, otherNode] = app.nodes;
  const bobsSocket = await bob.connect(otherNode);
  const started = nextEvent(
    bobsSocket,
    'chatChanged',
    (changes) => changes.chat?.call !== null && changes.chat !== null,
  );
  const callId = await startCall(alice, chatId);
  expect((await started).messages.at(-1)?.content).toEqual({ kind: 'system', note: { what: 'callStarted', callId } });

  const joined = nextEvent(bobsSocket, 'callPeopleChanged', (people) => people.participants.length === 1);
  const phone = newId<DeviceId>();
  const inside = await enter(await join(alice, callId, phone));
  expect((await joined).participants).toMatchObject([{ userId: alice.user.id, deviceId: phone }]);

  const ended = nextEvent(bobsSocket, 'chatChanged', (changes) => changes.chat?.call === null);
  await alice.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId: phone } });
  expect((await ended).messages.at(-1)?.content).toMatchObject({ note: { what: 'callEnded', callId } });
  await inside.closed;
  bobsSocket.close();
});

test('a chat has one call, however many start it at once', async () => {
  const { alice, bob, chatId } = await aPair();
  const [one, other] = await Promise.all([startCall(alice, chatId), startCall(bob, chatId)]);
  expect(one).toBe(other);
  const caughtUp = await alice.call(messageRoutes.listChanges, { params: { chatId }, query: { since: '0' } });
  const notes = caughtUp.kind === 'changes' ? caughtUp.changes.messages.map(({ content }) => content) : [];
  expect(notes).toContainEqual({ kind: 'system', note: { what: 'callStarted', callId: one } });
  expect(notes.filter((content) => content.kind === 'system' && content.note.what === 'callStarted')).toHaveLength(1);
});

test('a call that is begun sealed is so to all who read the chat, whatever the next one says', async () => {
  const { alice, bob, chatId } = await aPair();
  const id = newId<CallId>();
  await alice.call(callRoutes.startCall, { params: { chatId }, body: { id, isSealed: true } });
  expect(await startCall(bob, chatId)).toBe(id);
  const { summary } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  expect(summary.chat.call).toMatchObject({ id, isSealed: true });
});

test('whoever is not in the chat learns nothing of its call', async () => {
  const { alice, chatId } = await aPair();
  const stranger = await aUser(app);
  const callId = await startCall(alice, chatId);
  const deviceId = newId<DeviceId>();
  await expect(
    stranger.call(callRoutes.startCall, { params: { chatId }, body: { id: newId<CallId>() } }),
  ).rejects.toThrow('chat-not-found');
  await expect(stranger.call(callRoutes.getCall, { params: { callId } })).rejects.toThrow('call-not-found');
  await expect(join(stranger, callId)).rejects.toThrow('call-not-found');
  await expect(stranger.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId } })).rejects.toThrow(
    'call-not-found',
  );
});

test('someone removed from the group is out of the call within 2 s and cannot come back with the saved token', async () => {
  const { alice, bob, chatId } = await aPair();
  const callId = await startCall(alice, chatId);
  const admission = await join(bob, callId);
  const inside = await enter(admission);
  expect(inside.isIn).toBe(true);

  const removedAt = performance.now();
  await alice.call(chatRoutes.removeMember, { params: { chatId, userId: bob.user.id } });
  await inside.closed;
  expect(performance.now() - removedAt).toBeLessThan(2_000);
  expect((await enter(admission)).isIn).toBe(false);
  await expect(join(bob, callId)).rejects.toThrow('call-not-found');
});

test('a block in a call of two through the media server takes out whoever blocks, within 2 s and for good; the other is told nothing', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const callId = await startCall(alice, chat.id);
  const admissions = await Promise.all([join(alice, callId), join(bob, callId)]);
  const [alices, bobs] = await Promise.all([enter(admissions[0]), enter(admissions[1])]);
  expect([alices.isIn, bobs.isIn]).toEqual([true, true]);

  const whom = { params: { userId: alice.user.id } };
  const blockedAt = performance.now();
  await bob.call(peopleRoutes.blockPerson, whom, app.nodes[1]);
  await bobs.closed;
  expect(performance.now() - blockedAt).toBeLessThan(2_000);
  expect((await enter(admissions[1])).isIn).toBe(false);
  await expect(join(bob, callId)).rejects.toThrow('blocked-by-you');
  expect(await Promise.race([alices.closed.then(() => 'out'), pause(1_000).then(() => 'in')])).toBe('in');
  expect((await enter(await join(alice, callId))).isIn).toBe(true);

  await bob.call(peopleRoutes.unblockPerson, whom);
  expect((await enter(await join(bob, callId))).isIn).toBe(true);
});

test('a session that is signed out takes its device out of the call', async () => {
  const { alice, bob, chatId } = await aPair();
  const callId = await startCall(alice, chatId);
  await join(alice, callId);
  const elsewhere = await signInAgain(app, bob);
  const admission = await join(elsewhere, callId);
  const inside = await enter(admission);

  const endedAt = performance.now();
  await bob.call(authRoutes.signOutSession, { params: { sessionId: elsewhere.sessionId } });
  await inside.closed;
  expect(performance.now() - endedAt).toBeLessThan(2_000);
  expect((await enter(admission)).isIn).toBe(false);
  expect((await enter(await join(bob, callId))).isIn).toBe(true);
});

test('the gate answers in our words and never repeats a token', async () => {
  const { alice, chatId } = await aPair();
  const { token } = await join(alice, await startCall(alice, chatId));
  const forged = `${token.slice(0, -4)}AAAA`;
  const answers = await Promise.all([
    validate(forged),
    validate(''),
    validate(token, { origin: 'https://evil.example' }),
  ]);
  for (const { status, text } of answers) {
    expect(status).toBe(403);
    expect(text).toBe('not in this call');
  }
  expect(await validate(token)).toEqual({ status: 200, text: 'success' });
  const beyond = await fetch(`${app.url}/rtc/main/twirp/livekit.RoomService/ListRooms?access_token=${token}`, {
    method: 'POST',
  });
  expect(beyond.status).toBe(404);
});

test('a token of a call that has ended opens nothing', async () => {
  const { alice, chatId } = await aPair();
  const callId = await startCall(alice, chatId);
  const deviceId = newId<DeviceId>();
  const admission = await join(alice, callId, deviceId);
  await enter(admission);
  await alice.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId } });
  expect((await enter(admission)).isIn).toBe(false);
  const { livekit } = testServices();
  await expect.poll(() => roomsOf(livekit)).not.toContain(roomIn(admission.token));
});

test('the media server makes no room for whoever comes with a token alone', async () => {
  const { livekit } = testServices();
  const token = new AccessToken(livekit?.apiKey, livekit?.apiSecret, { identity: 'someone' });
  token.addGrant({ roomJoin: true, room: 'a-room-nobody-made' });
  const url = `${livekit?.url.replace('http', 'ws')}/rtc?access_token=${await token.toJwt()}`;
  expect((await openSocket(url)).isIn).toBe(false);
});

test('whoever got past the gate is thrown out when the media server tells of them', async () => {
  const { alice, chatId } = await aPair();
  const admission = await join(alice, await startCall(alice, chatId));
  const { livekit } = testServices();
  const stolen = new AccessToken(livekit?.apiKey, livekit?.apiSecret, { identity: `${newId()}:${newId()}` });
  stolen.addGrant({ roomJoin: true, room: roomIn(admission.token) });
  const intruder = await openSocket(
    `${livekit?.url.replace('http', 'ws')}/rtc?access_token=${await stolen.toJwt()}&protocol=15`,
  );
  expect(intruder.isIn).toBe(true);

  const news = { event: 'participant_joined', room: { name: roomIn(admission.token) } };
  expect(await tellByWebhook(news)).toBe(200);
  await intruder.closed;
});

test('news with a wrong signature, or none, are not heard', async () => {
  const news = { event: 'room_finished', room: { name: 'any' } };
  expect(await tellByWebhook(news, 'another secret of at least thirty-two')).toBe(401);
  const unsigned = await fetch(`${app.url}/livekit/webhook`, { method: 'POST', body: JSON.stringify(news) });
  expect(unsigned.status).toBe(401);
});

test('while the media server is away calls say so and chat goes on; when it is back, having forgotten all, the same call goes on', async () => {
  const [{ alice, bob, chatId }, elsewhere] = await Promise.all([aPair(), aPair()]);
  const callId = await startCall(alice, chatId);
  const before = await join(alice, callId);
  const { livekit } = testServices();

  line.cut();
  await expect.poll(() => statusFor(alice), { timeout: 5_000 }).toBe('down');
  await expect(join(alice, callId)).rejects.toThrow('calls-unavailable');
  expect(await startCall(bob, chatId)).toBe(callId);
  await expect(startCall(elsewhere.alice, elsewhere.chatId)).rejects.toThrow('calls-unavailable');
  expect((await enter(before)).isIn).toBe(false);
  await alice.call(messageRoutes.postMessage, { params: { chatId }, body: { id: newId(), text: 'still here' } });

  await new RoomServiceClient(livekit?.url ?? '', livekit?.apiKey, livekit?.apiSecret).deleteRoom(roomIn(before.token));
  await line.mend();
  await expect.poll(() => statusFor(alice), { timeout: 5_000 }).toBe('ready');
  expect((await enter(await join(alice, callId))).isIn).toBe(true);
});

async function aPair(): Promise<{ alice: Person; bob: Person; chatId: ChatId }> {
  const [alice, bob] = await Promise.all([aUser(app, { displayName: 'Alice' }), aUser(app, { displayName: 'Bob' })]);
  const { chat } = await aGroup(alice, [bob]);
  return { alice, bob, chatId: chat.id };
}

async function startCall(person: Person, chatId: ChatId): Promise<CallId> {
  const chat = await person.call(callRoutes.startCall, { params: { chatId }, body: { id: newId<CallId>() } });
  if (!chat.call) throw new Error('no call');
  return chat.call.id;
}

async function join(person: Person, callId: CallId, deviceId = newId<DeviceId>()) {
  return throughServer(await person.call(callRoutes.joinCall, { params: { callId }, body: { deviceId } }));
}

async function statusFor(person: Person): Promise<string> {
  return (await person.call(callRoutes.getCallStatus)).status;
}

interface Inside {
  /** The media server let us in. */
  readonly isIn: boolean;
  readonly closed: Promise<void>;
}

/** Goes through the gate as livekit-client does. */
function enter(
  { mediaPath, token }: { readonly mediaPath: string; readonly token: string },
  node: TestNode = app,
): Promise<Inside> {
  return openSocket(
    `${node.url.replace('http', 'ws')}${mediaPath}/rtc?access_token=${token}&protocol=15&auto_subscribe=1`,
  );
}

function openSocket(url: string): Promise<Inside> {
  const socket = new WebSocket(url);
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  return new Promise((resolve) => {
    // The first frame is the media server's answer to joining.
    socket.addEventListener('message', () => resolve({ isIn: true, closed }), { once: true });
    void closed.then(() => resolve({ isIn: false, closed }));
  });
}

async function validate(
  token: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${app.url}/rtc/main/rtc/validate?access_token=${token}`, { headers });
  return { status: answer.status, text: await answer.text() };
}

async function tellByWebhook(news: unknown, secret = testServices().livekit?.apiSecret): Promise<number> {
  const body = JSON.stringify(news);
  const token = new AccessToken(testServices().livekit?.apiKey, secret);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
  token.sha256 = Buffer.from(hash).toString('base64');
  const headers = { authorization: await token.toJwt(), 'content-type': 'application/webhook+json' };
  return (await fetch(`${app.url}/livekit/webhook`, { method: 'POST', headers, body })).status;
}

async function roomsOf(livekit: ReturnType<typeof testServices>['livekit']): Promise<string[]> {
  const rooms = await new RoomServiceClient(livekit?.url ?? '', livekit?.apiKey, livekit?.apiSecret).listRooms();
  return rooms.map((room) => room.name);
}

function roomIn(token: string): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    video: { room: string };
  };
  return claims.video.room;
}
