import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import { chatRoutes, type ChatSummary } from '@dialog/shared/chats';
import { FOLDERS_MAX, MUTED_FOR_GOOD, PINNED_MAX } from '@dialog/shared/chats.values';
import type { ChatId, FolderId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, listen, post } from '../testing/conversation.ts';
import { connectDevice } from '../testing/device.ts';
import { act, aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

async function summaryOf(person: Person, chatId: ChatId): Promise<ChatSummary> {
  return (await person.call(messageRoutes.openChat, { params: { chatId } })).summary;
}

async function foldersOf(person: Person) {
  return (await person.call(messageRoutes.syncChats, { body: { since: 0, known: [] } })).changes.folders;
}

test('what a person arranges on one device the other shows within a second, and nobody else hears of it', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const params = { chatId: chat.id };
  const isLost = () => false;
  const [here, there] = await Promise.all([
    connectDevice(alice, { node: one, isLost }),
    connectDevice(alice, { node: other, isLost }),
  ]);
  const bobs = await bob.connect(other);
  const overheard = listen(bobs);
  const id = newId<FolderId>();
  await act(here.socket, arrangingRoutes.arrangeChat, {
    params,
    body: { pin: { below: null }, archivedAt: 2, mutedUntil: MUTED_FOR_GOOD, level: 'nothing', isMarkedUnread: true },
  });
  await act(there.socket, arrangingRoutes.saveDraft, { params, body: { text: 'half a sen', agoMs: 0 } });
  await act(here.socket, arrangingRoutes.createFolder, { body: { id, name: 'Work', chatIds: [chat.id] } });
  for (const device of [here, there]) {
    await eventually(() => device.shown().folders.length > 0 && device.shown().list[0]?.place.draft !== null, 1_000);
    expect(device.shown().list[0]?.place).toMatchObject({
      pinOrder: 0,
      archivedAt: 2,
      mutedUntil: '9999-12-31T23:59:59.000Z',
      level: 'nothing',
      isMarkedUnread: true,
      draft: { text: 'half a sen' },
    });
    expect(device.shown().folders).toEqual([{ id, name: 'Work', chatIds: [chat.id] }]);
    expect(device.shown()).toEqual(await device.fresh());
    device.socket.close();
  }
  expect(overheard).toEqual([]);
  bobs.close();
  expect((await summaryOf(bob, chat.id)).place).toMatchObject({ pinOrder: null, isMarkedUnread: false, draft: null });
});

test('pinned chats keep the order they were given, on every device', async () => {
  const alice = await aUser(app);
  const [first, second, third] = (await Promise.all([1, 2, 3].map(() => aGroup(alice)))).map(({ chat }) => chat.id);
  if (!first || !second || !third) throw new Error('three groups');
  const pin = (chatId: ChatId, below: ChatId | null) =>
    alice.call(arrangingRoutes.arrangeChat, { params: { chatId }, body: { pin: { below } } });
  for (const chatId of [third, second, first]) await pin(chatId, null);
  await pin(first, second);
  const moved = await pin(third, second);
  // One frame tells of all whom the move pushed along.
  expect(moved.chats.map(({ chat }) => chat.id).toSorted()).toEqual([first, third].toSorted());
  const summaries = await Promise.all([second, third, first].map((chatId) => summaryOf(alice, chatId)));
  const orders = summaries.map(({ place }) => place.pinOrder ?? NaN);
  expect(orders).toEqual(orders.toSorted((a, b) => a - b));
  await alice.call(arrangingRoutes.arrangeChat, { params: { chatId: second }, body: { pin: null } });
  expect((await summaryOf(alice, second)).place.pinOrder).toBeNull();
});

