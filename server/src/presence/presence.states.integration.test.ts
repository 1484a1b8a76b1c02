import type { UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import { peopleRoutes } from '@dialog/shared/people';
import { type PresenceSettings, type Privacy, settingsRoutes } from '@dialog/shared/settings';
import { profileRoutes } from '@dialog/shared/users.profile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { eventually, listen, pause } from '../testing/conversation.ts';
import { aGroup, aUser, type ClientSocket, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

type Heard = ReturnType<typeof listen>;

function told(heard: Heard, userId: UserId): Presence[] {
  return heard
    .flatMap(({ event, payload }) => (event === 'presenceChanged' ? payload.people : []))
    .filter((one_) => one_.userId === userId);
}

const states = (heard: Heard, userId: UserId) => told(heard, userId).map(({ state }) => state);
const isNow = (heard: Heard, userId: UserId, state: Presence['state']) => states(heard, userId).at(-1) === state;

function watch(socket: ClientSocket, userIds: readonly UserId[]): Heard {
  const heard = listen(socket);
  socket.emit('watchPeople', { userIds: [...userIds] });
  return heard;
}

function choose(person: Person, choice: PresenceSettings['choice'], forMs?: number) {
  const until = forMs === undefined ? null : new Date(Date.now() + forMs).toISOString();
  return person.call(settingsRoutes.changeSettings, { body: { presence: { choice, until } } }, other);
}

const letSee = (person: Person, lastSeen: Privacy['lastSeen']) =>
  person.call(settingsRoutes.changeSettings, { body: { privacy: { lastSeen } } });

async function twoInAGroup() {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await aGroup(alice, [bob]);
  return { alice, bob, bobId: bob.user.id };
}

test('R7: who is at none of their devices is away, whichever node each is on; the most active device counts', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const page = await alice.connect(one);
  const heard = watch(page, [bobId]);
  await eventually(() => isNow(heard, bobId, 'offline'));
  const [laptop, phone] = await Promise.all([bob.connect(one), bob.connect(other)]);
  laptop.emit('reportActivity', { isActive: true });
  phone.emit('reportActivity', { isActive: false });
  await eventually(() => isNow(heard, bobId, 'online'), 1_500);
  await pause(1_200);
  expect(states(heard, bobId)).toEqual(['offline', 'online']);
  laptop.emit('reportActivity', { isActive: false });
  await eventually(() => isNow(heard, bobId, 'away'), 1_500);
  phone.emit('reportActivity', { isActive: true });
  await eventually(() => isNow(heard, bobId, 'online'), 1_500);
  phone.close();
  await eventually(() => isNow(heard, bobId, 'away'), 1_500);
  for (const socket of [laptop, page]) socket.close();
});

test('a page in the background that comes back is away from the first word on', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const page = await alice.connect(one);
  const heard = watch(page, [bobId]);
  const tab = await bob.connect(other);
  tab.emit('reportActivity', { isActive: false });
  await eventually(() => isNow(heard, bobId, 'away'), 1_500);
  expect(states(heard, bobId)).not.toContain('online');
  for (const socket of [tab, page]) socket.close();
});

test('do not disturb is shown while one is there, and what was chosen for a time ends by itself', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const [page, bobs] = await Promise.all([alice.connect(one), bob.connect(other)]);
  const heard = watch(page, [bobId]);
  await eventually(() => isNow(heard, bobId, 'online'), 1_500);
  await choose(bob, 'doNotDisturb', 3_000);
  await eventually(() => isNow(heard, bobId, 'doNotDisturb'), 1_500);
  await eventually(() => isNow(heard, bobId, 'online'), 3_000 + 5_000 + 2_000);
  await choose(bob, 'doNotDisturb');
  await eventually(() => isNow(heard, bobId, 'doNotDisturb'), 1_500);
  bobs.close();
  await eventually(() => isNow(heard, bobId, 'offline'), 1_500);
  page.close();
});

test('when somebody was last there is known to the minute, on every node, and is stored with what others leave behind', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const crowd = await Promise.all(Array.from({ length: 12 }, () => aUser(app)));
  const [page, bobs] = await Promise.all([alice.connect(one), bob.connect(other)]);
  const sockets = await Promise.all(crowd.map((person) => person.connect(other)));
  const heard = watch(page, [bobId]);
  await eventually(() => isNow(heard, bobId, 'online'), 1_500);
  const minutes = new Set([minuteOf(Date.now())]);
  for (const socket of [bobs, ...sockets]) socket.close();
  await eventually(() => isNow(heard, bobId, 'offline'), 1_500);
  minutes.add(minuteOf(Date.now()));
  const first = told(heard, bobId).find(({ lastSeenAt }) => lastSeenAt !== undefined);
  expect(minutes).toContain(first?.lastSeenAt);
  const ids = [bobId, ...crowd.map(({ user }) => user.id)];
  await eventually(async () => (await storedSeen(ids)).size === ids.length, 4_000);
  page.close();
  const later = await alice.connect(other);
  const again = watch(later, [bobId]);
  await eventually(() => minutes.has(told(again, bobId).at(-1)?.lastSeenAt ?? ''), 1_500);
  later.close();
});

