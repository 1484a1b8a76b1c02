import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { profileRoutes } from '@dialog/shared/users.profile';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
import { eventually } from '../testing/conversation.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** Whom this chat was told to be what this person is called. */
async function toldOf(person: Person, chatId: ChatId, database: mysql.Connection): Promise<boolean> {
  const [rows] = await database.query(
    `SELECT 1 FROM members m JOIN users u ON u.id = m.user_id
     WHERE m.chat_id = ? AND m.user_id = ? AND m.profile_revision = u.profile_revision`,
    [toBytes(chatId), toBytes(person.user.id)],
  );
  return (rows as unknown[]).length > 0;
}

test('a chat whose key does not open keeps no other from learning of a new name, and learns of it once the key opens', async () => {
  const [ann, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat: broken } = await aGroup(ann, [bob]);
  const { chat: whole } = await aGroup(ann, [bob, carol]);
  const database = await mysql.createConnection({ uri: app.databaseUrl });
  const values = [toBytes(broken.id)];
  const [[kept]] = (await database.query('SELECT wrapped_key FROM chat_keys WHERE chat_id = ?', values)) as unknown as [
    [{ wrapped_key: Buffer }],
  ];
  const put = (key: Buffer) =>
    database.query('UPDATE chat_keys SET wrapped_key = ? WHERE chat_id = ?', [key, ...values]);
  await put(Buffer.alloc(kept.wrapped_key.length));
  // A node that has not had the key at hand.
  const fresh: TestNode = await app.restart();
  await ann.call(profileRoutes.changeProfile, { body: { displayName: 'Ann Anders' } }, fresh);
  await eventually(() => toldOf(ann, whole.id, database), 3_000);
  const listed = await carol.call(chatRoutes.listMembers, { params: { chatId: whole.id }, query: {} }, fresh);
  expect(listed.members.map(({ user }) => user.displayName)).toContain('Ann Anders');
  expect(await toldOf(ann, broken.id, database)).toBe(false);
  await put(kept.wrapped_key);
  await eventually(() => toldOf(ann, broken.id, database), 15_000);
  await database.end();
});
