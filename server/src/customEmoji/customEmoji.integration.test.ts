import { randomBytes } from 'node:crypto';
import { chatRoutes } from '@dialog/shared/chats';
import { clearingRoutes } from '@dialog/shared/chats.clearing';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import {
  CUSTOM_EMOJI_MAX,
  customEmojiPath,
  customEmojiRoutes,
  type CustomEmojiId,
  type CustomEmojiVariant,
} from '@dialog/shared/customEmoji';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import mysql from 'mysql2/promise';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { post } from '../testing/conversation.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

// Each picture is opened by a process of its own, on machines that do much else.
vi.setConfig({ testTimeout: 60_000 });

let app: TestApp;
let other: TestNode;
let owner: Person;
let member: Person;
let stranger: Person;
let square: Buffer;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] ?? app;
  [owner, member, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  square = await frame('teal');
});
afterAll(() => app.stop());

const aChat = async () => (await aGroup(owner, [member])).chat.id;

function frame(background: string): Promise<Buffer> {
  return sharp({ create: { width: 300, height: 200, channels: 3, background } })
    .png()
    .toBuffer();
}

async function aMovingPicture(): Promise<Buffer> {
  const frames = await Promise.all(['red', 'lime', 'blue'].map(frame));
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100, 100] })
    .toBuffer();
}

interface Wish {
  readonly name: string;
  readonly file?: Buffer;
  readonly id?: CustomEmojiId;
  readonly by?: Person;
}

async function add(chatId: ChatId, { name, file = square, id = newId(), by = owner }: Wish): Promise<CustomEmojiId> {
  const body = { id, name, picture: file.toString('base64') };
  await by.call(customEmojiRoutes.addCustomEmoji, { params: { chatId }, body });
  return id;
}

const list = (chatId: ChatId, by = member) => by.call(customEmojiRoutes.listCustomEmoji, { params: { chatId } }, other);

const get = (person: Person, id: CustomEmojiId, variant: CustomEmojiVariant) =>
  fetch(`${other.url}${customEmojiPath(id, variant)}`, { headers: { authorization: `Bearer ${person.token}` } });

async function pictureOf(id: CustomEmojiId, variant: CustomEmojiVariant): Promise<Buffer> {
  return Buffer.from(await (await get(member, id, variant)).arrayBuffer());
}

async function inDatabase(statement: string): Promise<Record<string, unknown>[]> {
  const database = await mysql.createConnection(app.databaseUrl);
  const [rows] = await database.query(statement);
  await database.end();
  return rows as Record<string, unknown>[];
}

test('an emoji is told by its revision, listed for members, small, and moving only where it moved', async () => {
  const chatId = await aChat();
  const socket = await member.connect(other);
  const told = nextEvent(socket, 'chatChanged', ({ chat }) => chat?.emojiRevision !== undefined);
  const still = await add(chatId, { name: 'our_tea' });
  const { chat } = await told;
  socket.close();
  const moving = await add(chatId, { name: 'party_tea', file: await aMovingPicture() });
  const { emoji, revision } = await list(chatId);
  expect(emoji).toMatchObject([
    { id: still, name: 'our_tea', madeBy: owner.user.id },
    { id: moving, name: 'party_tea', isMoving: true },
  ]);
  expect(emoji[0]).not.toHaveProperty('isMoving');
  expect(revision).toBeGreaterThan(chat?.emojiRevision ?? 0);
  const bytes = Buffer.from(await (await get(member, moving, 'moving')).arrayBuffer());
  expect(await sharp(bytes, { animated: true }).metadata()).toMatchObject({ format: 'webp', width: 96, pages: 3 });
  expect((await get(member, still, 'moving')).status).toBe(404);
  const answer = await get(member, still, 'still');
  expect(answer.headers.get('cache-control')).toContain('private');
  expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 96, height: 64 });
});

test('members see and use them, strangers and former members do not, and only owners and admins make them', async () => {
  const chatId = await aChat();
  const id = await add(chatId, { name: 'our_tea' });
  expect((await get(stranger, id, 'still')).status).toBe(404);
  await expect(list(chatId, stranger)).rejects.toThrow('chat-not-found');
  await expect(add(chatId, { name: 'mine', by: member })).rejects.toThrow('not-allowed');
  await expect(add(chatId, { name: 'mine', by: stranger })).rejects.toThrow('chat-not-found');
  await owner.call(chatRoutes.removeMember, { params: { chatId, userId: member.user.id } });
  expect((await get(member, id, 'still')).status).toBe(404);
  const elsewhere = await aChat();
  const remove = owner.call(customEmojiRoutes.removeCustomEmoji, { params: { chatId: elsewhere, emojiId: id } });
  await expect(remove).rejects.toThrow('emoji-not-found');
});

test('a name is one of a kind in its chat and none that everyone has; the same id again is the same emoji', async () => {
  const chatId = await aChat();
  const id = await add(chatId, { name: 'our_tea' });
  await expect(add(chatId, { name: 'our_tea' })).rejects.toThrow('emoji-name-taken');
  await expect(add(chatId, { name: 'tada' })).rejects.toThrow('emoji-name-taken');
  for (const name of ['x', 'Tea', 'te a', 'tea!', 'ö_tea', 'a'.repeat(33)])
    await expect(add(chatId, { name })).rejects.toThrow('invalid-request');
  await add(chatId, { name: 'other_name', id });
  await expect(add(await aChat(), { name: 'our_tea', id })).rejects.toThrow('id-taken');
  await add(await aChat(), { name: 'our_tea' });
  const second = await add(chatId, { name: 'your_tea' });
  const rename = (name: string) =>
    owner.call(customEmojiRoutes.renameCustomEmoji, { params: { chatId, emojiId: second }, body: { name } });
  await expect(rename('our_tea')).rejects.toThrow('emoji-name-taken');
  expect(await rename('their_tea')).toMatchObject({ chat: { emojiRevision: expect.any(Number) } });
  expect((await rename('their_tea')).chat).toBeNull();
  expect((await list(chatId)).emoji.map(({ name }) => name)).toEqual(['our_tea', 'their_tea']);
});

