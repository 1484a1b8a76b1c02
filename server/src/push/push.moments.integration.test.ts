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
