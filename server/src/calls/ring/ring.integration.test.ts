import { ringRoutes } from '@dialog/shared/calls.ring';
import { type Ring } from '@dialog/shared/calls.ring.values';
import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes } from '@dialog/shared/chats';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { peopleRoutes } from '@dialog/shared/people';
import { settingsRoutes, type SettingsChange } from '@dialog/shared/settings';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlValue } from '../../platform/database.ts';
import { newId, toBytes } from '../../platform/ids.ts';
import { hangUp, noteIn, pastOf, startCall } from '../../testing/calling.ts';
import { eventually, listen, pause } from '../../testing/conversation.ts';
import { aGroup, aUser, nextEvent, signInAgain, type ClientSocket, type Person } from '../../testing/people.ts';
import { startTestApp, type TestApp, type TestNode, testServices } from '../../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
let redis: Redis;
beforeAll(async () => {
  if (!testServices().livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
  redis = new Redis(app.redisUrl, { keyPrefix: `${new URL(app.databaseUrl).pathname.slice(1)}:` });
  const somebody = await aUser(app);
  for (const node of app.nodes)
    await eventually(async () => (await somebody.call(callRoutes.getCallStatus, {}, node)).status === 'ready', 10_000);
});
afterAll(async () => {
  redis.disconnect();
  await app.stop();
});

interface Pair {
  readonly ann: Person;
  readonly bob: Person;
  readonly chatId: ChatId;
}

async function aPair(): Promise<Pair> {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  return { ann, bob, chatId: chat.id };
}

const answer = (person: Person, callId: CallId, { deviceId = newId<DeviceId>(), node = one } = {}) =>
  person.call(ringRoutes.answerRing, { params: { callId }, body: { deviceId } }, node);
const decline = (person: Person, callId: CallId) => person.call(ringRoutes.declineCall, { params: { callId } }, other);
const ringsOf = async (person: Person, node = one) => (await person.call(ringRoutes.listRings, {}, node)).rings;
const choose = (person: Person, change: SettingsChange) => person.call(settingsRoutes.changeSettings, { body: change });
const rang = (socket: ClientSocket): Promise<Ring> => nextEvent(socket, 'callRang');

/** What whoever calls is told in the end of the one person who is asked. */
async function stateTold(caller: Person, state: string): Promise<void> {
  await eventually(async () => {
    const { ringing } = await caller.call(ringRoutes.listRings);
    return ringing[0]?.asked[0]?.state === state;
  }, 4_000);
}

test('a call rings on all devices on all nodes; the first answer stops the others within a second', async () => {
  const { ann, bob, chatId } = await aPair();
  const [here, there] = await Promise.all([bob.connect(one), (await signInAgain(app, bob)).connect(other)]);
  const ringing = [rang(here), rang(there)];
  const startedAt = performance.now();
  const callId = await startCall(ann, chatId);
  for (const ring of await Promise.all(ringing))
    expect(ring).toMatchObject({ callId, chatId, from: ann.user.id, isVideo: false });
  expect(performance.now() - startedAt).toBeLessThan(2_000);

  const deviceId = newId<DeviceId>();
  const ended = [here, there].map((socket) => nextEvent(socket, 'callRingEnded'));
  const answeredAt = performance.now();
  await answer(bob, callId, { deviceId });
  for (const end of await Promise.all(ended)) expect(end).toEqual({ callId, reason: 'answered', deviceId });
  expect(performance.now() - answeredAt).toBeLessThan(1_000);
  expect(await ringsOf(bob)).toEqual([]);
  here.close();
  there.close();
});

test('of many devices that answer at once, on two nodes, one is first', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startCall(ann, chatId);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  const tries = Array.from({ length: 12 }, (_, nth) =>
    answer(bob, callId, { node: nth % 2 === 0 ? one : other }).then(
      () => 'first',
      (error: Error) => error.message,
    ),
  );
  const outcomes = await Promise.all(tries);
  expect(outcomes.filter((outcome) => outcome === 'first')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'answered-elsewhere')).toHaveLength(11);
  await expect(decline(bob, callId)).rejects.toThrow('answered-elsewhere');
});

test('who calls is told the truth: how many devices ring, that they are busy, that nobody is there, that it was declined', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startCall(ann, chatId);
  await stateTold(ann, 'unreachable');
  const acknowledge = (deviceId: DeviceId, isBusy: boolean) =>
    bob.call(ringRoutes.acknowledgeRing, { params: { callId }, body: { deviceId, isBusy } }, other);
  const [laptop, phone] = [newId<DeviceId>(), newId<DeviceId>()];
  await acknowledge(laptop, true);
  await stateTold(ann, 'busy');
  const anns = await ann.connect(other);
  const told = nextEvent(anns, 'callRingChanged', ({ asked }) => asked[0]?.devices === 2);
  await acknowledge(laptop, false);
  await acknowledge(phone, false);
  expect((await told).asked).toMatchObject([{ userId: bob.user.id, state: 'ringing', devices: 2 }]);
  const declined = nextEvent(anns, 'callRingChanged', ({ asked }) => asked[0]?.state === 'declined');
  await decline(bob, callId);
  await declined;
  anns.close();
});

