import { callRoutes } from '@dialog/shared/calls';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { type PresenceSettings, settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, listen, pause, post } from './conversation.ts';
import { aGroup, aUser, type ClientSocket, type Person } from './people.ts';
import { startTestApp, type TestApp, testServices, type TestNode } from './startTestApp.ts';
import { throughServer } from './throughServer.ts';

/**
 * What others learn of somebody invisible is, field by field, what they learn of somebody who is not there. Bob is
 * invisible and does all that leaves a trace; Carol has gone. Whatever Alice hears and is answered must be the same of
 * both.
 */

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  const { livekit } = testServices();
  if (!livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  app = await startTestApp({ nodes: 2, livekit });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

interface Scene {
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
  readonly chatId: ChatId;
  readonly page: ClientSocket;
  readonly heard: ReturnType<typeof listen>;
}

function choose(person: Person, choice: PresenceSettings['choice'], until: string | null = null) {
  return person.call(settingsRoutes.changeSettings, { body: { presence: { choice, until } } }, other);
}

/** Bob and Carol have just been there; Carol has left, Bob has become invisible. Alice has all of it on screen. */
async function aScene(): Promise<Scene> {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob, carol]);
  const [page, bobs, carols] = await Promise.all([alice.connect(one), bob.connect(other), carol.connect(other)]);
  const heard = listen(page);
  page.emit('watchChat', { chatId: chat.id });
  page.emit('watchPeople', { userIds: [bob.user.id, carol.user.id] });
  const both = (state: string) => [bob, carol].every(({ user }) => stateIn(heard, user.id) === state);
  await eventually(() => both('online'), 3_000);
  carols.close();
  await choose(bob, 'invisible');
  await eventually(() => both('offline'), 3_000);
  bobs.close();
  return { alice, bob, carol, chatId: chat.id, page, heard };
}

function stateIn(heard: Scene['heard'], userId: string): string | undefined {
  return heard
    .flatMap(({ event, payload }) => (event === 'presenceChanged' ? payload.people : []))
    .findLast((told) => told.userId === userId)?.state;
}

/** All that a person can do without writing; the devices and the call stay open until `leave`. */
async function doAll({ alice, bob, chatId }: Scene) {
  const [phone, laptop] = await Promise.all([bob.connect(other), bob.connect(one)]);
  for (const socket of [phone, laptop]) {
    socket.emit('reportActivity', { isActive: true });
    socket.emit('watchChat', { chatId });
  }
  const message = await post(alice, { chatId, text: 'are you there?' });
  const { position } = message;
  phone.emit('type', { chatId });
  await bob.call(messageRoutes.markDelivered, { body: { cursors: [{ chatId, position }] } }, one);
  await bob.call(messageRoutes.markRead, { params: { chatId }, body: { position } }, other);
  laptop.emit('type', { chatId });
  const chat = await alice.call(callRoutes.startCall, { params: { chatId }, body: { id: newId<CallId>() } });
  const callId = chat.call?.id as CallId;
  const inCall = [await enterCall(alice, callId), await enterCall(bob, callId)];
  const own = listen(phone);
  // Over the next look at the call, and the next telling of presence and cursors.
  await pause(2_500);
  return { message, callId, own, leave: () => [phone, laptop, ...inCall].forEach((open) => open.close()) };
}

/** Everything that Alice is answered about the chat and its people. */
async function askAll({ alice, chatId, bob, carol }: Scene, acts: Awaited<ReturnType<typeof doAll>>) {
  const params = { chatId };
  const fresh = await alice.connect(other);
  const anew = listen(fresh);
  fresh.emit('watchPeople', { userIds: [bob.user.id, carol.user.id] });
  await eventually(() => stateIn(anew, carol.user.id) !== undefined, 2_000);
  const answers = await Promise.all([
    alice.call(messageRoutes.openChat, { params }),
    alice.call(messageRoutes.listChanges, { params, query: { since: '0' } }),
    alice.call(messageRoutes.syncChats, { body: { since: 0, known: [] } }),
    alice.call(messageActRoutes.listReaders, { params: { ...params, messageId: acts.message.id }, query: {} }),
    alice.call(callRoutes.getCall, { params: { callId: acts.callId } }),
    alice.call(callRoutes.getCall, { params: { callId: acts.callId } }, other),
  ]);
  fresh.close();
  return { answers, anew };
}

test('what others learn of somebody invisible is what they learn of somebody who is not there, field by field', async () => {
  const scene = await aScene();
  const { heard, bob, carol } = scene;
  const before = heard.length;
  const acts = await doAll(scene);
  const learnt = { heard: heard.slice(before), ...(await askAll(scene, acts)) };
  expect(traceOf(learnt, bob)).toEqual(traceOf(learnt, carol));
  // Not because nothing was looked at.
  expect(traceOf(learnt, carol).length).toBeGreaterThan(4);
  acts.leave();
  await pause(2_000);
  const last = heard.slice(before);
  expect(traceOf(last, bob)).toEqual(traceOf(last, carol));
  scene.page.close();
}, 30_000);

