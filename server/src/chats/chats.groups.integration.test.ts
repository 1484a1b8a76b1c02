import { chatRoutes, type Chat } from '@dialog/shared/chats';
import { groupRoutes } from '@dialog/shared/chats.groups';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { pause, post } from '../testing/conversation.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] ?? app;
});
afterAll(() => app.stop());

async function anOwnerAndAMember(): Promise<{ owner: Person; member: Person; chatId: ChatId }> {
  const [owner, member] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [member]);
  return { owner, member, chatId: chat.id };
}

async function chatOf(person: Person, chatId: ChatId): Promise<Chat> {
  return (await person.call(messageRoutes.openChat, { params: { chatId } }, other)).summary.chat;
}

test('a description of several lines reaches everyone in one frame with its note, and lies sealed in the database', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  const socket = await member.connect(other);
  const told = nextEvent(socket, 'chatChanged', ({ chat }) => chat?.description !== undefined);
  const description = 'We read\nand we talk 👩‍👩‍👧.';
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { description } });
  const { chat, messages } = await told;
  expect(chat).toMatchObject({ description });
  expect(messages.map(({ content }) => content)).toMatchObject([
    { note: { what: 'descriptionChanged', isEmpty: false } },
  ]);
  socket.close();
  const database = await mysql.createConnection(app.databaseUrl);
  const [rows] = await database.query('SELECT description FROM chats WHERE description IS NOT NULL');
  await database.end();
  expect(JSON.stringify(rows)).not.toContain('read');
  const again = await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { description } });
  expect(again.messages).toEqual([]);
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { description: ' ' } });
  expect(await chatOf(member, chatId)).not.toHaveProperty('description');
});

test('where only owners and admins post, a member is refused on every node until the group is opened again', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  const before = newId<MessageId>();
  await post(member, { chatId, text: 'in time', id: before });
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { isAnnouncementOnly: true } });
  await expect(post(member, { chatId, text: 'late' }, other)).rejects.toThrow('announcement-only');
  await expect(post(member, { chatId, text: 'late' })).rejects.toThrow('announcement-only');
  // R6: what was posted in time is answered as posted.
  expect(await post(member, { chatId, text: 'in time', id: before }, other)).toMatchObject({ id: before });
  await post(owner, { chatId, text: 'hear, hear' }, other);
  await owner.call(
    chatRoutes.changeRole,
    { params: { chatId, userId: member.user.id }, body: { role: 'admin' } },
    other,
  );
  await post(member, { chatId, text: 'as an admin' });
  expect(await chatOf(member, chatId)).toMatchObject({ isAnnouncementOnly: true });
});

test('in slow mode a member waits between two messages on all nodes, is told how long, and owners do not wait', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { slowModeSeconds: 60 } });
  const first = newId<MessageId>();
  await post(member, { chatId, text: 'one', id: first });
  const refusal: unknown = await post(member, { chatId, text: 'two' }, other).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 429, reply: { code: 'slow-mode' } });
  const { retryAfterSeconds } = (refusal as { reply: { retryAfterSeconds: number } }).reply;
  expect(retryAfterSeconds).toBeGreaterThan(50);
  expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(await post(member, { chatId, text: 'one', id: first }, other)).toMatchObject({ id: first });
  await post(owner, { chatId, text: 'a' });
  await post(owner, { chatId, text: 'b' }, other);
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { slowModeSeconds: 0 } });
  await post(member, { chatId, text: 'three' }, other);
});

test('of several messages that a member posts at the same moment in slow mode one is taken', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { slowModeSeconds: 10 } });
  const nodes = [app, other, app, other, app];
  const outcomes = await Promise.allSettled(nodes.map((node, at) => post(member, { chatId, text: `${at}` }, node)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('nor are several taken that wait for one write together', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  await owner.call(groupRoutes.changeGroup, { params: { chatId }, body: { slowModeSeconds: 10 } });
  let posting: readonly Promise<unknown>[] = [];
  // The owner's message waits for the chat, and behind it those of the member gather.
  await app.app.db.transaction(async (tx) => {
    await tx.rows('SELECT id FROM chats WHERE id = :chatId FOR UPDATE', { chatId: toBytes(chatId) });
    const first = post(owner, { chatId, text: 'first' });
    await pause(200);
    posting = [first, ...['a', 'b', 'c', 'd'].map((text) => post(member, { chatId, text }))];
    await pause(300);
  });
  const outcomes = await Promise.allSettled(posting);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});

test('a direct chat has no settings', async () => {
  const [one, peer] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await one.call(chatRoutes.createDirectChat, { body: { userId: peer.user.id } });
  const changing = one.call(groupRoutes.changeGroup, { params: { chatId: chat.id }, body: { slowModeSeconds: 10 } });
  await expect(changing).rejects.toThrow('not-allowed');
});

test('who is banned is removed at once, cannot be added, and may come back when it is lifted', async () => {
  const [owner, admin, member] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [admin, member]);
  const chatId = chat.id;
  const person = { params: { chatId, userId: member.user.id } };
  await owner.call(chatRoutes.changeRole, {
    params: { chatId, userId: admin.user.id },
    body: { role: 'admin' },
  });
  const banned = await admin.call(groupRoutes.banMember, person, other);
  expect(banned.messages.map(({ content }) => content)).toMatchObject([
    { note: { what: 'memberBanned', userId: member.user.id } },
  ]);
  await expect(post(member, { chatId, text: 'still here?' })).rejects.toThrow('chat-not-found');
  const adding = { params: { chatId }, body: { userIds: [member.user.id] } };
  await expect(owner.call(chatRoutes.addMembers, adding)).rejects.toThrow('member-banned');
  expect(await owner.call(groupRoutes.listBans, { params: { chatId }, query: {} }, other)).toMatchObject({
    bans: [{ user: { id: member.user.id }, bannedBy: admin.user.id }],
    hasMore: false,
  });
  // Once more changes nothing and says nothing.
  expect(await owner.call(groupRoutes.banMember, person)).toMatchObject({ messages: [], chat: null });
  await owner.call(groupRoutes.liftBan, person, other);
  await owner.call(chatRoutes.addMembers, adding);
  await post(member, { chatId, text: 'back again' });
});

test('an admin bans neither owners nor admins, and nobody themselves', async () => {
  const [owner, admin] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [admin]);
  const params = { chatId: chat.id, userId: admin.user.id };
  await owner.call(chatRoutes.changeRole, { params, body: { role: 'admin' } });
  const byAdmin = (userId: typeof owner.user.id) =>
    admin.call(groupRoutes.banMember, { params: { chatId: chat.id, userId } });
  await expect(byAdmin(owner.user.id)).rejects.toThrow('not-allowed');
  await expect(byAdmin(admin.user.id)).rejects.toThrow('not-allowed');
});
