import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { peopleRoutes } from '@dialog/shared/people';
import { settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, pause } from '../testing/conversation.ts';
import { aUser, signInAgain, type Person } from '../testing/people.ts';
import { SETTLED_MS, startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import type { PushServiceStandIn } from '../testing/pushService.ts';
import type { TestApp, TestNode } from '../testing/startTestApp.ts';

let pushed: PushedApp;
let app: TestApp;
let service: PushServiceStandIn;
let other: TestNode;
beforeAll(async () => {
  pushed = await startPushedApp();
  ({ app, service, other } = pushed);
});
afterAll(() => pushed.stop());

/** Somebody with two devices. */
async function aPerson(displayName: string) {
  const person = await aUser(app, { displayName });
  const devices = [service.device(), service.device()] as const;
  for (const device of devices) {
    await device.subscribe(person);
  }
  const kinds = () => devices.map((device) => device.found.map(({ payload }) => payload.kind));
  return { person, devices, kinds };
}

const about = (person: Person) => ({ params: { userId: person.user.id } });
const ask = (asker: Person, asked: Person, node?: TestNode) =>
  asker.call(peopleRoutes.requestFriend, { body: { userName: asked.userName } }, node);

test('a friend request is told once on each device of who is asked, its acceptance on those of who asked, and to nobody else', async () => {
  const [ada, grace, passerBy] = await Promise.all([aPerson('Ada'), aPerson('Grace'), aPerson('Passer-by')]);
  await ask(ada.person, grace.person);
  // Asked again, it is the same request.
  await ask(ada.person, grace.person, other).catch(() => undefined);
  await eventually(() => grace.devices.every(({ found }) => found.length > 0));
  await pause(SETTLED_MS);
  expect([ada.kinds(), grace.kinds()]).toEqual([
    [[], []],
    [['friendRequest'], ['friendRequest']],
  ]);
  expect(grace.devices[0].of('friendRequest')).toMatchObject([
    { userId: ada.person.user.id, content: { sender: { name: 'Ada', picture: null } } },
  ]);

  await grace.person.call(peopleRoutes.acceptFriend, about(ada.person), other);
  await grace.person.call(peopleRoutes.acceptFriend, about(ada.person)).catch(() => undefined);
  await eventually(() => ada.devices.every(({ found }) => found.length > 0));
  await pause(SETTLED_MS);
  expect([ada.kinds(), grace.kinds(), passerBy.kinds()]).toEqual([
    [['friendAccepted'], ['friendAccepted']],
    [['friendRequest'], ['friendRequest']],
    [[], []],
  ]);
  expect(ada.devices[0].of('friendAccepted')).toMatchObject([
    { userId: grace.person.user.id, content: { sender: { name: 'Grace' } } },
  ]);
});

test('nothing of that is pushed across a block, also one that came before the telling', async () => {
  const [ada, grace] = await Promise.all([aPerson('Ada'), aPerson('Grace')]);
  await grace.person.call(peopleRoutes.blockPerson, about(ada.person));
  await expect(ask(ada.person, grace.person)).rejects.toThrow('user-not-found');
  // Of one written down before the block, told after it.
  const event = { kind: 'friendRequest' as const, actorId: ada.person.user.id };
  const payload = JSON.stringify({ userIds: [grace.person.user.id], event, about: 'of a moment before' });
  await app.app.db.run(
    `INSERT INTO outbox (id, topic, payload, attempts, run_after) VALUES (:id, 'push.event', :payload, 0, UTC_TIMESTAMP(3))`,
    { id: toBytes(newId<string>()), payload },
  );
  await eventually(async () => (await app.app.db.rows("SELECT 1 FROM outbox WHERE topic = 'push.event'")).length === 0);
  await pause(SETTLED_MS);
  expect([ada.kinds(), grace.kinds()]).toEqual([
    [[], []],
    [[], []],
  ]);
});

test('who has friend requests switched off, or is not to be disturbed, is told of none; who shows no content sees no name', async () => {
  const [ada, off, busy, discreet] = await Promise.all(['Ada', 'Off', 'Busy', 'Discreet'].map(aPerson));
  if (!ada || !off || !busy || !discreet) throw new Error('nobody came');
  const choose = ({ person }: typeof ada, body: object) => person.call(settingsRoutes.changeSettings, { body });
  await choose(off, { notifications: { friendRequests: false } });
  await choose(busy, { presence: { choice: 'doNotDisturb', until: null } });
  await choose(discreet, { notifications: { showsContent: false } });
  for (const { person } of [off, busy, discreet]) {
    await ask(ada.person, person);
  }
  await eventually(() => discreet.devices.every(({ found }) => found.length > 0));
  await pause(SETTLED_MS);
  expect([off.kinds(), busy.kinds()]).toEqual([
    [[], []],
    [[], []],
  ]);
  expect(discreet.devices[0].of('friendRequest')).toMatchObject([{ content: null }]);
});

test('a new sign-in is told once on each device of that person, also where they are not to be disturbed, and to nobody else', async () => {
  const [ada, grace] = await Promise.all([aPerson('Ada'), aPerson('Grace')]);
  await ada.person.call(settingsRoutes.changeSettings, { body: { presence: { choice: 'doNotDisturb', until: null } } });
  await signInAgain(other, ada.person);
  await eventually(() => ada.devices.every(({ found }) => found.length > 0));
  await pause(SETTLED_MS);
  expect([ada.kinds(), grace.kinds()]).toEqual([
    [['signIn'], ['signIn']],
    [[], []],
  ]);
});

test('who changes how one proves to be somebody is told on each device of that person, at any hour, and to nobody else', async () => {
  const [ada, grace] = await Promise.all([aPerson('Ada'), aPerson('Grace')]);
  await ada.person.call(settingsRoutes.changeSettings, { body: { presence: { choice: 'doNotDisturb', until: null } } });
  await ada.person.call(recoveryRoutes.makeRecoveryCodes, {}, other);
  await eventually(() => ada.devices.every(({ found }) => found.length > 0));
  await pause(SETTLED_MS);
  expect(ada.devices.map((device) => device.of('accountChanged'))).toMatchObject([
    [{ what: 'codes-made' }],
    [{ what: 'codes-made' }],
  ]);
  expect(grace.kinds()).toEqual([[], []]);
});
