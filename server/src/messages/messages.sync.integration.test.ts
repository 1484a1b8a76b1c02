import { chatRoutes, type ChatSummary } from '@dialog/shared/chats';
import { messageRoutes } from '@dialog/shared/messages';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { act, aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { listen, pause, post } from '../testing/conversation.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

interface Known {
  readonly since: number;
  readonly chats: ReadonlyMap<ChatId, ChatSummary>;
}

/** What a device does on each (re)connect. */
async function sync(
  person: Person,
  before: Known = { since: 0, chats: new Map() },
): Promise<Known & { requests: number }> {
  let { since } = before;
  const chats = new Map(before.chats);
  for (let requests = 1; ; requests += 1) {
    const known = [...chats.values()].map((summary) => ({ chatId: summary.chat.id, revision: summary.revision }));
    const { changes, hasMore } = await person.call(messageRoutes.syncChats, { body: { since, known } });
    for (const summary of changes.chats) chats.set(summary.chat.id, summary);
    for (const chatId of changes.gone) chats.delete(chatId);
    since = changes.revision;
    if (!hasMore) return { since, chats, requests };
  }
}

test('reading on one device clears the count on the others, and a cursor never goes back', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const params = { chatId: chat.id };
  const posted = [];
  for (const text of ['one', 'two', 'three']) posted.push(await post(alice, { chatId: chat.id, text }));
  const [phone, laptop] = await Promise.all([bob.connect(one), bob.connect(other)]);
  expect((await act(laptop, messageRoutes.openChat, { params })).summary.unreadCount).toBe(3);

  const told = nextEvent(laptop, 'personChanged');
  const read = await act(phone, messageRoutes.markRead, { params, body: { position: posted[1]?.position ?? 0 } });
  expect(read).toEqual({ readPosition: posted[1]?.position, unreadCount: 1 });
  const { from, revision, chats } = await told;
  expect(revision).toBe(from + 1);
  expect(chats).toMatchObject([{ unreadCount: 1, readPosition: posted[1]?.position, lastMessage: posted[2] }]);

  expect(await act(laptop, messageRoutes.markRead, { params, body: { position: 1 } })).toEqual(read);
  expect(await act(laptop, messageRoutes.markRead, { params, body: { position: 1_000_000 } })).toMatchObject({
    unreadCount: 0,
    readPosition: posted[2]?.position,
  });
  phone.close();
  laptop.close();
});

test("what is unread are other people's texts after the cursor: neither my own nor what the chat says of itself", async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  await post(bob, { chatId: chat.id, text: 'mine' });
  await post(alice, { chatId: chat.id, text: 'hers' });
  await alice.call(chatRoutes.renameGroup, { params: { chatId: chat.id }, body: { title: 'other' } });
  expect((await sync(bob)).chats.get(chat.id)).toMatchObject({
    unreadCount: 1,
    lastMessage: { content: { kind: 'system' } },
  });
  expect((await sync(alice)).chats.get(chat.id)).toMatchObject({ unreadCount: 1 });
});

test('a device that comes back gets what differs and nothing else', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const groups = [
    await aGroup(alice, [bob]),
    await aGroup(alice, [bob]),
    await aGroup(alice, [bob]),
    await aGroup(alice),
  ];
  const [quiet, busy, left, late] = groups.map((group) => group.chat.id) as [ChatId, ChatId, ChatId, ChatId];
  const before = await sync(bob);
  expect([...before.chats.keys()].toSorted()).toEqual([quiet, busy, left].toSorted());
  const posted = await post(alice, { chatId: busy, text: 'news' });
  await bob.call(chatRoutes.leaveGroup, { params: { chatId: left } });
  await alice.call(chatRoutes.addMembers, { params: { chatId: late }, body: { userIds: [bob.user.id] } });

  const known = [...before.chats.values()].map((summary) => ({ chatId: summary.chat.id, revision: summary.revision }));
  const { changes, hasMore } = await bob.call(messageRoutes.syncChats, { body: { since: before.since, known } });
  expect(hasMore).toBe(false);
  expect(changes.chats.map((summary) => summary.chat.id).toSorted()).toEqual([busy, late].toSorted());
  expect(changes.chats.find((summary) => summary.chat.id === busy)).toMatchObject({
    lastMessage: posted,
    revision: posted.revision,
  });
  expect(changes.gone).toEqual([left]);
  const again = await sync(bob, {
    since: changes.revision,
    chats: new Map([...changes.chats].map((summary) => [summary.chat.id, summary])),
  });
  expect(again.chats).toEqual((await sync(bob)).chats);
});

