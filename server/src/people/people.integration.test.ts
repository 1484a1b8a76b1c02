import type { UserId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { DECLINED_FOR_DAYS, peopleRoutes } from '@dialog/shared/people';
import { profileRoutes } from '@dialog/shared/users.profile';
import type { Relation } from '@dialog/shared/people.values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
import { eventually, listen, pause } from '../testing/conversation.ts';
import { connectDevice } from '../testing/device.ts';
import { aUser, Refused, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

const about = (person: Person) => ({ params: { userId: person.user.id } });
const ask = (asker: Person, asked: Person, node = one) =>
  asker.call(peopleRoutes.requestFriend, { body: { userName: asked.userName } }, node);

async function relationsOf(person: Person): Promise<readonly Relation[]> {
  return (await person.call(messageRoutes.syncChats, { body: { since: 0, known: [] } })).changes.relations ?? [];
}

/** How the first stands to the second. */
async function standing(person: Person, to: Person): Promise<string> {
  const relation = (await relationsOf(person)).find(({ user }) => user.id === to.user.id);
  return relation ? `${relation.friendship}${relation.isBlocked ? ' blocked' : ''}` : 'nothing';
}

async function refusal(act: Promise<unknown>): Promise<string> {
  const error: unknown = await act.catch((refused: unknown) => refused);
  return error instanceof Refused ? error.reply.code : 'not refused';
}

test('who asks and is accepted has a friend, on all devices of both within a second, and nobody else hears', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const [alices, bobs] = await Promise.all([
    connectDevice(alice, { node: other, isLost: () => false }),
    connectDevice(bob, { node: other, isLost: () => false }),
  ]);
  const carols = await carol.connect(other);
  const overheard = listen(carols);
  await ask(alice, bob);
  await eventually(() => bobs.shown().relations[0]?.friendship === 'asks', 1_000);
  expect(alices.shown().relations[0]?.friendship).toBe('asked');
  await bob.call(peopleRoutes.acceptFriend, about(alice), one);
  await eventually(() => alices.shown().relations[0]?.friendship === 'friends', 1_000);
  await eventually(() => bobs.shown().relations[0]?.friendship === 'friends', 1_000);
  expect(await alices.fresh()).toEqual(alices.shown());
  expect(await bobs.fresh()).toEqual(bobs.shown());
  await bob.call(peopleRoutes.removeFriend, about(alice), one);
  await eventually(() => alices.shown().relations.every(({ friendship }) => friendship === 'none'), 1_000);
  expect(overheard).toEqual([]);
  carols.close();
});

test('two who ask each other at the same moment on two nodes are friends, and nobody waits for an answer', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
    await Promise.all([ask(alice, bob, one), ask(bob, alice, other)]);
    expect([await standing(alice, bob), await standing(bob, alice)]).toEqual(['friends', 'friends']);
  }
});

test('accepting and withdrawing at the same moment ends the same for both', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
    await ask(alice, bob);
    await Promise.all([
      bob.call(peopleRoutes.acceptFriend, about(alice), other).catch(() => undefined),
      alice.call(peopleRoutes.withdrawRequest, about(bob), one),
    ]);
    const both = [await standing(alice, bob), await standing(bob, alice)];
    expect(new Set(both).size).toBe(1);
    expect(['friends', 'nothing']).toContain(both[0]);
  }
});

test('who is declined sees a request that is not answered, and asks in vain for a while', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await ask(alice, bob);
  const device = await alice.connect(one);
  const heard = listen(device);
  await bob.call(peopleRoutes.declineFriend, about(alice));
  await pause(300);
  expect(heard).toEqual([]);
  expect([await standing(alice, bob), await standing(bob, alice)]).toEqual(['asked', 'nothing']);
  await alice.call(peopleRoutes.withdrawRequest, about(bob));
  await ask(alice, bob);
  expect([await standing(alice, bob), await standing(bob, alice)]).toEqual(['asked', 'nothing']);
  await alice.call(peopleRoutes.withdrawRequest, about(bob));
  const longAgo = new Date(Date.now() - (DECLINED_FOR_DAYS + 1) * 86_400_000);
  await one.app.db.run('UPDATE relations SET declined_at = :longAgo WHERE user_id = :bob', {
    longAgo,
    bob: toBytes(bob.user.id),
  });
  await ask(alice, bob);
  expect(await standing(bob, alice)).toBe('asks');
  device.close();
});

test('who declined and asks later has a friend at once', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  await ask(alice, bob);
  await bob.call(peopleRoutes.declineFriend, about(alice));
  await ask(bob, alice);
  expect([await standing(alice, bob), await standing(bob, alice)]).toEqual(['friends', 'friends']);
});

