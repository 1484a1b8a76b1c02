import { clearingRoutes } from '@dialog/shared/chats.clearing';
import type { ChatId } from '@dialog/shared/contract/values';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { threadRoutes } from '@dialog/shared/messages.threads';
import { pushRoutes } from '@dialog/shared/push';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aGroup, type Person } from '../testing/people.ts';
import { startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import type { PushDevice } from '../testing/pushService.ts';
import type { TestApp, TestNode } from '../testing/startTestApp.ts';
import { markRepository } from './push.marks.repository.ts';

let pushed: PushedApp;
let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  pushed = await startPushedApp();
  ({ app, other } = pushed);
});
afterAll(() => pushed.stop());

const aPair = (): ReturnType<PushedApp['aPair']> => pushed.aPair();
type Pair = Awaited<ReturnType<typeof aPair>>;

/** The service of this device did not take a push yet. */
async function waits(reader: Person, device: PushDevice) {
  const params = { deviceId: device.deviceId };
  await eventually(async () => (await reader.call(pushRoutes.getPushHealth, { params })).lastError?.outcome === 'busy');
}

const remove = (writer: Person, { id, chatId }: Message) =>
  writer.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [id] } }, other);

const textsOn = (device: PushDevice) => device.of('message').map(({ content }) => content?.text);

type Act = (pair: Pair, said: Message) => Promise<unknown>;
const ACTS: readonly (readonly [string, Act])[] = [
  ['deleted for everyone', ({ writer }, said) => remove(writer, said)],
  [
    'deleted by its reader for themselves',
    ({ reader, chatId }, { position }) =>
      reader.call(messageActRoutes.hideMessages, { params: { chatId }, body: { positions: [position] } }, other),
  ],
  [
    'cleared for everyone',
    ({ writer, chatId }) => writer.call(clearingRoutes.clearForEveryone, { params: { chatId } }, other),
  ],
  [
    'cleared by its reader for themselves',
    ({ reader, chatId }, { position }) =>
      reader.call(clearingRoutes.clearForMe, { params: { chatId }, body: { position } }, other),
  ],
  ['over, as its time is', (_pair, { chatId, position }) => expire(chatId, position)],
];

async function expire(chatId: ChatId, position: number): Promise<void> {
  await app.app.db.run(
    `INSERT INTO expiring_messages (expires_at, chat_id, position) VALUES (UTC_TIMESTAMP(3), UNHEX(:chatId), :position)`,
    { chatId: chatId.replaceAll('-', ''), position },
  );
}

test.concurrent.each(ACTS)('what is %s goes from the screen it was shown on', async (_what, act) => {
  const pair = await aPair();
  const { writer, device, chatId } = pair;
  const said = await post(writer, { chatId, text: 'I should not have said that' });
  await eventually(() => device.found.length === 1);
  await act(pair, said);
  await eventually(() => device.of('withdraw').length === 1, 8_000);
  expect(device.of('withdraw')).toMatchObject([{ tag: `chat:${chatId}`, until: said.position }]);
});

test.concurrent.each(ACTS)('what is %s while its service has not taken it is not sent', async (_what, act) => {
  const pair = await aPair();
  const { writer, reader, device, chatId } = pair;
  device.answer(503);
  const said = await post(writer, { chatId, text: 'I should not have said that' });
  await waits(reader, device);
  await act(pair, said);
  await eventually(async () => !(await isStanding(reader, said)), 8_000);
  device.answer(null);
  await pause(4_500);
  expect(device.of('message')).toEqual([]);
});

/** Whether it is there for this person. */
async function isStanding(reader: Person, { chatId, position }: Message): Promise<boolean> {
  const [row] = await app.app.db.rows<{ stands: number }>(
    `SELECT 1 AS stands FROM messages x JOIN chats c ON c.id = x.chat_id
       JOIN members m ON m.chat_id = x.chat_id AND m.user_id = UNHEX(:userId)
       LEFT JOIN message_marks k ON k.user_id = m.user_id AND k.chat_id = m.chat_id AND k.position = x.position
     WHERE x.chat_id = UNHEX(:chatId) AND x.position = :position AND x.kind <> 'deleted' AND k.is_hidden IS NOT TRUE
       AND x.position > GREATEST(c.cleared_position, m.cleared_position)`,
    { userId: reader.user.id.replaceAll('-', ''), chatId: chatId.replaceAll('-', ''), position },
  );
  return row !== undefined;
}

test.concurrent('a push that stood for several messages is made anew of those that are left', async () => {
  const { writer, reader, device, chatId } = await aPair();
  device.answer(503);
  const [first, second] = await Promise.all([
    post(writer, { chatId, text: 'the first' }),
    pause(5).then(() => post(writer, { chatId, text: 'the second' })),
  ]);
  await waits(reader, device);
  await remove(writer, second);
  device.answer(null);
  await eventually(() => device.of('message').length > 0, 10_000);
  await pause(3_000);
  expect(textsOn(device)).toEqual(['the first']);
  expect(device.of('message')).toMatchObject([{ position: first.position, count: 1 }]);
});