test('who comes and goes invisible was last there when they could still be seen', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const seen = await bob.connect(one);
  await pause(600);
  seen.close();
  await eventually(async () => (await storedSeen([bobId])).size === 1, 6_000);
  await choose(bob, 'invisible');
  await one.app.db.run('UPDATE last_seen SET seen_at = seen_at - INTERVAL 10 MINUTE WHERE user_id = :id', {
    id: toBytes(bobId),
  });
  const page = await alice.connect(one);
  const heard = watch(page, [bobId]);
  await eventually(() => told(heard, bobId).length > 0, 3_000);
  const [before] = told(heard, bobId);
  expect(Date.parse(before?.lastSeenAt ?? '')).toBeLessThan(Date.now() - 9 * 60_000);
  const unseen = await bob.connect(other);
  unseen.emit('reportActivity', { isActive: true });
  await pause(1_000);
  unseen.close();
  // Over the next writing of when people were seen.
  await pause(3_500);
  expect(told(heard, bobId)).toEqual([before]);
  const later = await alice.connect(other);
  const anew = watch(later, [bobId]);
  await eventually(() => told(anew, bobId).length > 0, 3_000);
  expect(told(anew, bobId)).toEqual([before]);
  for (const socket of [page, later]) socket.close();
});

test('who lets nobody see when they are there is shown as nothing within a second, and sees nobody either', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const [alices, bobs] = await Promise.all([alice.connect(one), bob.connect(other)]);
  const heard = watch(alices, [bobId]);
  const bobHears = watch(bobs, [alice.user.id]);
  await eventually(() => isNow(heard, bobId, 'online') && isNow(bobHears, alice.user.id, 'online'), 1_500);
  await letSee(bob, 'nobody');
  await eventually(() => isNow(heard, bobId, 'offline') && isNow(bobHears, alice.user.id, 'offline'), 1_000);
  bobs.close();
  await pause(1_500);
  expect(told(heard, bobId).at(-1)).toEqual({ userId: bobId, state: 'offline' });
  await letSee(bob, 'everyone');
  await eventually(() => told(heard, bobId).at(-1)?.lastSeenAt !== undefined, 1_500);
  alices.close();
});

test('what somebody says of themselves is told to who has them on screen, there or not, and taken back alike', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const page = await alice.connect(one);
  const heard = watch(page, [bobId]);
  await eventually(() => told(heard, bobId).length > 0, 1_500);
  await bob.call(profileRoutes.setStatus, { body: { text: 'On the boat' } }, other);
  await eventually(() => told(heard, bobId).at(-1)?.status?.text === 'On the boat', 1_500);
  expect(told(heard, bobId).at(-1)?.state).toBe('offline');
  await bob.call(profileRoutes.removeStatus, {}, other);
  await eventually(() => told(heard, bobId).at(-1)?.status === undefined, 1_500);
  page.close();
});

test('what somebody says of themselves for a time is gone from the screens when it is over, and shown to nobody after', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const page = await alice.connect(one);
  const heard = watch(page, [bobId]);
  const until = new Date(Date.now() + 2_500).toISOString();
  await bob.call(profileRoutes.setStatus, { body: { text: 'Back soon', until } }, other);
  await eventually(() => told(heard, bobId).at(-1)?.status?.text === 'Back soon', 1_500);
  await eventually(() => told(heard, bobId).at(-1)?.status === undefined, 2_500 + 5_000 + 2_000);
  const later = await alice.connect(other);
  const anew = watch(later, [bobId]);
  await eventually(() => told(anew, bobId).length > 0, 1_500);
  expect(told(anew, bobId)).toEqual([{ userId: bobId, state: 'offline' }]);
  for (const socket of [page, later]) socket.close();
});

test('friends without a chat in common see each other; across a block nobody is told of anybody, from within a second on', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const bobId = bob.user.id;
  const [alices, bobs] = await Promise.all([alice.connect(one), bob.connect(other)]);
  const heard = watch(alices, [bobId]);
  const bobHears = watch(bobs, [alice.user.id]);
  await pause(1_000);
  expect([...told(heard, bobId), ...told(bobHears, alice.user.id)]).toEqual([]);
  await alice.call(peopleRoutes.requestFriend, { body: { userName: bob.userName } });
  await bob.call(peopleRoutes.acceptFriend, { params: { userId: alice.user.id } });
  await eventually(() => isNow(heard, bobId, 'online') && isNow(bobHears, alice.user.id, 'online'), 1_500);
  await bob.call(peopleRoutes.blockPerson, { params: { userId: alice.user.id } });
  await eventually(() => isNow(heard, bobId, 'offline') && isNow(bobHears, alice.user.id, 'offline'), 1_000);
  expect(told(heard, bobId).at(-1)).toEqual({ userId: bobId, state: 'offline' });
  const before = heard.length;
  bobs.close();
  await pause(1_500);
  expect(told(heard.slice(before), bobId)).toEqual([]);
  alices.close();
});

test('who is to be seen by friends alone is seen by no fellow member', async () => {
  const { alice, bob, bobId } = await twoInAGroup();
  const [page, bobs] = await Promise.all([alice.connect(one), bob.connect(other)]);
  const heard = watch(page, [bobId]);
  await eventually(() => isNow(heard, bobId, 'online'), 1_500);
  await letSee(bob, 'friends');
  await eventually(() => isNow(heard, bobId, 'offline'), 1_000);
  expect(told(heard, bobId).at(-1)).toEqual({ userId: bobId, state: 'offline' });
  for (const socket of [page, bobs]) socket.close();
});

function minuteOf(at: number): string {
  return new Date(Math.floor(at / 60_000) * 60_000).toISOString();
}

async function storedSeen(ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
  const rows = await one.app.db.rows<{ id: Buffer }>('SELECT user_id AS id FROM last_seen WHERE user_id IN (:ids)', {
    ids: ids.map(toBytes),
  });
  return new Set(rows.map(({ id }) => fromBytes<UserId>(id)));
}
