import { chatRoutes } from '@dialog/shared/chats';
import { messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { SETTLED_MS, startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import type { TestApp, TestNode } from '../testing/startTestApp.ts';

let pushed: PushedApp;
let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  pushed = await startPushedApp();
  ({ app, other } = pushed);
});
afterAll(() => pushed.stop());

/** Even on a machine that is busy otherwise, and sooner than anything is tried or told again by itself. */
const SOON_MS = 15_000;

const dueOf = ({ user }: Person) =>
  app.app.db.rows('SELECT 1 FROM push_due WHERE user_id = :id', { id: toBytes(user.id) });
/** So many seconds pass. */
async function letPass(seconds: number): Promise<void> {
  await app.app.db.run('UPDATE messages SET posted_at = posted_at - INTERVAL :seconds SECOND', { seconds });
  await app.app.db.run('UPDATE push_due SET due_at = UTC_TIMESTAMP(3)');
  await pause(SETTLED_MS);
}

test('what one looks at waits a minute for their eyes, and not from when they have turned away', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const page = await reader.connect(other);
  page.emit('watchChat', { chatId, isSeen: true });
  await pause(200);
  await post(writer, { chatId, text: 'one' });
  await eventually(async () => (await dueOf(reader)).length === 1);
  await letPass(50);
  expect(device.found).toEqual([]);
  await letPass(12);
  await eventually(() => device.found.length === 1, SOON_MS);

  const { position } = await post(writer, { chatId, text: 'two' });
  await reader.call(messageRoutes.markRead, { params: { chatId }, body: { position } });
  page.emit('watchChat', { chatId, isSeen: false });
  await pause(1_200);
  await post(writer, { chatId, text: 'three' });
  await eventually(() => device.of('message').length === 2, SOON_MS);
  expect(device.of('message').at(-1)).toMatchObject({ count: 1, content: { text: 'three' } });
  page.close();
});

test('each is told how much is new to them, not to another', async () => {
  const writer = await aUser(app);
  const [quick, slow] = await Promise.all([pushed.aReader('Quick'), pushed.aReader('Slow')]);
  const { chat } = await aGroup(writer, [quick.reader, slow.reader]);
  const first = await post(writer, { chatId: chat.id, text: 'one' });
  await eventually(() => [quick, slow].every(({ device }) => device.of('message').length === 1), SOON_MS);
  const body = { position: first.position };
  await quick.reader.call(messageRoutes.markRead, { params: { chatId: chat.id }, body });
  await pause(1_200);
  await post(writer, { chatId: chat.id, text: 'two' });
  await eventually(() => [quick, slow].every(({ device }) => device.of('message').length === 2), SOON_MS);
  expect([quick, slow].map(({ device }) => device.of('message').at(-1)?.count)).toEqual([1, 2]);
});

test('what was withheld in a block is not counted in what is told after it', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const whom = { params: { userId: writer.user.id } };
  await reader.call(peopleRoutes.blockPerson, whom);
  await post(writer, { chatId, text: 'psst' });
  await pause(SETTLED_MS);
  await reader.call(peopleRoutes.unblockPerson, whom);
  await post(writer, { chatId, text: 'hello' });
  await eventually(() => device.found.length === 1);
  expect(device.of('message')).toMatchObject([{ count: 1, content: { text: 'hello' } }]);
});

test('what its service has taken waits for no further try', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  await post(writer, { chatId, text: 'hello' });
  await eventually(() => device.found.length === 1);
  const open = () =>
    app.app.db.rows(
      `SELECT 1 FROM push_deliveries d JOIN push_subscriptions k ON k.id = d.subscription_id
       WHERE k.user_id = :id AND (d.run_after IS NOT NULL OR d.body IS NOT NULL)`,
      { id: toBytes(reader.user.id) },
    );
  await eventually(async () => (await open()).length === 0, SOON_MS);
});

test('a device from which a chat was taken off is not asked to take it off again for what it was not told', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const params = { chatId };
  const first = await post(writer, { chatId, text: 'one' });
  await eventually(() => device.found.length === 1);
  await reader.call(messageRoutes.markRead, { params, body: { position: first.position } });
  await eventually(() => device.of('withdraw').length === 1);
  const page = await reader.connect(other);
  page.emit('watchChat', { chatId, isSeen: true });
  await pause(200);
  const second = await post(writer, { chatId, text: 'two' });
  await reader.call(messageRoutes.markRead, { params, body: { position: second.position } });
  await pause(SETTLED_MS + 1_500);
  expect(device.found).toHaveLength(2);
  page.close();
});

test('what comes anew takes the place of what was to be taken off', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const { position } = await post(writer, { chatId, text: 'one' });
  await eventually(() => device.found.length === 1);
  await pause(1_200);
  await reader.call(messageRoutes.markRead, { params: { chatId }, body: { position } });
  const whose = { id: toBytes(reader.user.id) };
  // There is time enough for the next to come first.
  await app.app.db.run('UPDATE push_marks SET withdraw_at = withdraw_at + INTERVAL 1 HOUR WHERE user_id = :id', whose);
  await post(writer, { chatId, text: 'two' });
  await eventually(() => device.of('message').length === 2, SOON_MS);
  const marks = await app.app.db.rows('SELECT withdraw_at AS at FROM push_marks WHERE user_id = :id', whose);
  expect([marks, device.of('withdraw')]).toEqual([[{ at: null }], []]);
});

test('what is on the screens of who is taken out of a group goes from them', async () => {
  const [writer, { reader, device }] = await Promise.all([aUser(app), pushed.aReader()]);
  const { chat } = await aGroup(writer, [reader]);
  const { position } = await post(writer, { chatId: chat.id, text: 'among ourselves' });
  await eventually(() => device.found.length === 1);
  await writer.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: reader.user.id } }, other);
  await eventually(() => device.of('withdraw').length === 1, SOON_MS);
  expect(device.of('withdraw')).toMatchObject([{ tag: `chat:${chat.id}`, until: position }]);
});