test.concurrent('what was edited before its service took it is pushed as it is by then, once', async () => {
  const { writer, reader, device, chatId } = await aPair();
  device.answer(503);
  const { id: messageId, position } = await post(writer, { chatId, text: 'a slip of the tongue' });
  await waits(reader, device);
  await writer.call(
    messageActRoutes.editMessage,
    { params: { chatId, messageId }, body: { text: 'what was meant' } },
    other,
  );
  device.answer(null);
  await eventually(() => device.of('message').length > 0, 10_000);
  await pause(3_000);
  expect(textsOn(device)).toEqual(['what was meant']);
  expect(device.of('message')).toMatchObject([{ position, count: 1 }]);
});

test.concurrent('who reads after the push was made anew has it taken off', async () => {
  const { writer, device, chatId } = await aPair();
  const said = await post(writer, { chatId, text: 'one' });
  const last = await post(writer, { chatId, text: 'two' });
  await eventually(() => textsOn(device).includes('two'));
  await remove(writer, said);
  await pause(1_500);
  // What is shown is another one.
  expect(device.of('withdraw')).toEqual([]);
  await remove(writer, last);
  await eventually(() => device.of('withdraw').length === 1);
});

test.concurrent('a reply that its reader has deleted for themselves is not told, though they have read the conversation further', async () => {
  const { writer, reader, device } = await aPair();
  const { chat } = await aGroup(writer, [reader]);
  const params = { chatId: chat.id };
  const root = await post(reader, { chatId: chat.id, text: 'root' });
  const page = await reader.connect(other);
  page.emit('watchChat', { chatId: chat.id, isSeen: true });
  await pause(200);
  const reply = (text: string) =>
    writer.call(messageRoutes.postMessage, { params, body: { id: newId<never>(), text, thread: root.position } });
  await reply('first');
  await eventually(async () => {
    const { roots } = await reader.call(threadRoutes.listThreads, { params, query: { following: 'true' } });
    return roots.length > 0;
  });
  const [second, third] = [await reply('second'), await reply('third')];
  await reader.call(messageRoutes.markRead, { params, body: { position: third.position } });
  await reader.call(messageActRoutes.hideMessages, { params, body: { positions: [third.position] } });
  page.emit('watchChat', { chatId: chat.id, isSeen: false });
  await pause(300);
  await app.app.db.run('UPDATE push_due SET due_at = UTC_TIMESTAMP(3)');
  await eventually(() => device.found.length > 0);
  await pause(1_500);
  expect(device.of('reply').map(({ position, content }) => [position, content?.text])).toEqual([
    [second.position, 'second'],
  ]);
  page.close();
});

test.each<readonly [string, Act]>([
  [
    'read',
    ({ reader, chatId }, { position }) =>
      reader.call(messageRoutes.markRead, { params: { chatId }, body: { position } }, other),
  ],
  ['deleted', ({ writer }, said) => remove(writer, said)],
])('what is %s while it is on its way is withdrawn after it has come', async (_what, act) => {
  const pair = await aPair();
  const { writer, device, chatId } = pair;
  device.slowDown(3_500);
  const said = await post(writer, { chatId, text: 'slowly, slowly' });
  await eventually(() => device.sent() === 1);
  device.slowDown(0);
  await act(pair, said);
  // Too early.
  await eventually(() => device.found.length === 1);
  await eventually(() => device.found.length === 3);
  expect(device.found.map(({ payload }) => payload.kind)).toEqual(['withdraw', 'message', 'withdraw']);
  expect(device.of('withdraw').at(-1)).toMatchObject({ until: said.position });
});

test.concurrent('what is read by an act that commits only after it was told and sent is withdrawn', async () => {
  const { writer, reader, device, chatId } = await aPair();
  const [head] = await app.app.db.rows<{ revision: number }>('SELECT revision FROM chats WHERE id = :chatId', {
    chatId: toBytes(chatId),
  });
  const until = (head?.revision ?? 0) + 1;
  // As reading does; what it would withdraw is not yet there.
  await app.app.db.transaction(async (tx) => {
    const where = 'WHERE chat_id = :chatId AND user_id = :userId';
    const values = { chatId: toBytes(chatId), userId: toBytes(reader.user.id), until };
    await tx.run(`UPDATE members SET read_position = :until ${where}`, values);
    await markRepository.read(tx, { userId: reader.user.id, chatId, thread: 0 }, { until, at: new Date() });
    await post(writer, { chatId, text: 'so far' });
    await eventually(() => device.of('message').length === 1);
    await pause(300);
  });
  await eventually(() => device.of('withdraw').length === 1);
  expect(device.of('withdraw')).toMatchObject([{ until }]);
});