test('who is invisible, or hides when they are there, rings as somebody does who is not there', async () => {
  for (const change of [
    { presence: { choice: 'invisible', until: null } },
    { privacy: { lastSeen: 'nobody' } },
  ] as const) {
    const { ann, bob, chatId } = await aPair();
    await choose(bob, change);
    const bobs = await bob.connect(other);
    const ring = rang(bobs);
    const callId = await startCall(ann, chatId);
    await ring;
    const heard = listen(await ann.connect(one));
    const body = { deviceId: newId<DeviceId>(), isBusy: false };
    await bob.call(ringRoutes.acknowledgeRing, { params: { callId }, body });
    await pause(400);
    const { ringing } = await ann.call(ringRoutes.listRings);
    expect(ringing[0]?.asked).toMatchObject([{ state: 'unreachable', devices: 0 }]);
    expect(JSON.stringify(heard)).not.toContain('"ringing"');
    bobs.close();
  }
});

test('who is not to be disturbed hears nothing and has missed a call; who blocks the caller has not even that', async () => {
  const quiet: SettingsChange[] = [
    { presence: { choice: 'doNotDisturb', until: null } },
    { notifications: { quietHours: { from: 0, until: 0, timeZone: 'UTC' } } },
    { notifications: { calls: false } },
    { notifications: { direct: 'nothing' } },
  ];
  for (const change of quiet) {
    const { ann, bob, chatId } = await aPair();
    await choose(bob, change);
    const heard = listen(await bob.connect(other));
    const callId = await startCall(ann, chatId);
    await stateTold(ann, 'unreachable');
    expect(await ringsOf(bob)).toEqual([]);
    await hangUp(ann, callId);
    await eventually(async () => (await pastOf(bob, 'only')).length === 1);
    expect([await pastOf(bob), await pastOf(ann)]).toEqual([['missed'], ['cancelled']]);
    expect(JSON.stringify(heard)).not.toContain('callRang');
  }
  const { ann, bob, chatId } = await aPair();
  await bob.call(peopleRoutes.blockPerson, { params: { userId: ann.user.id } });
  const heard = listen(await bob.connect(other));
  const callId = await startCall(ann, chatId);
  await stateTold(ann, 'unreachable');
  await hangUp(ann, callId);
  await pause(300);
  expect([heard, await ringsOf(bob), await pastOf(bob)]).toEqual([[], [], []]);
});

test('in a group everybody is asked but who lets nobody call and who blocks the caller; in a crowd nobody is', async () => {
  const [ann, bob, carl, dora] = await Promise.all([aUser(app), aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(ann, [bob, carl, dora]);
  await choose(carl, { privacy: { call: 'nobody' } });
  await dora.call(peopleRoutes.blockPerson, { params: { userId: ann.user.id } });
  const callId = await startCall(ann, chat.id);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  expect([await ringsOf(carl), await ringsOf(dora)]).toEqual([[], []]);
  await hangUp(ann, callId);
  expect([await pastOf(bob), await pastOf(carl), await pastOf(dora)]).toEqual([['missed'], [], []]);

  await fill(chat.id, bob);
  await startCall(ann, chat.id);
  await pause(500);
  expect(await ringsOf(bob)).toEqual([]);
});

test('nobody answers: after 45 seconds it was missed, whichever node is there to say so', async () => {
  const { ann, bob, chatId } = await aPair();
  const bobs = await bob.connect(other);
  const callId = await startCall(ann, chatId);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  const ended = nextEvent(bobs, 'callRingEnded');
  await soon(callId, bob);
  expect(await ended).toEqual({ callId, reason: 'missed', deviceId: null });
  await stateTold(ann, 'missed');
  expect(await ringsOf(bob)).toEqual([]);
  await hangUp(ann, callId);
  expect(await noteIn(ann, chatId)).toMatchObject({ outcome: 'missed', isVideo: false, durationMs: 0 });
  expect([await pastOf(ann), await pastOf(bob)]).toEqual([['unanswered'], ['missed']]);
  bobs.close();
});

test('SECURITY 23: nothing of a ring is left in Redis after a minute', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startCall(ann, chatId);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  for (const key of [`ring:${callId}`, `rings:to:${bob.user.id}`, `rings:by:${ann.user.id}`]) {
    const left = await redis.pttl(key);
    expect(left, key).toBeGreaterThan(0);
    expect(left, key).toBeLessThanOrEqual(60_000);
  }
});

test('a node that dies between an answer and what follows from it leaves that to another', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startCall(ann, chatId);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  const bobs = await bob.connect(other);
  const ended = nextEvent(bobs, 'callRingEnded');
  const asked = JSON.parse((await redis.hget(`ring:${callId}`, `p:${bob.user.id}`)) ?? '{}') as object;
  const deviceId = newId<DeviceId>();
  await redis.hset(`ring:${callId}`, `p:${bob.user.id}`, JSON.stringify({ ...asked, state: 'answered', deviceId }));
  await redis.zadd('rings:due', Date.now(), `${callId} ${bob.user.id}`);
  expect(await ended).toEqual({ callId, reason: 'answered', deviceId });
  await stateTold(ann, 'answered');
  bobs.close();
});

