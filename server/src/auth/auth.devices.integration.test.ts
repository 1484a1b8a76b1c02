import { randomBytes } from 'node:crypto';
import { authRoutes } from '@dialog/shared/auth';
import type { SessionId } from '@dialog/shared/contract/values';
import { deviceRoutes } from '@dialog/shared/auth.devices';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { createPlaces } from '../platform/places/places.ts';
import { eventually } from '../testing/conversation.ts';
import { aUser, nextEvent, signInAgain, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';
import { changeRepository } from './auth.changes.repository.ts';
import { deviceRepository } from './auth.devices.repository.ts';
import { createDevices } from './auth.devices.ts';
import { sessionRepository } from './auth.sessions.repository.ts';
import { createSessions } from './auth.sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

const [firstOf, secondOf] = [() => app.nodes[0] ?? app, () => app.nodes[1] ?? app];

async function age({ sessionId }: Person, column: 'created_at' | 'last_seen_at' | 'revoked_at', days: number) {
  await app.app.db.run(`UPDATE sessions SET ${column} = NOW(3) - INTERVAL :days DAY WHERE id = :id`, {
    days,
    id: toBytes(sessionId),
  });
}

async function historyOf(person: Person) {
  const { signIns } = await person.call(deviceRoutes.listSignIns, { query: {} });
  return signIns;
}

test('a device is told by name, network and how it came in, and whether it is there now', async () => {
  const alice = await aUser(app);
  const phone = await signInAgain(app, alice);
  const socket = await phone.connect(firstOf());
  await alice.call(deviceRoutes.renameSession, {
    params: { sessionId: phone.sessionId },
    body: { name: '  My phone ' },
  });
  const { sessions } = await alice.call(authRoutes.listSessions, {}, firstOf());
  expect(sessions).toMatchObject([
    { id: phone.sessionId, name: 'My phone', place: 'local', method: 'password', isConnected: true },
    { id: alice.sessionId, method: 'sign-up', isConnected: false, isThisOne: true },
  ]);
  expect(sessions[1]).not.toHaveProperty('name');
  socket.close();
  await alice.call(deviceRoutes.renameSession, { params: { sessionId: phone.sessionId }, body: { name: null } });
  expect((await alice.call(authRoutes.listSessions)).sessions[0]).not.toHaveProperty('name');
});

test('a new sign-in is told to the other devices on every node, and to nobody else', async () => {
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  const [here, there, foreign] = await Promise.all([
    alice.connect(firstOf()),
    alice.connect(secondOf()),
    mallory.connect(firstOf()),
  ]);
  let isLeaked = false;
  foreign.on('signedInElsewhere', () => (isLeaked = true));
  const told = Promise.all([here, there].map((socket) => nextEvent(socket, 'signedInElsewhere')));
  const phone = await signInAgain(app, alice);
  for (const event of await told)
    expect(event).toMatchObject({ sessionId: phone.sessionId, method: 'password', place: 'local' });
  expect(isLeaked).toBe(false);
  for (const socket of [here, there, foreign]) socket.close();
});

test('the history says when, and how each sign-in ended', async () => {
  const alice = await aUser(app);
  const [own, elsewhere] = [await signInAgain(app, alice), await signInAgain(app, alice)];
  await own.call(authRoutes.signOut);
  await alice.call(authRoutes.signOutSession, { params: { sessionId: elsewhere.sessionId } });
  const changed = await signInAgain(app, alice);
  const { token } = await changed.call(authRoutes.changePassword, {
    body: { currentPassword: alice.password, newPassword: 'entirely other words' },
  });
  const found = await historyOf({ ...(await signInAgain(app, { ...alice, password: 'entirely other words' })) });
  expect(token).toBeDefined();
  const how = new Map(found.map(({ id, end }) => [id, end?.how ?? 'goes on']));
  expect([own, elsewhere, alice, changed].map(({ sessionId }) => how.get(sessionId))).toEqual([
    'signed-out',
    'elsewhere',
    'password',
    'goes on',
  ]);
});

test('a sign-in that nobody ended has run out two weeks after its last use', async () => {
  const alice = await aUser(app);
  const phone = await signInAgain(app, alice);
  await age(phone, 'last_seen_at', 20);
  const [last] = await historyOf(alice);
  expect(last).toMatchObject({ id: phone.sessionId, end: { how: 'expired' } });
  const daysAgo = (Date.now() - Date.parse(last?.end?.at ?? '')) / 86_400_000;
  expect(daysAgo).toBeCloseTo(6, 1);
});

test('a person is signed in fifty times at most: the oldest is closed for the newest', async () => {
  const alice = await aUser(app);
  await age(alice, 'created_at', 2);
  const socket = await alice.connect(secondOf());
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  const at = new Date();
  const others = Array.from({ length: 49 }, () => [
    ...[toBytes(newId()), toBytes(alice.user.id), randomBytes(32)],
    ...['', '::1', at, at, 'password'],
  ]);
  await app.app.db.run(
    'INSERT INTO sessions (id, user_id, token_hash, device, address, created_at, last_seen_at, method) VALUES :rows',
    { rows: others },
  );
  const newest = await signInAgain(app, alice);
  await closed;
  const { sessions } = await newest.call(authRoutes.listSessions);
  expect(sessions).toHaveLength(50);
  expect(sessions.some(({ id }) => id === alice.sessionId)).toBe(false);
  const values = { id: toBytes(alice.sessionId) };
  expect(await app.app.db.rows('SELECT end_reason AS how FROM sessions WHERE id = :id', values)).toEqual([
    { how: 'too-many' },
  ]);
});

test('the history comes page by page, each sign-in once, and shows nothing of others', async () => {
  const alice = await aUser(app);
  for (let count = 0; count < 34; count += 1) await signInAgain(app, alice);
  const first = await alice.call(deviceRoutes.listSignIns, { query: {} });
  expect([first.signIns.length, first.hasMore]).toEqual([30, true]);
  const rest = await alice.call(deviceRoutes.listSignIns, { query: { before: first.signIns.at(-1)?.id } });
  expect([rest.signIns.length, rest.hasMore]).toEqual([5, false]);
  const ids = [...first.signIns, ...rest.signIns].map(({ id }) => id);
  expect(new Set(ids).size).toBe(35);
  expect(ids.at(-1)).toBe(alice.sessionId);
  const mallory = await aUser(app);
  expect(await historyOf(mallory)).toHaveLength(1);
});

/** What sweeps, and notes which sessions it ends. */
function sweeping(ended: SessionId[]) {
  const { db } = app.app;
  const now = () => new Date();
  const sessions = createSessions({
    ...{ db, now, repository: sessionRepository },
    sessionsEnding: async (_tx, ending) => void ended.push(...ending.map(({ sessionId }) => sessionId)),
    shutOut: async () => undefined,
    sessionBegun: async () => undefined,
    committed: () => undefined,
    closeSession: () => undefined,
  });
  return createDevices({
    ...{ db, now, sessions, repository: deviceRepository, changes: changeRepository },
    ...{ places: createPlaces(), keptDays: 90 },
    isConnected: () => false,
    tellChanged: () => undefined,
  });
}

test('a session that ran out ends as if somebody had ended it, once, as of then', async () => {
  const alice = await aUser(app);
  const [unused, old] = [await signInAgain(app, alice), await signInAgain(app, alice)];
  await age(unused, 'last_seen_at', 20);
  await age(old, 'created_at', 31);
  const ended: SessionId[] = [];
  await Promise.all([sweeping(ended).sweep(), sweeping(ended).sweep()]);
  const own = [unused.sessionId, old.sessionId];
  expect(ended.filter((id) => own.includes(id)).toSorted()).toEqual(own.toSorted());
  expect(ended).not.toContain(alice.sessionId);
  const [last, before] = await historyOf(alice);
  expect([last, before]).toMatchObject([{ end: { how: 'expired' } }, { end: { how: 'expired' } }]);
  expect((Date.now() - Date.parse(before?.end?.at ?? '')) / 86_400_000).toBeCloseTo(6, 1);
});

test('what ended is kept for so many days and then gone; what goes on stays', async () => {
  const alice = await aUser(app);
  const [old, recent, ranOut] = [
    await signInAgain(app, alice),
    await signInAgain(app, alice),
    await signInAgain(app, alice),
  ];
  for (const session of [old, recent]) await session.call(authRoutes.signOut);
  await age(old, 'revoked_at', 91);
  await age(recent, 'revoked_at', 89);
  await age(ranOut, 'last_seen_at', 105);
  const devices = sweeping([]);
  await devices.sweep();
  const left = (await historyOf(alice)).map(({ id }) => id);
  expect(left).toEqual([recent.sessionId, alice.sessionId]);
});

test('R8: a sign-in is told although the node that took it is gone', async () => {
  const alice = await aUser(app);
  const phone = await signInAgain(app, alice);
  await app.app.db.run("DELETE FROM outbox WHERE topic = 'auth.signedIn'");
  const socket = await alice.connect(secondOf());
  const told = nextEvent(socket, 'signedInElsewhere');
  await app.app.db.run(
    "INSERT INTO outbox (id, topic, payload, run_after) VALUES (:id, 'auth.signedIn', :payload, NOW(3))",
    { id: toBytes(phone.sessionId), payload: JSON.stringify({ sessionId: phone.sessionId }) },
  );
  expect(await told).toMatchObject({ sessionId: phone.sessionId });
  await eventually(async () => (await app.app.db.rows('SELECT id FROM outbox')).length === 0);
  socket.close();
});
