import { randomBytes } from 'node:crypto';
import { chatRoutes, type Chat } from '@dialog/shared/chats';
import { clearingRoutes } from '@dialog/shared/chats.clearing';
import { groupPicturePath, groupPictureRoutes, type GroupPictureSize } from '@dialog/shared/chats.pictures';
import type { GroupPictureId } from '@dialog/shared/chats.values';
import type { ChatId } from '@dialog/shared/contract/values';
import { inviteRoutes } from '@dialog/shared/invites';
import { messageRoutes } from '@dialog/shared/messages';
import mysql from 'mysql2/promise';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

// Each picture is opened by a process of its own, on machines that do much else.
vi.setConfig({ testTimeout: 60_000 });

const SECRET = 'taken at home, 48.2082 16.3738';

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

const plain = (width: number, height: number, background = '#c85a14') =>
  sharp({ create: { width, height, channels: 3, background } });

function give(person: Person, chatId: ChatId, file: Buffer) {
  const picture = file.toString('base64');
  return person.call(groupPictureRoutes.setGroupPicture, { params: { chatId }, body: { picture } });
}

async function chatOf(person: Person, chatId: ChatId): Promise<Chat> {
  return (await person.call(messageRoutes.openChat, { params: { chatId } }, other)).summary.chat;
}

/** The picture that the group has now. */
async function given(person: Person, chatId: ChatId, file: Buffer): Promise<GroupPictureId> {
  const { chat } = await give(person, chatId, file);
  if (!chat?.pictureId) throw new Error('no picture');
  return chat.pictureId;
}

interface Asked {
  readonly size?: GroupPictureSize;
  readonly etag?: string;
}

const get = (person: Person, id: GroupPictureId, { size = 'large', etag }: Asked = {}) =>
  fetch(`${other.url}${groupPicturePath(id, size)}`, {
    headers: { ...bearer(person), ...(etag === undefined ? {} : { 'if-none-match': etag }) },
  });

async function inDatabase(statement: string): Promise<unknown[]> {
  const database = await mysql.createConnection(app.databaseUrl);
  const [rows] = await database.query(statement);
  await database.end();
  return rows as unknown[];
}

test('a picture reaches everyone in one frame with its note, square, in two sides, without where it was taken', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  const socket = await member.connect(other);
  const told = nextEvent(socket, 'chatChanged', ({ chat }) => chat?.pictureId !== undefined);
  const photograph = await plain(900, 600)
    .withExif({ IFD0: { Copyright: SECRET } })
    .jpeg()
    .toBuffer();
  await give(owner, chatId, photograph);
  const { chat, messages } = await told;
  expect(messages.map(({ content }) => content)).toMatchObject([
    { note: { what: 'pictureChanged', isRemoved: false } },
  ]);
  socket.close();
  const pictureId = chat?.pictureId as GroupPictureId;
  for (const [size, side] of [
    ['large', 256],
    ['small', 96],
  ] as const) {
    const answer = await get(member, pictureId, { size });
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toContain('private');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: side, height: side });
    expect(bytes.includes(SECRET) || bytes.includes('EXIF')).toBe(false);
  }
  const etag = (await get(member, pictureId)).headers.get('etag') ?? '';
  expect((await get(member, pictureId, { etag })).status).toBe(304);
});

test('only who is in the group now sees it, and only owners and admins change it', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  const file = await plain(40, 40).png().toBuffer();
  const pictureId = await given(owner, chatId, file);
  const stranger = await aUser(app);
  expect((await get(member, pictureId)).status).toBe(200);
  expect((await get(stranger, pictureId)).status).toBe(404);
  expect((await fetch(`${app.url}${groupPicturePath(pictureId, 'small')}`)).status).toBe(401);
  expect((await fetch(`${app.url}/api/group-pictures/${pictureId}/huge`, { headers: bearer(owner) })).status).toBe(404);
  await expect(give(member, chatId, file)).rejects.toThrow('not-allowed');
  await expect(give(stranger, chatId, file)).rejects.toThrow('chat-not-found');
  await owner.call(chatRoutes.removeMember, { params: { chatId, userId: member.user.id } });
  const etag = (await get(owner, pictureId)).headers.get('etag') ?? '';
  expect((await get(member, pictureId, { etag })).status).toBe(404);
});

