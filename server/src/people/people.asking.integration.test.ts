import { createHash } from 'node:crypto';
import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes } from '@dialog/shared/chats';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { peopleRoutes, REQUESTS_MAX, REQUESTS_MAX_WHEN_NEW } from '@dialog/shared/people';
import { settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually } from '../testing/conversation.ts';
import { aUser, Refused, type Person } from '../testing/people.ts';
import { startTestApp, testServices, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  const { livekit } = testServices();
  app = await startTestApp({ nodes: 2, ...(livekit ? { livekit } : {}) });
});
afterAll(() => app.stop());

const ask = async (person: Person, whom: Person): Promise<string> => {
  const asking = person.call(peopleRoutes.requestFriend, { body: { userId: whom.user.id } });
  const error: unknown = await asking.catch((refused: unknown) => refused);
  return error instanceof Refused ? error.reply.code : 'asked';
};

/** Requests of theirs that nobody has answered. */
async function letWait({ user }: Person, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => [toBytes(user.id), toBytes(newId()), 'asked', false, 1]);
  await app.app.db.run('INSERT INTO relations (user_id, other_id, friendship, is_blocked, revision) VALUES :rows', {
    rows,
  });
}

test('a new account has ten requests waiting at most, one of a day or more a hundred', async () => {
  const [ann, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  await letWait(ann, REQUESTS_MAX_WHEN_NEW - 1);
  expect([await ask(ann, bob), await ask(ann, carol)]).toEqual(['asked', 'limit-reached']);
  await app.app.db.run('UPDATE users SET created_at = created_at - INTERVAL 25 HOUR WHERE id = :id', {
    id: toBytes(ann.user.id),
  });
  expect(await ask(ann, carol)).toBe('asked');
  await letWait(ann, REQUESTS_MAX - REQUESTS_MAX_WHEN_NEW - 1);
  expect(await ask(ann, await aUser(app))).toBe('limit-reached');
});

test('in a closed directory nobody is found but by the whole user name', async () => {
  const stem = `zz${Math.random().toString(36).slice(2, 8)}`;
  const [ann, bob] = await Promise.all([
    aUser(app),
    aUser(app, { userName: `${stem}_bob`, displayName: `${stem} of old` }),
  ]);
  const found = (name: string) => ann.call(peopleRoutes.findPeople, { body: { name } });
  for (const name of [stem, `${stem}_bo`, `${stem} of`, `${stem} of old`, `${stem}_bo_`, '%'])
    expect(await found(name)).toEqual({ users: [], isOpen: false });
  expect((await found(bob.userName)).users.map(({ id }) => id)).toEqual([bob.user.id]);
});

test('the database holds no personal link that leads to anybody', async () => {
  const ann = await aUser(app);
  const { code } = await ann.call(peopleRoutes.renewAddLink);
  if (code === null) throw new Error('no link');
  const rows = await app.app.db.rows<Record<'code_hash' | 'code', Buffer>>(
    'SELECT code_hash, code FROM add_links WHERE user_id = :id',
    { id: toBytes(ann.user.id) },
  );
  const kept = Buffer.concat(rows.flatMap((row) => [row.code_hash, row.code]));
  for (const form of [Buffer.from(code), Buffer.from(code, 'base64url')]) expect(kept.indexOf(form)).toBe(-1);
  expect(kept.indexOf(createHash('sha256').update(code).digest())).toBe(0);
});

test('whoever blocks somebody adds them to no group either', async () => {
  const [ann, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  await bob.call(peopleRoutes.blockPerson, { params: { userId: ann.user.id } });
  const group = { id: newId<ChatId>(), title: 'Us', memberIds: [ann.user.id, carol.user.id] };
  const made = await bob.call(chatRoutes.createGroup, { body: group });
  expect([made.notAdded, made.chat.memberCount]).toEqual([[ann.user.id], 2]);
});

test.runIf(testServices().livekit)('who lets nobody call is answered all the same when they call', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  await eventually(async () => (await ann.call(callRoutes.getCallStatus)).status === 'ready', 10_000);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  await bob.call(settingsRoutes.changeSettings, { body: { privacy: { call: 'nobody' } } });
  const id = newId<CallId>();
  await bob.call(callRoutes.startCall, { params: { chatId: chat.id }, body: { id } });
  const answering = { params: { callId: id }, body: { deviceId: newId<DeviceId>() } };
  expect(await ann.call(callRoutes.joinCall, answering)).toMatchObject({ way: 'sfu' });
});