test('their own devices stay exact meanwhile', async () => {
  const scene = await aScene();
  const { bob, chatId } = scene;
  const acts = await doAll(scene);
  const { position } = acts.message;
  const opened = await bob.call(messageRoutes.openChat, { params: { chatId } }, one);
  expect(opened.cursors.find(({ userId }) => userId === bob.user.id)).toMatchObject({ deliveredPosition: position });
  expect(opened.summary).toMatchObject({ readPosition: position, unreadCount: 0 });
  const inCall = (people: { participants: readonly { userId: string }[] }) =>
    people.participants.filter(({ userId }) => userId === bob.user.id).length;
  for (const node of [one, other])
    expect(inCall(await bob.call(callRoutes.getCall, { params: { callId: acts.callId } }, node))).toBe(1);
  const told = acts.own.flatMap(({ event, payload }) => (event === 'callPeopleChanged' ? [inCall(payload)] : []));
  expect(told.at(-1)).toBe(1);
  acts.leave();
  scene.page.close();
}, 30_000);

test('visible again, others learn within seconds what is so: presence, receipts, and who is in the call', async () => {
  const scene = await aScene();
  const { bob, heard } = scene;
  const acts = await doAll(scene);
  await choose(bob, 'automatic');
  await eventually(() => stateIn(heard, bob.user.id) === 'online', 2_000);
  await eventually(() => readIn(heard, bob) === acts.message.position, 2_000);
  await eventually(() => isInCall(heard, bob), 3_000);
  const { cursors } = await scene.alice.call(messageRoutes.openChat, { params: { chatId: scene.chatId } }, one);
  expect(cursors.find(({ userId }) => userId === bob.user.id)?.readPosition).toBe(acts.message.position);
  // And gone from the call's people again, while still in it.
  await choose(bob, 'invisible');
  await eventually(() => !isInCall(heard, bob), 3_000);
  acts.leave();
  scene.page.close();
}, 30_000);

test('what was chosen for a time ends by itself, receipts included', async () => {
  const scene = await aScene();
  const { bob, heard } = scene;
  const acts = await doAll(scene);
  await choose(bob, 'invisible', new Date(Date.now() + 4_000).toISOString());
  await pause(500);
  expect(readIn(heard, bob)).toBeUndefined();
  await eventually(() => readIn(heard, bob) === acts.message.position, 12_000);
  await eventually(() => stateIn(heard, bob.user.id) === 'online', 3_000);
  acts.leave();
  scene.page.close();
}, 40_000);

function readIn(heard: Scene['heard'], { user }: Person): number | undefined {
  return heard
    .flatMap(({ event, payload }) => (event === 'cursorsMoved' ? payload.cursors : []))
    .findLast(({ userId }) => userId === user.id)?.readPosition;
}

function isInCall(heard: Scene['heard'], { user }: Person): boolean {
  const last = heard.flatMap(({ event, payload }) => (event === 'callPeopleChanged' ? [payload] : [])).at(-1);
  return last?.participants.some(({ userId }) => userId === user.id) ?? false;
}

/** Through the gate, as livekit-client does. */
async function enterCall(person: Person, callId: CallId): Promise<WebSocket> {
  const body = { deviceId: newId<DeviceId>() };
  const { mediaPath, token } = throughServer(
    await person.call(callRoutes.joinCall, { params: { callId }, body }, other),
  );
  const address = other.url.replace('http', 'ws');
  const socket = new WebSocket(`${address}${mediaPath}/rtc?access_token=${token}&protocol=15&auto_subscribe=1`);
  await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  return socket;
}

/** Every object that names this person, with their name replaced: what one learns of them. Revisions are places in a row. */
function traceOf(learnt: unknown, { user }: Person): string[] {
  const traces: string[] = [];
  const words: readonly [string, string][] = [
    [user.id, 'their id'],
    [user.userName, 'their name'],
    [user.displayName, 'their name'],
  ];
  const plain = (key: string, value: unknown): unknown =>
    key === 'revision' ? undefined : (words.find(([word]) => word === value)?.[1] ?? value);
  (function look(value: unknown, where: string): void {
    if (typeof value !== 'object' || value === null) return;
    const fields: [string, unknown][] = Object.entries(value);
    const isThem = fields.some(([key, field]) => field === user.id || (key === 'user' && isUser(field, user.id)));
    if (isThem) traces.push(`${where}: ${JSON.stringify(value, plain)}`);
    for (const [key, field] of fields) look(field, Array.isArray(value) ? where : `${where}.${key}`);
  })(learnt, '');
  return traces.toSorted();
}

function isUser(value: unknown, id: string): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && value.id === id;
}