const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` });

test('what was replaced or taken away is gone from the database, and what lies there is sealed', async () => {
  const { owner, chatId } = await anOwnerAndAMember();
  const first = await given(owner, chatId, await plain(64, 64).png().toBuffer());
  const second = await given(owner, chatId, await plain(64, 64, '#1450c8').png().toBuffer());
  expect((await get(owner, first)).status).toBe(404);
  expect((await get(owner, second)).status).toBe(200);
  const rows = (await inDatabase('SELECT chat_id, large, small FROM group_pictures')) as Record<string, Buffer>[];
  const mine = rows.filter((row) => row['chat_id']?.toString('hex') === chatId.replaceAll('-', ''));
  expect(mine).toHaveLength(1);
  expect([mine[0]?.['large'], mine[0]?.['small']].some((bytes) => bytes?.includes('WEBP'))).toBe(false);

  const { chat, messages } = await owner.call(groupPictureRoutes.removeGroupPicture, { params: { chatId } });
  expect(chat).not.toHaveProperty('pictureId');
  expect(messages).toMatchObject([{ content: { note: { what: 'pictureChanged', isRemoved: true } } }]);
  expect((await owner.call(groupPictureRoutes.removeGroupPicture, { params: { chatId } })).messages).toEqual([]);
  expect((await get(owner, second)).status).toBe(404);

  await given(owner, chatId, await plain(64, 64).png().toBuffer());
  const left = await aGroup(owner);
  const last = await given(owner, left.chat.id, await plain(8, 8).png().toBuffer());
  await owner.call(chatRoutes.leaveGroup, { params: { chatId: left.chat.id } });
  expect((await get(owner, last)).status).toBe(404);
  expect(await inDatabase(`SELECT id FROM group_pictures WHERE id = UNHEX('${last.replaceAll('-', '')}')`)).toEqual([]);
});

test('bombs, drawings, other files and what is too large are refused, and the old picture stays', async () => {
  const { owner, chatId } = await anOwnerAndAMember();
  const pictureId = await given(owner, chatId, await plain(64, 64).png().toBuffer());
  const bomb = await sharp({
    create: { width: 12_000, height: 12_000, channels: 3, background: 'white' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  const cut = (await plain(600, 600).png().toBuffer()).subarray(0, 60);
  for (const file of [bomb, svg, page, cut, randomBytes(500)])
    await expect(give(owner, chatId, file)).rejects.toThrow('picture-refused');
  await expect(give(owner, chatId, randomBytes(730_000))).rejects.toThrow('invalid-request');
  await expect(give(owner, chatId, randomBytes(900_000))).rejects.toThrow('too-large');
  expect(await chatOf(owner, chatId)).toMatchObject({ pictureId });
});

test('a direct chat and notes have none', async () => {
  const [one, two] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await one.call(chatRoutes.createDirectChat, { body: { userId: two.user.id } });
  await expect(give(one, chat.id, await plain(64, 64).png().toBuffer())).rejects.toThrow('not-allowed');
});

test('who holds a link that is good sees the picture before coming in, and nobody else does', async () => {
  const { owner, chatId } = await anOwnerAndAMember();
  const guest = await aUser(app);
  await given(owner, chatId, await plain(64, 64).png().toBuffer());
  const body = { needsApproval: false };
  const { id, code } = await owner.call(inviteRoutes.createInvite, { params: { chatId }, body });
  const { picture = '' } = await guest.call(inviteRoutes.lookUpInvite, { body: { code } }, other);
  expect(await sharp(Buffer.from(picture, 'base64')).metadata()).toMatchObject({ format: 'webp', width: 256 });
  await owner.call(inviteRoutes.revokeInvite, { params: { chatId, inviteId: id } });
  await expect(guest.call(inviteRoutes.lookUpInvite, { body: { code } })).rejects.toThrow('invite-not-found');
});

test('a picture outlives the clearing of the chat, which gives it another key', async () => {
  const { owner, member, chatId } = await anOwnerAndAMember();
  const id = await given(owner, chatId, await plain(600, 600).png().toBuffer());
  const before = Buffer.from(await (await get(member, id)).arrayBuffer());
  await owner.call(clearingRoutes.clearForEveryone, { params: { chatId } });
  expect((await chatOf(member, chatId)).pictureId).toBe(id);
  const after = await get(member, id);
  expect(after.status).toBe(200);
  expect(Buffer.from(await after.arrayBuffer()).equals(before)).toBe(true);
});