test('a personal link leads to its owner until it is renewed or revoked, and dead links look like ones that never were', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  expect((await alice.call(peopleRoutes.getAddLink)).code).toBeNull();
  const { code: first } = await alice.call(peopleRoutes.renewAddLink);
  if (!first) throw new Error('no link');
  expect((await bob.call(peopleRoutes.lookUpAddLink, { body: { code: first } })).id).toBe(alice.user.id);
  const { code: second } = await alice.call(peopleRoutes.renewAddLink);
  if (!second) throw new Error('no link');
  expect((await alice.call(peopleRoutes.getAddLink, {}, other)).code).toBe(second);
  const byLink = (code: string) => bob.call(peopleRoutes.requestFriend, { body: { code } });
  expect(await refusal(byLink(first))).toBe('link-not-found');
  await byLink(second);
  expect(await standing(alice, bob)).toBe('asks');
  await alice.call(peopleRoutes.revokeAddLink);
  expect(await refusal(bob.call(peopleRoutes.lookUpAddLink, { body: { code: second } }))).toBe('link-not-found');
  const stored = await one.app.db.rows<{ code: Buffer }>('SELECT code FROM add_links');
  expect(stored.some(({ code }) => code.toString('utf8').includes(second))).toBe(false);
});

test('whoever is blocked is answered as before: friends to them, a request that is not answered, and nobody by that name', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  await ask(alice, bob);
  await bob.call(peopleRoutes.acceptFriend, about(alice));
  const device = await alice.connect(other);
  const heard = listen(device);
  await bob.call(peopleRoutes.blockPerson, about(alice));
  await bob.call(peopleRoutes.blockPerson, about(carol));
  await pause(300);
  expect(heard).toEqual([]);
  expect([await standing(alice, bob), await standing(bob, alice)]).toEqual(['friends', 'friends blocked']);
  expect(await refusal(ask(carol, bob))).toBe('user-not-found');
  const find = () => carol.call(peopleRoutes.findPeople, { body: { name: bob.userName } });
  expect((await find()).users).toEqual([]);
  await carol.call(peopleRoutes.requestFriend, { body: { userId: bob.user.id } });
  expect([await standing(carol, bob), await standing(bob, carol)]).toEqual(['asked', 'none blocked']);
  // Now they stand in her list: that there is nobody by that name would tell.
  expect(await refusal(ask(carol, bob))).toBe('not refused');
  expect((await find()).users).toHaveLength(1);
  expect(await refusal(ask(bob, carol))).toBe('blocked-by-you');
  await bob.call(peopleRoutes.unblockPerson, about(alice));
  expect([await standing(alice, bob), await standing(bob, alice)]).toEqual(['friends', 'friends']);
  device.close();
});

test('what one asked is taken back when one blocks, and what one was asked is never answered', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  await ask(alice, bob);
  await ask(carol, alice);
  await alice.call(peopleRoutes.blockPerson, about(bob));
  await alice.call(peopleRoutes.blockPerson, about(carol));
  expect([await standing(alice, bob), await standing(bob, alice)]).toEqual(['none blocked', 'nothing']);
  expect([await standing(alice, carol), await standing(carol, alice)]).toEqual(['none blocked', 'asked']);
});

test('nobody asks or blocks themselves, or somebody who is not there', async () => {
  const alice = await aUser(app);
  const nobody = { params: { userId: '01890000-0000-7000-8000-000000000000' as UserId } };
  expect(await refusal(ask(alice, alice))).toBe('user-not-found');
  expect(await refusal(alice.call(peopleRoutes.blockPerson, about(alice)))).toBe('user-not-found');
  expect(await refusal(alice.call(peopleRoutes.blockPerson, nobody))).toBe('user-not-found');
  expect(await refusal(alice.call(peopleRoutes.requestFriend, { body: nobody.params }))).toBe('user-not-found');
  expect(await relationsOf(alice)).toEqual([]);
});

test('a friend with whom one shares no chat is told of another name, also across a block, which an old one would tell of', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  for (const person of [bob, carol]) {
    await ask(person, alice);
    await alice.call(peopleRoutes.acceptFriend, about(person));
  }
  await alice.call(peopleRoutes.blockPerson, about(carol));
  const bobs = await connectDevice(bob, { node: other, isLost: () => false });
  const carols = await connectDevice(carol, { node: other, isLost: () => false });
  await alice.call(profileRoutes.changeProfile, { body: { displayName: 'Alice the Second' } }, one);
  await eventually(() => bobs.shown().relations[0]?.user.displayName === 'Alice the Second', 5_000);
  await eventually(() => carols.shown().relations[0]?.user.displayName === 'Alice the Second', 5_000);
  expect(await carols.fresh()).toEqual(carols.shown());
});

test('a new account asks five people in an hour, and not more', async () => {
  const strict = await startTestApp({ limits: { friendRequestWhenNew: 5 } });
  const [asker, ...others] = await Promise.all(Array.from({ length: 7 }, () => aUser(strict)));
  if (!asker) throw new Error('nobody');
  const outcomes = [];
  for (const person of others)
    outcomes.push(await refusal(asker.call(peopleRoutes.requestFriend, { body: { userId: person.user.id } })));
  expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'not refused'), 'rate-limited']);
  await strict.stop();
});