test('of ten who take one name at the same moment on two nodes, one has it', async () => {
  const chatId = await aChat();
  const tries = Array.from({ length: 10 }, (_, at) => {
    const body = { id: newId<CustomEmojiId>(), name: 'our_tea', picture: square.toString('base64') };
    return owner.call(customEmojiRoutes.addCustomEmoji, { params: { chatId }, body }, app.nodes[at % 2]);
  });
  const outcomes = await Promise.allSettled(tries);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await list(chatId)).emoji).toHaveLength(1);
});

test('one reacts with it in its chat alone; gone, its reactions stand as text, can be taken off, and not be put on', async () => {
  const chatId = await aChat();
  const emojiId = await add(chatId, { name: 'our_tea' });
  const messageId = newId<MessageId>();
  await post(owner, { chatId, id: messageId, text: 'Tea? :our_tea:' });
  const react = (person: Person, emoji: string, isOn = true) =>
    person.call(messageActRoutes.react, { params: { chatId, messageId }, body: { emoji, isOn } }, other);
  await react(owner, ':our_tea:');
  const { changes, mark } = await react(member, ':our_tea:');
  expect(mark.reactions).toEqual([':our_tea:']);
  expect(changes.messages).toMatchObject([{ reactions: [{ emoji: ':our_tea:', count: 2 }] }]);
  const { people } = await member.call(messageActRoutes.listReactions, {
    params: { chatId, messageId },
    query: { emoji: ':our_tea:' },
  });
  expect(people).toHaveLength(2);
  await expect(react(member, ':your_tea:')).rejects.toThrow('emoji-not-found');
  const elsewhere = { chatId: await aChat(), id: newId<MessageId>(), text: 'No tea here' };
  await post(owner, elsewhere);
  const params = { chatId: elsewhere.chatId, messageId: elsewhere.id };
  const there = member.call(messageActRoutes.react, { params, body: { emoji: ':our_tea:', isOn: true } });
  await expect(there).rejects.toThrow('emoji-not-found');

  await owner.call(customEmojiRoutes.removeCustomEmoji, { params: { chatId, emojiId } });
  const { history } = await member.call(messageRoutes.openChat, { params: { chatId } }, other);
  expect(history.messages.at(-1)).toMatchObject({
    content: { text: 'Tea? :our_tea:' },
    reactions: [{ emoji: ':our_tea:', count: 2 }],
  });
  await react(member, ':our_tea:', false);
  await expect(react(member, ':our_tea:')).rejects.toThrow('emoji-not-found');
});

test('names and pictures lie sealed, and go from the database with the emoji and with the group', async () => {
  const chatId = (await aGroup(owner)).chat.id;
  const [first] = [await add(chatId, { name: 'secret_sign' }), await add(chatId, { name: 'other_sign' })];
  const ofChat = `FROM custom_emoji WHERE chat_id = UNHEX('${chatId.replaceAll('-', '')}')`;
  const rows = await inDatabase(`SELECT name, still ${ofChat}`);
  const bytes = rows.flatMap((row) => Object.values(row) as Buffer[]);
  expect(bytes.some((value) => value.includes('sign') || value.includes('WEBP'))).toBe(false);
  await owner.call(customEmojiRoutes.removeCustomEmoji, { params: { chatId, emojiId: first } });
  expect(await inDatabase(`SELECT id ${ofChat}`)).toHaveLength(1);
  expect((await get(owner, first, 'still')).status).toBe(404);
  await owner.call(chatRoutes.leaveGroup, { params: { chatId } });
  expect(await inDatabase(`SELECT id ${ofChat}`)).toHaveLength(0);
});

test('emoji outlive the clearing of the chat, which gives it another key', async () => {
  const chatId = await aChat();
  const moving = await add(chatId, { name: 'party_tea', file: await aMovingPicture() });
  const still = await add(chatId, { name: 'our_tea' });
  const before = await pictureOf(moving, 'moving');
  await owner.call(clearingRoutes.clearForEveryone, { params: { chatId } });
  expect((await list(chatId)).emoji.map(({ name }) => name)).toEqual(['party_tea', 'our_tea']);
  expect(await pictureOf(moving, 'moving')).toEqual(before);
  expect((await get(member, still, 'still')).status).toBe(200);
});

test('what is no picture is refused, and more than a hundred there are not', async () => {
  const chatId = await aChat();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  for (const file of [svg, randomBytes(300), square.subarray(0, 50)])
    await expect(add(chatId, { name: 'no_sign', file })).rejects.toThrow('picture-refused');
  const hex = `UNHEX('${chatId.replaceAll('-', '')}')`;
  await add(chatId, { name: 'our_tea' });
  for (let at = 1; at < CUSTOM_EMOJI_MAX; at += 1)
    await inDatabase(
      `INSERT INTO custom_emoji SELECT UNHEX('${newId().replaceAll('-', '')}'), chat_id, name, still, moving, made_by, made_at
       FROM custom_emoji WHERE chat_id = ${hex} LIMIT 1`,
    );
  await expect(add(chatId, { name: 'too_much' })).rejects.toThrow('limit-reached');
});
