import { chatRoutes, GROUP_MEMBERS_MAX } from '@dialog/shared/chats';
import { groupRoutes } from '@dialog/shared/chats.groups';
import type { ChatId } from '@dialog/shared/contract/values';
import { inviteRoutes, type Invite } from '@dialog/shared/invites';
import { messageRoutes } from '@dialog/shared/messages';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
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

async function anOwnersGroup(): Promise<{ owner: Person; guest: Person; chatId: ChatId }> {
  const [owner, guest] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [], 'Book club');
  return { owner, guest, chatId: chat.id };
}

interface Wish {
  readonly expiresInSeconds?: 3600;
  readonly usesMax?: 1 | 10;
  readonly needsApproval?: boolean;
}

function invite(owner: Person, chatId: ChatId, wish: Wish = {}): Promise<Invite> {
  const body = { needsApproval: false, ...wish };
  return owner.call(inviteRoutes.createInvite, { params: { chatId }, body });
}

const join = (person: Person, code: string, node = other) =>
  person.call(inviteRoutes.joinByInvite, { body: { code } }, node);
const lookUp = (person: Person, code: string) => person.call(inviteRoutes.lookUpInvite, { body: { code } }, other);

async function inDatabase(statement: string): Promise<unknown> {
  const database = await mysql.createConnection(app.databaseUrl);
  const [rows] = await database.query(statement);
  await database.end();
  return rows;
}

test('a link shows what it leads to, lets its finder in on any node with a note, and once more is harmless', async () => {
  const { owner, guest, chatId } = await anOwnersGroup();
  const { code } = await invite(owner, chatId);
  expect(await lookUp(guest, code)).toMatchObject({ chatId, title: 'Book club', memberCount: 1, state: 'outside' });
  const socket = await owner.connect(app);
  const told = nextEvent(socket, 'chatChanged');
  expect(await join(guest, code)).toMatchObject({ kind: 'joined', summary: { role: 'member' } });
  expect(await told).toMatchObject({
    members: [{ user: { id: guest.user.id }, role: 'member' }],
    messages: [{ senderId: guest.user.id, content: { note: { what: 'memberJoined' } } }],
  });
  socket.close();
  expect(await join(guest, code, app)).toMatchObject({ kind: 'joined' });
  expect(await lookUp(guest, code)).toMatchObject({ memberCount: 2, state: 'member' });
  const { invites } = await owner.call(inviteRoutes.listInvites, { params: { chatId } }, other);
  expect(invites).toMatchObject([{ code, uses: 1 }]);
  await post(guest, { chatId, text: 'hello' });
});

test('unknown, expired, used up and revoked links look the same, and so does any link to the banned', async () => {
  const { owner, guest, chatId } = await anOwnersGroup();
  const late = await aUser(app);
  const once = await invite(owner, chatId, { usesMax: 1 });
  await join(guest, once.code);
  const revoked = await invite(owner, chatId);
  await owner.call(inviteRoutes.revokeInvite, { params: { chatId, inviteId: revoked.id } });
  const expired = await invite(owner, chatId, { expiresInSeconds: 3600 });
  await inDatabase(`UPDATE invites SET expires_at = '2020-01-01' WHERE expires_at IS NOT NULL`);
  for (const code of ['a'.repeat(32), once.code, revoked.code, expired.code]) {
    await expect(lookUp(late, code)).rejects.toThrow('invite-not-found');
    await expect(join(late, code)).rejects.toThrow('invite-not-found');
  }
  const open = await invite(owner, chatId);
  await owner.call(groupRoutes.banMember, { params: { chatId, userId: guest.user.id } });
  await expect(lookUp(guest, open.code)).rejects.toThrow('invite-not-found');
  await expect(join(guest, open.code)).rejects.toThrow('invite-not-found');
});

