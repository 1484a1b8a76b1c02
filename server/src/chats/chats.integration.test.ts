import { chatRoutes } from '@dialog/shared/chats';
import { messageRoutes } from '@dialog/shared/messages';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { act, aGroup, aUser, nextEvent } from '../testing/people.ts';
import { eventually, post } from '../testing/conversation.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

test('two people who open a direct chat with each other at the same moment meet in one', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const opened = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      at % 2 === 0
        ? alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } }, app.nodes[at % 4 === 0 ? 0 : 1])
        : bob.call(chatRoutes.createDirectChat, { body: { userId: alice.user.id } }, app.nodes[at % 4 === 1 ? 0 : 1]),
    ),
  );
  expect(new Set(opened.map((summary) => summary.chat.id)).size).toBe(1);
  expect(opened[0]).toMatchObject({
    chat: { kind: 'direct', title: null, memberCount: 2 },
    peer: bob.user,
    unreadCount: 0,
  });
  expect(opened[1]).toMatchObject({ peer: alice.user });
  await expect(alice.call(chatRoutes.createDirectChat, { body: { userId: alice.user.id } })).rejects.toThrow(
    'user-not-found',
  );
});

test('a direct chat refuses what only groups know', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const params = { chatId: chat.id };
  const refused = [
    alice.call(chatRoutes.renameGroup, { params, body: { title: 'us' } }),
    alice.call(chatRoutes.addMembers, { params, body: { userIds: [bob.user.id] } }),
    alice.call(chatRoutes.removeMember, { params: { ...params, userId: bob.user.id } }),
    alice.call(chatRoutes.leaveGroup, { params }),
  ];
  for (const outcome of await Promise.allSettled(refused))
    expect(outcome).toMatchObject({ reason: { message: 'not-allowed' } });
});

test('R6: the same group made twice is one group; the id is taken for anyone else', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const body = { id: newId<ChatId>(), title: 'Book club', memberIds: [bob.user.id] };
  const made = await Promise.all(app.nodes.map((node) => alice.call(chatRoutes.createGroup, { body }, node)));
  expect(made[0]).toEqual(made[1]);
  expect(made[0]?.chat).toMatchObject({ title: 'Book club', memberCount: 2, kind: 'group' });
  expect(made[0]?.lastMessage?.content).toEqual({ kind: 'system', note: { what: 'groupCreated', title: 'Book club' } });
  const stranger = await aUser(app);
  await expect(stranger.call(chatRoutes.createGroup, { body })).rejects.toThrow('id-taken');
  const nobody = { ...body, id: newId<ChatId>(), memberIds: [newId<typeof alice.user.id>()] };
  await expect(alice.call(chatRoutes.createGroup, { body: nobody })).rejects.toThrow('user-not-found');
});

test('someone added on one node hears of the chat at once on the other, and of all that follows', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice);
  await post(alice, { chatId: chat.id, text: 'before bob' });
  const socket = await bob.connect(other);
  const told = nextEvent(socket, 'personChanged');
  const changes = await alice.call(
    chatRoutes.addMembers,
    { params: { chatId: chat.id }, body: { userIds: [bob.user.id] } },
    one,
  );
  const { chats } = await told;
  expect(chats).toMatchObject([
    { role: 'member', revision: changes.revision, unreadCount: 0, chat: { memberCount: 2 } },
  ]);
  const heard = nextEvent(socket, 'chatChanged', ({ messages }) =>
    messages.some(({ content }) => content.kind === 'text'),
  );
  const posted = await post(alice, { chatId: chat.id, text: 'welcome' }, one);
  expect((await heard).messages).toEqual([posted]);
  // The whole history is theirs as well.
  const opened = await act(socket, messageRoutes.openChat, { params: { chatId: chat.id } });
  expect(
    opened.history.messages.map(({ content }) => (content.kind === 'text' ? content.text : content.kind)),
  ).toContain('before bob');
  socket.close();
});

test('each act is one frame of several facts, each with its own revision', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat, revision } = await aGroup(alice);
  const socket = await alice.connect(other);
  const told = nextEvent(socket, 'chatChanged');
  const userIds = [bob.user.id, carol.user.id];
  const { notAdded, ...answered } = await alice.call(
    chatRoutes.addMembers,
    { params: { chatId: chat.id }, body: { userIds } },
    one,
  );
  expect(await told).toEqual(answered);
  expect(notAdded).toEqual([]);
  expect(answered.from).toBe(revision);
  const revisions = [...answered.members, ...answered.messages, answered.chat].map((fact) => fact?.revision);
  expect(new Set(revisions)).toEqual(new Set([revision + 1, revision + 2, revision + 3, revision + 4]));
  expect(answered.revision).toBe(revision + 4);
  expect(answered.chat?.memberCount).toBe(3);
  socket.close();
});