test('only so many chats are pinned and so many folders made', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  await app.app.db.run('INSERT INTO places (user_id, chat_id, pin_order) VALUES :rows', {
    rows: Array.from({ length: PINNED_MAX }, (_, at) => [toBytes(alice.user.id), toBytes(newId()), at]),
  });
  await expect(
    alice.call(arrangingRoutes.arrangeChat, { params: { chatId: chat.id }, body: { pin: { below: null } } }),
  ).rejects.toThrow('limit-reached');
  const makeFolder = () =>
    alice.call(arrangingRoutes.createFolder, { body: { id: newId<FolderId>(), name: 'One more', chatIds: [] } });
  for (let made = 0; made < FOLDERS_MAX; made += 1) await makeFolder();
  await expect(makeFolder()).rejects.toThrow('limit-reached');
});

test('an end of muting that has passed mutes nothing, and nothing is archived beyond what is there', async () => {
  const alice = await aUser(app);
  const { chat, revision } = await aGroup(alice);
  const { chats } = await alice.call(arrangingRoutes.arrangeChat, {
    params: { chatId: chat.id },
    body: { mutedUntil: '2020-01-01T00:00:00Z', archivedAt: 1_000 },
  });
  expect(chats[0]?.place).toMatchObject({ mutedUntil: null, archivedAt: revision });
});

test('what is read is not marked as unread any more', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const params = { chatId: chat.id };
  await bob.call(arrangingRoutes.arrangeChat, { params, body: { isMarkedUnread: true } });
  const { position } = await post(alice, { chatId: chat.id, text: 'news' });
  await bob.call(messageRoutes.markRead, { params, body: { position } });
  expect((await summaryOf(bob, chat.id)).place.isMarkedUnread).toBe(false);
});

test('the later words of two devices stand, whichever of them reaches the server first', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  const save = (text: string, agoMs: number, node: TestNode) =>
    alice.call(arrangingRoutes.saveDraft, { params: { chatId: chat.id }, body: { text, agoMs } }, node);
  expect(await save('written now', 0, one)).toMatchObject({ draft: { text: 'written now' } });
  expect(await save('written offline, an hour ago', 3_600_000, other)).toMatchObject({
    draft: { text: 'written now' },
  });
  // Sent: and the older words of the other device do not come back.
  expect(await save('', 0, one)).toMatchObject({ draft: null });
  expect(await save('written offline, an hour ago', 3_600_000, other)).toMatchObject({ draft: null });
  expect((await summaryOf(alice, chat.id)).place.draft).toBeNull();
});

test('neither a draft nor a folder can be read in the database', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  await alice.call(arrangingRoutes.saveDraft, {
    params: { chatId: chat.id },
    body: { text: 'plainly secret', agoMs: 0 },
  });
  await alice.call(arrangingRoutes.createFolder, {
    body: { id: newId<FolderId>(), name: 'plainly secret', chatIds: [chat.id] },
  });
  const [draft] = await app.app.db.rows<{ draft: Buffer }>('SELECT draft FROM places WHERE user_id = :id', {
    id: toBytes(alice.user.id),
  });
  const [list] = await app.app.db.rows<{ body: Buffer }>('SELECT body FROM folder_lists WHERE user_id = :id', {
    id: toBytes(alice.user.id),
  });
  for (const stored of [draft?.draft, list?.body]) {
    expect(stored?.length).toBeGreaterThan(0);
    expect(stored?.toString('utf8')).not.toContain('secret');
    expect(stored?.toString('utf8')).not.toContain(chat.id);
  }
});