test('a link that ten may use lets in ten of those who come at the same moment', async () => {
  const { owner, chatId } = await anOwnersGroup();
  const { code } = await invite(owner, chatId, { usesMax: 10 });
  const crowd = await Promise.all(Array.from({ length: 14 }, () => aUser(app)));
  const outcomes = await Promise.allSettled(crowd.map((person, at) => join(person, code, at % 2 ? app : other)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
});

test('with approval owners and admins are told at once who asks; who is admitted is in, who is refused is not', async () => {
  const { owner, guest, chatId } = await anOwnersGroup();
  const stranger = await aUser(app);
  const { code } = await invite(owner, chatId, { needsApproval: true });
  const socket = await owner.connect(app);
  const told = nextEvent(socket, 'joinRequestsChanged');
  expect(await join(guest, code)).toEqual({ kind: 'asked' });
  expect(await told).toEqual({ chatId, requestCount: 1 });
  socket.close();
  expect(await join(guest, code)).toEqual({ kind: 'asked' });
  await join(stranger, code);
  await expect(guest.call(messageRoutes.openChat, { params: { chatId } })).rejects.toThrow('chat-not-found');
  expect(await lookUp(guest, code)).toMatchObject({ state: 'asked' });
  const listed = await owner.call(inviteRoutes.listJoinRequests, { params: { chatId }, query: {} }, other);
  expect(new Set(listed.requests.map(({ user }) => user.id))).toEqual(new Set([guest.user.id, stranger.user.id]));
  await owner.call(inviteRoutes.refuseRequest, { params: { chatId, userId: stranger.user.id } });
  await owner.call(inviteRoutes.admitRequest, { params: { chatId, userId: guest.user.id } }, other);
  await post(guest, { chatId, text: 'thank you' });
  const again = owner.call(inviteRoutes.admitRequest, { params: { chatId, userId: guest.user.id } });
  await expect(again).rejects.toThrow('request-not-found');
  await expect(post(stranger, { chatId, text: 'me too' })).rejects.toThrow('chat-not-found');
});

test('R11: who is banned at the very moment they come is neither let in nor put down as waiting', async () => {
  const { owner, guest, chatId } = await anOwnersGroup();
  for (const needsApproval of [false, true]) {
    const { code } = await invite(owner, chatId, { needsApproval });
    const values = { chatId: toBytes(chatId), userId: toBytes(guest.user.id) };
    let coming: Promise<unknown> = Promise.resolve();
    // Whoever comes has found the link good and waits for the chat, which the one who bans holds.
    await app.app.db.transaction(async (tx) => {
      await tx.rows('SELECT id FROM chats WHERE id = :chatId FOR UPDATE', values);
      coming = join(guest, code).catch((error: unknown) => error);
      await pause(300);
      await tx.run(
        'INSERT INTO bans (chat_id, user_id, banned_by, banned_at) VALUES (:chatId, :userId, :userId, NOW())',
        values,
      );
    });
    expect(await coming).toMatchObject({ reply: { code: 'invite-not-found' } });
    await app.app.db.run('DELETE FROM bans WHERE chat_id = :chatId', values);
  }
  const { requests } = await owner.call(inviteRoutes.listJoinRequests, { params: { chatId }, query: {} });
  expect(requests).toEqual([]);
});

test('a code lies hashed and sealed in the database, and goes with its group', async () => {
  const { owner, chatId } = await anOwnersGroup();
  const { code } = await invite(owner, chatId);
  const rows = (await inDatabase('SELECT code, code_hash FROM invites')) as Record<string, Buffer>[];
  expect(rows.flatMap((row) => Object.values(row)).filter((bytes) => bytes.includes(code))).toEqual([]);
  await owner.call(chatRoutes.leaveGroup, { params: { chatId } });
  await expect(lookUp(await aUser(app), code)).rejects.toThrow('invite-not-found');
});

test('into a group that is full nobody comes by a link', async () => {
  const { owner, guest, chatId } = await anOwnersGroup();
  const { code } = await invite(owner, chatId);
  await inDatabase(
    `UPDATE chats SET member_count = ${GROUP_MEMBERS_MAX} WHERE id = UNHEX('${chatId.replaceAll('-', '')}')`,
  );
  await expect(join(guest, code)).rejects.toThrow('group-full');
  expect(await owner.call(inviteRoutes.listInvites, { params: { chatId } })).toMatchObject({ invites: [{ uses: 0 }] });
});

test('codes cannot be found by trying', async () => {
  const strict = await startTestApp({ nodes: 2, limits: { inviteTry: 5 } });
  const guesser = await aUser(strict);
  const guess = (at: number) =>
    guesser.call(inviteRoutes.lookUpInvite, { body: { code: `${at}`.padStart(32, 'x') } }, strict.nodes[at % 2]);
  const codes: string[] = [];
  for (let at = 0; at < 7; at += 1) await guess(at).catch((error: Error) => codes.push(error.message));
  await strict.stop();
  expect(codes).toEqual([...Array.from({ length: 5 }, () => 'invite-not-found'), 'rate-limited', 'rate-limited']);
});
