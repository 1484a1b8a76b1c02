import { chatRoutes, type ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { type Message, messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
import { eventually, listen, pause, post } from '../testing/conversation.ts';
import { connectDevice } from '../testing/device.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
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
const block = (person: Person, whom: Person) => person.call(peopleRoutes.blockPerson, about(whom), one);
const unblock = (person: Person, whom: Person) => person.call(peopleRoutes.unblockPerson, about(whom), one);

/** Ann and Bob, who have written to each other. */
async function twoWhoTalk() {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  await post(bob, { chatId: chat.id, text: 'hello ann' });
  return { ann, bob, chatId: chat.id };
}

async function read(person: Person, { chatId, position }: Message): Promise<void> {
  await person.call(messageRoutes.markRead, { params: { chatId }, body: { position } }, other);
}

/** How far the one is told that the other has got. */
async function cursorOf(whom: Person, told: Person, chatId: ChatId) {
  const { cursors } = await told.call(messageRoutes.openChat, { params: { chatId } }, other);
  return cursors.find(({ userId }) => userId === whom.user.id);
}

async function stateOf(sender: Person, { chatId, id }: Message): Promise<string | undefined> {
  const asked = { params: { chatId, messageId: id }, query: {} };
  return (await sender.call(messageActRoutes.listReaders, asked)).people[0]?.state;
}

async function summaryOf(person: Person, chatId: ChatId): Promise<ChatSummary | undefined> {
  const { changes } = await person.call(messageRoutes.syncChats, { body: { since: 0, known: [] } }, other);
  return changes.chats.find(({ chat }) => chat.id === chatId);
}

test('what was withheld stays at sent for its writer, whatever the other reads after the block', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  await block(bob, ann);
  const first = await post(ann, { chatId, text: 'are you there' });
  const last = await post(ann, { chatId, text: 'hm' }, other);
  expect(await cursorOf(bob, ann, chatId)).not.toHaveProperty('passedOver');
  await unblock(bob, ann);
  const back = await post(ann, { chatId, text: 'back again' });
  expect(await cursorOf(bob, ann, chatId)).not.toHaveProperty('passedOver');
  const anns = await ann.connect(one);
  anns.emit('watchChat', { chatId });
  const told = listen(anns);
  await pause(200);
  await read(bob, back);
  const passedOver = [{ from: first.position, until: last.position }];
  const { position } = back;
  const cursor = { userId: bob.user.id, readPosition: position, deliveredPosition: position, passedOver };
  await eventually(() => told.some(({ event }) => event === 'cursorsMoved'), 2_000);
  expect(told.findLast(({ event }) => event === 'cursorsMoved')?.payload).toEqual({ chatId, cursors: [cursor] });
  anns.close();
  expect(await cursorOf(bob, ann, chatId)).toEqual(cursor);
  const states = await Promise.all([first, last, back].map((message) => stateOf(ann, message)));
  expect(states).toEqual(['sent', 'sent', 'read']);
});

test('each block leaves a stretch of its own, and what was read before is read', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  const stretches: { from: number; until: number }[] = [];
  const heard: Message[] = [];
  for (const _ of [1, 2]) {
    await block(bob, ann);
    const { position } = await post(ann, { chatId, text: 'psst' });
    stretches.unshift({ from: position, until: position });
    await unblock(bob, ann);
    const message = await post(ann, { chatId, text: 'hello' });
    await read(bob, message);
    heard.push(message);
  }
  expect((await cursorOf(bob, ann, chatId))?.passedOver).toEqual(stretches);
  expect(await Promise.all(heard.map((message) => stateOf(ann, message)))).toEqual(['read', 'read']);
  await block(bob, ann);
  const [early] = heard as [Message];
  const edit = { params: { chatId, messageId: early.id }, body: { text: 'otherwise' } };
  await ann.call(messageActRoutes.editMessage, edit);
  await unblock(bob, ann);
  expect(await stateOf(ann, early)).toBe('read');
});

test('a withheld message takes the person before the member, as every act does', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  await block(bob, ann);
  const holder = await mysql.createConnection({ uri: app.databaseUrl });
  await holder.query('SET SESSION innodb_lock_wait_timeout = 1');
  await holder.beginTransaction();
  await holder.query('SELECT id FROM users WHERE id = ? FOR UPDATE', [toBytes(bob.user.id)]);
  const sending = post(ann, { chatId, text: 'psst' });
  await pause(500);
  const values = [toBytes(chatId), toBytes(bob.user.id)];
  const held = holder.query('UPDATE members SET bars = bars WHERE chat_id = ? AND user_id = ?', values);
  await expect(held).resolves.toBeDefined();
  await holder.rollback();
  await holder.end();
  await sending;
});

test('what a blocked person says in a group is not unread, at once and on all devices', async () => {
  const [ann, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(ann, [bob, carol]);
  const bobs = await connectDevice(bob, { node: other, isLost: () => false });
  const shown = () => bobs.shown().list.find(({ chat: { id } }) => id === chat.id)?.unreadCount;
  const unread = async () => (await summaryOf(bob, chat.id))?.unreadCount;
  await post(ann, { chatId: chat.id, text: 'one' });
  await post(carol, { chatId: chat.id, text: 'two' });
  await eventually(() => shown() === 2);
  await block(bob, ann);
  await eventually(() => shown() === 1, 2_000);
  await post(ann, { chatId: chat.id, text: 'three' });
  await post(carol, { chatId: chat.id, text: 'four' });
  await eventually(() => shown() === 2, 2_000);
  expect([await unread(), shown()]).toEqual([2, 2]);
  await unblock(bob, ann);
  await eventually(() => shown() === 4, 2_000);
  expect(await unread()).toBe(4);
  bobs.socket.close();
});
