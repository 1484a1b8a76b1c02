import { callRoutes } from '@dialog/shared/calls';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { aLineTo, type Line } from '../testing/line.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { throughServer } from '../testing/throughServer.ts';
import { startTestApp, type TestApp, testServices } from '../testing/startTestApp.ts';

/** Two media servers as far as Dialog can tell: two lines, each of which can be cut. */
const NAMES = ['one', 'other'] as const;
type Name = (typeof NAMES)[number];

let app: TestApp;
let lines: Record<Name, Line>;

beforeAll(async () => {
  const { livekit } = testServices();
  if (!livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  const [one, other] = await Promise.all([aLineTo(livekit.url), aLineTo(livekit.url)]);
  lines = { one, other };
  app = await startTestApp({
    nodes: 2,
    livekit: NAMES.map((name) => ({ ...livekit, name, url: lines[name].url })),
  });
});

afterAll(async () => {
  await app.stop();
  for (const name of NAMES) lines[name].cut();
});

test('calls are spread over the media servers, and each is written down with its own', async () => {
  const alice = await aUser(app);
  const chats = await Promise.all([1, 2].map(() => aGroup(alice, [])));
  const used: Name[] = [];
  for (const { chat } of chats) {
    const callId = await startCall(alice, chat.id);
    const { mediaPath } = await join(alice, callId);
    expect(mediaPath).toBe(`/rtc/${(await rowOf(callId)).server}`);
    used.push(nameIn(mediaPath));
  }
  expect(used.toSorted()).toEqual([...NAMES].toSorted());
});

test('when its media server dies a call goes on at the other one within 20 s, in one new room for all', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const callId = await startCall(alice, chat.id);
  const before = await join(alice, callId);
  const dead = nameIn(before.mediaPath);
  const alive: Name = dead === 'one' ? 'other' : 'one';
  const { room } = await rowOf(callId);

  const diedAt = performance.now();
  lines[dead].cut();
  const people = [alice, bob, alice, bob];
  const admissions = await Promise.all(
    people.map((person, index) => joinWhenPossible(person, callId, app.nodes[index % 2])),
  );
  expect(performance.now() - diedAt).toBeLessThan(20_000);
  expect(new Set(admissions.map(({ mediaPath }) => mediaPath))).toEqual(new Set([`/rtc/${alive}`]));
  expect(new Set(admissions.map(({ token }) => roomIn(token))).size).toBe(1);
  const after = await rowOf(callId);
  expect(after).toMatchObject({ server: alive, hasEnded: false });
  expect(after.room).not.toBe(room);
  expect(await statusFor(alice)).toBe('ready');

  const [admission] = admissions;
  if (!admission) throw new Error('nobody was let in');
  expect(await opens(admission)).toBe(true);
  // What was for the old room opens nothing, on whichever path; nor does the new token where the call is not.
  expect(await opens({ ...admission, token: before.token })).toBe(false);
  await lines[dead].mend();
  await expect.poll(() => opens(before), { timeout: 5_000 }).toBe(false);
  expect(await opens({ ...admission, mediaPath: before.mediaPath })).toBe(false);
});

async function startCall(person: Person, chatId: ChatId): Promise<CallId> {
  const chat = await person.call(callRoutes.startCall, { params: { chatId }, body: { id: newId<CallId>() } });
  if (!chat.call) throw new Error('no call');
  return chat.call.id;
}

async function join(person: Person, callId: CallId, node = app.nodes[0]) {
  const request = { params: { callId }, body: { deviceId: newId<DeviceId>() } };
  return throughServer(await person.call(callRoutes.joinCall, request, node));
}

/** As the client does: it asks again until the server has found another place. */
async function joinWhenPossible(person: Person, callId: CallId, node = app.nodes[0]) {
  let admission: Awaited<ReturnType<typeof join>> | undefined;
  await expect
    .poll(async () => (admission = await join(person, callId, node).catch(() => undefined)), { timeout: 20_000 })
    .toBeDefined();
  if (!admission) throw new Error('not let in');
  return admission;
}

async function statusFor(person: Person): Promise<string> {
  return (await person.call(callRoutes.getCallStatus)).status;
}

/** Through the gate, as livekit-client goes. */
function opens({ mediaPath, token }: { readonly mediaPath: string; readonly token: string }): Promise<boolean> {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}${mediaPath}/rtc?access_token=${token}&protocol=15`);
  return new Promise((resolve) => {
    socket.addEventListener('message', () => resolve(true), { once: true });
    socket.addEventListener('close', () => resolve(false));
  }).then((isIn) => {
    socket.close();
    return isIn === true;
  });
}

async function rowOf(callId: CallId) {
  const connection = await createConnection(app.databaseUrl);
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT room_name AS room, media_server AS server, ended_at IS NOT NULL AS hasEnded FROM calls WHERE id = ?',
    [toBytes(callId)],
  );
  await connection.end();
  const [row] = rows;
  return { room: String(row?.['room']), server: String(row?.['server']), hasEnded: row?.['hasEnded'] === 1 };
}

function nameIn(mediaPath: string): Name {
  return mediaPath === '/rtc/one' ? 'one' : 'other';
}

function roomIn(token: string): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    video: { room: string };
  };
  return claims.video.room;
}