test('roles: owners do all, admins what concerns plain members, members nothing', async () => {
  const [owner, admin, member, another, outsider] = await Promise.all([
    aUser(app),
    aUser(app),
    aUser(app),
    aUser(app),
    aUser(app),
  ]);
  const { chat } = await aGroup(owner, [admin, member, another]);
  const params = { chatId: chat.id };
  const roleOf = (person: typeof owner) => ({ params: { ...params, userId: person.user.id } });
  await owner.call(chatRoutes.changeRole, { ...roleOf(admin), body: { role: 'admin' } });

  await expect(member.call(chatRoutes.renameGroup, { params, body: { title: 'mine' } })).rejects.toThrow('not-allowed');
  await expect(member.call(chatRoutes.addMembers, { params, body: { userIds: [outsider.user.id] } })).rejects.toThrow(
    'not-allowed',
  );
  await expect(member.call(chatRoutes.removeMember, roleOf(another))).rejects.toThrow('not-allowed');
  await expect(admin.call(chatRoutes.removeMember, roleOf(owner))).rejects.toThrow('not-allowed');
  await expect(admin.call(chatRoutes.changeRole, { ...roleOf(admin), body: { role: 'owner' } })).rejects.toThrow(
    'not-allowed',
  );
  await expect(owner.call(chatRoutes.removeMember, roleOf(outsider))).rejects.toThrow('member-not-found');
  await expect(owner.call(chatRoutes.changeRole, { ...roleOf(owner), body: { role: 'member' } })).rejects.toThrow(
    'last-owner',
  );
  await expect(owner.call(chatRoutes.leaveGroup, { params })).rejects.toThrow('last-owner');
  await expect(admin.call(chatRoutes.addMembers, { params, body: { userIds: [member.user.id] } })).rejects.toThrow(
    'already-a-member',
  );

  await admin.call(chatRoutes.renameGroup, { params, body: { title: 'ours' } });
  await admin.call(chatRoutes.removeMember, roleOf(member));
  await owner.call(chatRoutes.removeMember, roleOf(admin));
  const { members } = await owner.call(chatRoutes.listMembers, { params, query: {} });
  expect(members.map((listed) => [listed.user.id, listed.role])).toEqual(
    [owner, another]
      .toSorted((a, b) => (a.user.id < b.user.id ? -1 : 1))
      .map((person) => [person.user.id, person === owner ? 'owner' : 'member']),
  );
});

test('someone who comes back has their place again and nothing unread from the time between', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const params = { chatId: chat.id };
  await bob.call(chatRoutes.leaveGroup, { params });
  await post(alice, { chatId: chat.id, text: 'meanwhile' });
  await alice.call(chatRoutes.addMembers, { params, body: { userIds: [bob.user.id] } });
  const { summary, members } = await bob.call(messageRoutes.openChat, { params });
  expect(summary).toMatchObject({ unreadCount: 0, role: 'member', chat: { memberCount: 2 } });
  expect(members).toHaveLength(2);
  await post(alice, { chatId: chat.id, text: 'and now' });
  expect((await bob.call(messageRoutes.openChat, { params })).summary.unreadCount).toBe(1);
});

test('the last one out takes the chat along: its key, its members and what was written', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  await post(alice, { chatId: chat.id, text: 'soon gone' });
  const socket = await alice.connect(other);
  const told = nextEvent(socket, 'personChanged');
  await alice.call(chatRoutes.leaveGroup, { params: { chatId: chat.id } }, one);
  expect((await told).gone).toEqual([chat.id]);
  await expect(alice.call(messageRoutes.openChat, { params: { chatId: chat.id } })).rejects.toThrow('chat-not-found');
  const rowsOf = async (table: string, column: string) =>
    (await app.app.db.rows(`SELECT 1 FROM ${table} WHERE ${column} = :id`, { id: toBytes(chat.id) })).length;
  expect(await rowsOf('chat_keys', 'chat_id')).toBe(0);
  expect(await rowsOf('members', 'chat_id')).toBe(0);
  await eventually(async () => (await rowsOf('messages', 'chat_id')) === 0);
  socket.close();
});

test('a large group is listed page by page, everyone once', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  const crowd = Array.from({ length: 450 }, () => toBytes(newId()));
  const now = new Date();
  await app.app.db.run('INSERT INTO users (id, user_name, display_name, password_hash, created_at) VALUES :rows', {
    rows: crowd.map((id, at) => [id, `crowd${at}`, 'Crowd', '', now]),
  });
  await app.app.db.run('INSERT INTO members (chat_id, user_id, role, revision, joined_at) VALUES :rows', {
    rows: crowd.map((id) => [toBytes(chat.id), id, 'member', 1, now]),
  });
  const seen: UserId[] = [];
  let after: UserId | undefined;
  for (let pages = 0; pages < 10; pages += 1) {
    const query = after === undefined ? {} : { after };
    const page = await alice.call(chatRoutes.listMembers, { params: { chatId: chat.id }, query });
    seen.push(...page.members.map((member) => member.user.id));
    after = seen.at(-1);
    if (!page.hasMore) break;
  }
  expect(seen).toHaveLength(451);
  expect(new Set(seen).size).toBe(451);
});
