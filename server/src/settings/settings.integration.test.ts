import { DEFAULT_SETTINGS, settingsRoutes } from '@dialog/shared/settings';
import { messageRoutes } from '@dialog/shared/messages';
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

async function settingsOf(person: Person) {
  return (await person.call(messageRoutes.syncChats, { body: { since: 0, known: [] } })).changes.settings;
}

test('what somebody chooses on one device the others show within a second, and nobody else hears of it', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const there = await connectDevice(alice, { node: other, isLost: () => false });
  const bobs = await bob.connect(other);
  const overheard = listen(bobs);
  expect(there.shown().settings).toEqual(DEFAULT_SETTINGS);
  await alice.call(settingsRoutes.changeSettings, { body: { privacy: { call: 'friends' } } }, one);
  await eventually(() => there.shown().settings.privacy.call === 'friends', 1_000);
  expect(await there.fresh()).toEqual(there.shown());
  await pause(200);
  expect(overheard).toEqual([]);
  bobs.close();
});

test('two devices that choose different things do not undo each other, and the same again is no change', async () => {
  const alice = await aUser(app);
  const change = (body: Parameters<typeof alice.call<typeof settingsRoutes.changeSettings>>[1], node: TestNode) =>
    alice.call(settingsRoutes.changeSettings, body, node);
  await Promise.all([
    change({ body: { appearance: { theme: 'dark' } } }, one),
    change({ body: { appearance: { language: 'de' }, notifications: { reactions: true } } }, other),
  ]);
  const chosen = await settingsOf(alice);
  expect(chosen?.appearance).toEqual({ theme: 'dark', language: 'de' });
  expect(chosen?.notifications).toEqual({ ...DEFAULT_SETTINGS.notifications, reactions: true });
  const again = await change({ body: { appearance: { theme: 'dark' } } }, one);
  expect(again.revision).toBe(again.from);
});

test('what an older or newer server stored is read with the defaults for the rest', async () => {
  const alice = await aUser(app);
  await alice.call(settingsRoutes.changeSettings, { body: { appearance: { theme: 'light' } } });
  const body = JSON.stringify({ appearance: { theme: 'light' }, privacy: { call: 'nobody', isNew: true }, more: 1 });
  await one.app.db.run('UPDATE settings SET body = :body WHERE user_id = :id', { body, id: toBytes(alice.user.id) });
  const chosen = await settingsOf(alice);
  expect(chosen?.privacy).toEqual({ ...DEFAULT_SETTINGS.privacy, call: 'nobody' });
  expect(chosen?.appearance.theme).toBe('light');
});

test('what nobody can choose is refused, and nothing is changed', async () => {
  const alice = await aUser(app);
  const bad: unknown[] = [
    { privacy: { call: 'strangers' } },
    { notifications: { quietHours: { from: 1_440, until: 0, timeZone: 'Europe/Berlin' } } },
    { notifications: { quietHours: { from: 0, until: 60, timeZone: 'Mars/Olympus' } } },
    { appearance: { colour: 'red' } },
    { presence: { choice: 'invisible' } },
    { presence: { choice: 'away', until: null } },
  ];
  for (const body of bad)
    await expect(alice.call(settingsRoutes.changeSettings, { body: body as never })).rejects.toThrow(Refused);
  expect(await settingsOf(alice)).toBeUndefined();
});