test('more chats than one answer holds come one after the other, each once', async () => {
  const alice = await aUser(app);
  const now = new Date();
  const ids = Array.from({ length: 450 }, () => newId<ChatId>());
  await app.app.db.run(
    'INSERT INTO chats (id, kind, title, revision, own_revision, member_count, created_at) VALUES :rows',
    { rows: ids.map((id) => [toBytes(id), 'group', null, 1, 1, 1, now]) },
  );
  await app.app.db.run(
    'INSERT INTO members (chat_id, user_id, role, revision, person_revision, joined_at) VALUES :rows',
    { rows: ids.map((id, at) => [toBytes(id), toBytes(alice.user.id), 'owner', 1, at + 1, now]) },
  );
  await app.app.db.run('UPDATE users SET revision = 450 WHERE id = :id', { id: toBytes(alice.user.id) });
  const { chats, since, requests } = await sync(alice);
  expect(chats.size).toBe(450);
  expect(since).toBe(450);
  expect(requests).toBe(3);
});

test('R4: too far behind, or ahead of a restored server, a device starts over', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  const params = { chatId: chat.id };
  const socket = await alice.connect(one);
  await Promise.all(Array.from({ length: 510 }, (_, at) => post(alice, { chatId: chat.id, text: String(at) })));
  expect(await act(socket, messageRoutes.listChanges, { params, query: { since: '1' } })).toEqual({ kind: 'reset' });
  expect(await act(socket, messageRoutes.listChanges, { params, query: { since: '1000000' } })).toEqual({
    kind: 'reset',
  });
  expect(await act(socket, messageRoutes.listChanges, { params, query: { since: '100' } })).toMatchObject({
    kind: 'changes',
  });
  socket.close();
});

test('history is read page by page back to its beginning, without a hole or a double', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  const params = { chatId: chat.id };
  const posted = await Promise.all(
    Array.from({ length: 130 }, (_, at) => post(alice, { chatId: chat.id, text: String(at) })),
  );
  let page = (await alice.call(messageRoutes.openChat, { params })).history;
  const all = [...page.messages];
  while (page.hasOlder) {
    page = await alice.call(messageRoutes.listHistory, { params, query: { before: String(page.from) } });
    all.unshift(...page.messages);
  }
  expect(page.from).toBe(0);
  expect(all.slice(1)).toEqual(posted.toSorted((a, b) => a.position - b.position));
});

test('R13: cursors reach those who have the chat on screen, at most once a second, and nobody in a group over 100', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob, carol]);
  const [watching, elsewhere] = await Promise.all([alice.connect(other), carol.connect(other)]);
  watching.emit('watchChat', { chatId: chat.id });
  await pause(100);
  const [heard, missed] = [listen(watching), listen(elsewhere)];
  const began = performance.now();
  let last = 0;
  for (let at = 0; at < 12; at += 1) {
    last = (await post(alice, { chatId: chat.id, text: String(at) })).position;
    await bob.call(messageRoutes.markDelivered, { body: { cursors: [{ chatId: chat.id, position: last }] } }, one);
    await pause(100);
  }
  await bob.call(messageRoutes.markRead, { params: { chatId: chat.id }, body: { position: last } }, one);
  await pause(1_300);
  const seconds = (performance.now() - began) / 1_000;
  const moved = heard.flatMap(({ event, payload }) => (event === 'cursorsMoved' ? [payload] : []));
  expect(moved.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
  expect(moved.at(-1)).toEqual({
    chatId: chat.id,
    cursors: [{ userId: bob.user.id, readPosition: last, deliveredPosition: last }],
  });
  expect(missed.some(({ event }) => event === 'cursorsMoved')).toBe(false);

  const crowd = Array.from({ length: 100 }, () => newId<UserId>());
  await app.app.db.run('INSERT INTO users (id, user_name, display_name, password_hash, created_at) VALUES :rows', {
    rows: crowd.map((id, at) => [toBytes(id), `crowd${at}`, 'Crowd', '', new Date()]),
  });
  await alice.call(chatRoutes.addMembers, { params: { chatId: chat.id }, body: { userIds: crowd } });
  const told = heard.length;
  await bob.call(messageRoutes.markRead, { params: { chatId: chat.id }, body: { position: last + 50 } }, one);
  await pause(500);
  expect(heard.slice(told).some(({ event }) => event === 'cursorsMoved')).toBe(false);
  const opened = await alice.call(messageRoutes.openChat, { params: { chatId: chat.id } });
  expect(opened.cursors).toEqual([]);
  watching.close();
  elsewhere.close();
});

test('R7: typing reaches those who have the chat on screen, once a second, and never from a stranger', async () => {
  const [alice, bob, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const [watching, typing, outside] = await Promise.all([
    alice.connect(other),
    bob.connect(one),
    stranger.connect(one),
  ]);
  for (const socket of [watching, outside]) socket.emit('watchChat', { chatId: chat.id });
  await pause(100);
  const [heard, overheard] = [listen(watching), listen(outside)];
  for (let at = 0; at < 5; at += 1) {
    typing.emit('type', { chatId: chat.id });
    outside.emit('type', { chatId: chat.id });
  }
  await pause(400);
  expect(heard).toEqual([{ event: 'typed', payload: { chatId: chat.id, userId: bob.user.id } }]);
  expect(overheard).toEqual([]);
  for (const socket of [watching, typing, outside]) socket.close();
});