test('two devices that change a folder at once do not undo each other', async () => {
  const alice = await aUser(app);
  const chatIds = (await Promise.all([1, 2, 3, 4].map(() => aGroup(alice)))).map(({ chat }) => chat.id);
  const [family, work] = [newId<FolderId>(), newId<FolderId>()];
  for (const id of [family, work])
    await alice.call(arrangingRoutes.createFolder, { body: { id, name: 'New', chatIds: [] } });
  const change = (
    folderId: FolderId,
    body: { name?: string; add?: ChatId[]; move?: { behind: null } },
    node: TestNode,
  ) => alice.call(arrangingRoutes.changeFolder, { params: { folderId }, body }, node);
  await Promise.all([
    ...chatIds.map((chatId, at) => change(family, { add: [chatId] }, at % 2 === 0 ? one : other)),
    change(family, { name: 'Family' }, other),
    change(work, { move: { behind: null } }, one),
  ]);
  expect(await foldersOf(alice)).toEqual([
    { id: work, name: 'New', chatIds: [] },
    { id: family, name: 'Family', chatIds: chatIds.toSorted() },
  ]);
  await alice.call(arrangingRoutes.removeFolder, { params: { folderId: work } });
  expect(await foldersOf(alice)).toHaveLength(1);
});

test('a folder takes only chats one is in, and the same one made twice is one', async () => {
  const [alice, stranger] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice);
  const body = { id: newId<FolderId>(), name: 'Mine', chatIds: [chat.id] };
  await expect(stranger.call(arrangingRoutes.createFolder, { body })).rejects.toThrow('chat-not-found');
  await alice.call(arrangingRoutes.createFolder, { body });
  await alice.call(arrangingRoutes.createFolder, { body: { ...body, name: 'Again' } });
  expect(await foldersOf(alice)).toMatchObject([{ name: 'Mine' }]);
});

test('whoever leaves and comes back begins anew', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const params = { chatId: chat.id };
  await bob.call(arrangingRoutes.arrangeChat, { params, body: { pin: { below: null }, mutedUntil: MUTED_FOR_GOOD } });
  await bob.call(arrangingRoutes.saveDraft, { params, body: { text: 'unsaid', agoMs: 0 } });
  const folder = { id: newId<FolderId>(), name: 'Mine', chatIds: [chat.id] };
  await bob.call(arrangingRoutes.createFolder, { body: folder });
  await bob.call(chatRoutes.leaveGroup, { params });
  await expect(bob.call(arrangingRoutes.saveDraft, { params, body: { text: 'still here', agoMs: 0 } })).rejects.toThrow(
    'chat-not-found',
  );
  expect(await foldersOf(bob)).toEqual([{ ...folder, chatIds: [] }]);
  await alice.call(chatRoutes.addMembers, { params, body: { userIds: [bob.user.id] } });
  expect((await summaryOf(bob, chat.id)).place).toMatchObject({ pinOrder: null, mutedUntil: null, draft: null });
  expect(await foldersOf(bob)).toEqual([{ ...folder, chatIds: [] }]);
});

test('there is one chat of notes, on all devices, and nobody to call or to add in it', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const socket = await alice.connect(other);
  const told = nextEvent(socket, 'personChanged');
  const opened = await Promise.all(
    [one, other, one, other].map((node) => alice.call(arrangingRoutes.openNotes, {}, node)),
  );
  const [notes] = opened;
  if (!notes) throw new Error('notes');
  expect(new Set(opened.map(({ chat }) => chat.id)).size).toBe(1);
  expect(notes).toMatchObject({ chat: { kind: 'notes', title: null, memberCount: 1 }, peer: null });
  expect((await told).chats[0]?.chat.id).toBe(notes.chat.id);
  const heard = nextEvent(socket, 'chatChanged', ({ messages }) => messages.length > 0);
  await post(alice, { chatId: notes.chat.id, text: 'milk' }, one);
  expect((await heard).messages).toMatchObject([{ content: { text: 'milk' } }]);
  const params = { chatId: notes.chat.id };
  await expect(alice.call(chatRoutes.leaveGroup, { params })).rejects.toThrow('not-allowed');
  await expect(alice.call(chatRoutes.addMembers, { params, body: { userIds: [bob.user.id] } })).rejects.toThrow(
    'not-allowed',
  );
  await expect(bob.call(messageRoutes.openChat, { params })).rejects.toThrow('chat-not-found');
  socket.close();
});