test('whoever comes back finds what rings them, and does not find what is over', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startCall(ann, chatId);
  await eventually(async () => (await ringsOf(bob, other)).length === 1);
  expect(await ringsOf(bob, other)).toMatchObject([{ callId, chatId }]);
  await hangUp(ann, callId);
  await eventually(async () => (await ringsOf(bob, other)).length === 0, 1_000);
  expect(await noteIn(bob, chatId)).toMatchObject({ outcome: 'cancelled' });
  expect([await pastOf(ann), await pastOf(bob)]).toEqual([['cancelled'], ['missed']]);
});

test('two who call each other meet in one call', async () => {
  const { ann, bob, chatId } = await aPair();
  const [mine, theirs] = await Promise.all([startCall(ann, chatId, one), startCall(bob, chatId, other)]);
  expect(mine).toBe(theirs);
  await eventually(async () => (await ringsOf(ann)).length + (await ringsOf(bob)).length === 1);
});

test('who is in a call asks one person once more, and nobody else does', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startCall(ann, chatId);
  const body = { deviceId: newId<DeviceId>() };
  await ann.call(callRoutes.joinCall, { params: { callId }, body });
  await eventually(async () => (await ringsOf(bob)).length === 1);
  await decline(bob, callId);
  expect(await ringsOf(bob)).toEqual([]);
  const again = { params: { callId }, body: { userId: bob.user.id } };
  await ann.call(ringRoutes.ringPerson, again, other);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  await stateTold(ann, 'unreachable');
  await expect(bob.call(ringRoutes.ringPerson, again)).rejects.toThrow('call-not-found');
  const stranger = await aUser(app);
  await expect(
    ann.call(ringRoutes.ringPerson, { params: { callId }, body: { userId: stranger.user.id } }),
  ).rejects.toThrow('member-not-found');
});

test('a block while it rings, and a removal from the group, stop the ringing', async () => {
  const { ann, bob, chatId } = await aPair();
  await startCall(ann, chatId);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  await bob.call(peopleRoutes.blockPerson, { params: { userId: ann.user.id } });
  await eventually(async () => (await ringsOf(bob)).length === 0, 2_000);

  const member = await aUser(app);
  const { chat } = await aGroup(ann, [member]);
  await startCall(ann, chat.id);
  await eventually(async () => (await ringsOf(member)).length === 1);
  await ann.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: member.user.id } });
  await eventually(async () => (await ringsOf(member)).length === 0, 2_000);
});

/** Fifty more members, of whom nobody is anyone. */
async function fill(chatId: ChatId, like: Person): Promise<void> {
  const [row] = await app.app.db.rows('SELECT * FROM members WHERE chat_id = :chatId AND user_id = :userId', {
    chatId: toBytes(chatId),
    userId: toBytes(like.user.id),
  });
  const columns = Object.keys(row ?? {});
  const rows = Array.from({ length: 50 }, () =>
    columns.map((column) => (column === 'user_id' ? toBytes(newId()) : (row?.[column] as SqlValue))),
  );
  await app.app.db.run(`INSERT INTO members (${columns.join(', ')}) VALUES :rows`, { rows });
}

/** As if so much time had passed. */
async function soon(callId: CallId, { user }: Person): Promise<void> {
  const field = `p:${user.id}`;
  const asked = JSON.parse((await redis.hget(`ring:${callId}`, field)) ?? '{}') as object;
  await redis.hset(`ring:${callId}`, field, JSON.stringify({ ...asked, expiresAt: Date.now() - 1 }));
  await redis.zadd('rings:due', Date.now() - 1, `${callId} ${user.id}`);
}
