import { randomBytes } from 'node:crypto';
import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import { clearingRoutes } from '@dialog/shared/chats.clearing';
import { groupRoutes } from '@dialog/shared/chats.groups';
import { chatRoutes } from '@dialog/shared/chats';
import { attachmentRoutes } from '@dialog/shared/attachments';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { inviteRoutes } from '@dialog/shared/invites';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { pollRoutes } from '@dialog/shared/messages.polls';
import { scheduledRoutes } from '@dialog/shared/messages.scheduled';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import { searchRoutes } from '@dialog/shared/search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, post } from '../testing/conversation.ts';
import { beginUpload, bytesOf, codeOf, getFile, liesOnDisk, postFile, sendBytes } from '../testing/files.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';
import { rowsOfChat, wordsOfChat } from '../testing/tables.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] as TestNode;
});
afterAll(() => app.stop());

interface World {
  readonly alice: Person;
  readonly bob: Person;
  readonly chatId: ChatId;
}

async function aDirectChat(): Promise<World> {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  return { alice, bob, chatId: chat.id };
}

const clearForMe = (person: Person, chatId: ChatId, position: number, node?: TestNode) =>
  person.call(clearingRoutes.clearForMe, { params: { chatId }, body: { position } }, node);
const clearForEveryone = (person: Person, chatId: ChatId, node?: TestNode) =>
  person.call(clearingRoutes.clearForEveryone, { params: { chatId } }, node);

function wordsIn(messages: readonly Message[]): string[] {
  return messages.map(({ content }) =>
    content.kind === 'text' ? content.text : content.kind === 'system' ? content.note.what : content.kind,
  );
}

async function shown(person: Person, chatId: ChatId, node?: TestNode) {
  const { summary, history } = await person.call(messageRoutes.openChat, { params: { chatId } }, node);
  const { lastMessage, unreadCount, mentions } = summary;
  return { texts: wordsIn(history.messages), last: lastMessage && wordsIn([lastMessage])[0], unreadCount, mentions };
}

const textsOf = async (person: Person, chatId: ChatId, node?: TestNode) => (await shown(person, chatId, node)).texts;

async function wrappedKeyOf(chatId: ChatId): Promise<string> {
  const [row] = await app.app.db.rows<{ wrapped: Buffer }>(
    'SELECT wrapped_key AS wrapped FROM chat_keys WHERE chat_id = :chatId',
    { chatId: toBytes(chatId) },
  );
  return row?.wrapped.toString('hex') ?? '';
}

/** A message with everything that can hang on one. */
async function aFullMessage({ alice, bob, chatId }: World): Promise<{ message: Message; file: Message }> {
  const message = await post(alice, { chatId, text: 'the anchorage is secret' });
  const params = { chatId, messageId: message.id };
  await alice.call(messageActRoutes.editMessage, { params, body: { text: `the anchorage is very secret` } });
  await bob.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn: true } });
  await bob.call(messageActRoutes.starMessage, { params, body: { isOn: true } });
  await alice.call(messageActRoutes.pinMessage, { params, body: { isOn: true } });
  const poll = {
    id: newId<MessageId>(),
    question: 'Sail?',
    options: ['Yes', 'No'],
    isMultiple: false,
    isAnonymous: false,
  };
  await alice.call(pollRoutes.postPoll, { params: { chatId }, body: poll });
  await bob.call(pollRoutes.vote, { params: { chatId, messageId: poll.id }, body: { options: [0] } });
  await post(alice, { chatId, text: `@[${bob.user.id}] look` });
  const file = await postFile(app, alice, { chatId, id: newId<MessageId>(), content: randomBytes(2_000) });
  return { message, file };
}

test('what is cleared for everyone is gone at once for both, and then from the tables, the index and the disk', async () => {
  const world = await aDirectChat();
  const { alice, bob, chatId } = world;
  await alice.call(chatRoutes.setMessageLifetime, { params: { chatId }, body: { seconds: 86_400 } });
  const { message, file } = await aFullMessage(world);
  await eventually(async () => (await wordsOfChat(app, chatId)) > 0);
  const before = await wrappedKeyOf(chatId);
  const told = nextEvent(await bob.connect(other), 'chatChanged', ({ chat }) => chat?.clearedPosition !== undefined);
  const { revision: until } = (await bob.call(messageRoutes.openChat, { params: { chatId } })).summary;

  const changes = await clearForEveryone(bob, chatId);
  expect(changes.chat?.clearedPosition).toBe(until);
  expect(await told).toEqual(changes);
  for (const person of [alice, bob]) {
    expect(await shown(person, chatId)).toMatchObject({
      texts: ['historyCleared'],
      last: 'historyCleared',
      mentions: [],
    });
    expect(await textsOf(person, chatId, other)).toEqual(['historyCleared']);
  }
  expect(await wrappedKeyOf(chatId)).not.toBe(before);
  expect(await codeOf(await getFile(app, alice, { id: file.id }))).toBe('attachment-not-found');
  const params = { chatId, messageId: message.id };
  await expect(alice.call(messageActRoutes.listVersions, { params })).rejects.toThrow('message-not-found');
  await expect(alice.call(messageActRoutes.editMessage, { params, body: { text: 'x' } })).rejects.toThrow(
    'message-not-found',
  );

  await eventually(async () => Object.keys(await rowsOfChat(app, chatId, until)).length === 0).catch(() => undefined);
  expect(await rowsOfChat(app, chatId, until)).toEqual({});
  await eventually(async () => (await wordsOfChat(app, chatId)) === 0);
  await eventually(async () => !(await liesOnDisk(app, file.id)));
});

test('after clearing for everyone the chat goes on: its title, links, drafts and what waits to be sent', async () => {
  const [owner, member] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [member], 'Sailors');
  const chatId = chat.id;
  const params = { chatId };
  await owner.call(groupRoutes.changeGroup, { params, body: { description: 'All about the sea.' } });
  const { code } = await owner.call(inviteRoutes.createInvite, { params, body: { needsApproval: false } });
  await member.call(arrangingRoutes.saveDraft, { params, body: { text: 'not yet', agoMs: 0 } });
  const { position } = await post(owner, { chatId, text: 'ashore' });
  const sendAt = new Date(Date.now() + 3_600_000).toISOString();
  const body = { id: newId<MessageId>(), text: 'in an hour', replyTo: position, sendAt };
  await member.call(scheduledRoutes.scheduleMessage, { params, body });

  await expect(clearForEveryone(member, chatId)).rejects.toThrow('not-allowed');
  await clearForEveryone(owner, chatId, other);

  for (const node of app.nodes) {
    const { summary } = await member.call(messageRoutes.openChat, { params }, node);
    expect(summary.chat).toMatchObject({ title: 'Sailors', description: 'All about the sea.' });
    expect(summary.place.draft?.text).toBe('not yet');
    const { messages } = await member.call(scheduledRoutes.listScheduled, { params }, node);
    expect(messages).toEqual([{ id: body.id, chatId, text: 'in an hour', sendAt }]);
    const { invites } = await owner.call(inviteRoutes.listInvites, { params }, node);
    expect(invites.map((invite) => invite.code)).toEqual([code]);
    await post(member, { chatId, text: 'a new day' }, node);
    expect(await textsOf(owner, chatId, node)).toContain('a new day');
  }
  await member.call(scheduledRoutes.sendScheduled, { params: { chatId, messageId: body.id } });
  expect(await textsOf(owner, chatId)).toEqual(['historyCleared', 'a new day', 'a new day', 'in an hour']);
  await eventually(async () => {
    const { hits } = await owner.call(searchRoutes.searchMessages, { body: { words: 'new day' } }, other);
    return hits.length === 2;
  });
});

test('a chat cleared for me is empty on my devices alone, wherever one looks', async () => {
  const world = await aDirectChat();
  const { alice, bob, chatId } = world;
  const { message, file } = await aFullMessage(world);
  const last = await post(alice, { chatId, text: 'unread as yet' });
  await eventually(async () => (await wordsOfChat(app, chatId)) > 0);
  const told = nextEvent(await bob.connect(other), 'personChanged', ({ chats }) => chats.length > 0);

  const changes = await clearForMe(bob, chatId, last.position);
  expect(await told).toEqual(changes);
  expect(changes.chats[0]?.place.clearedPosition).toBe(last.position);
  expect(await shown(bob, chatId)).toEqual({ texts: [], last: null, unreadCount: 0, mentions: [] });
  expect((await textsOf(alice, chatId)).at(-1)).toBe('unread as yet');

  const params = { chatId };
  const ofMessage = { chatId, messageId: message.id };
  const page = { query: { before: '1000' } };
  expect((await bob.call(messageRoutes.listHistory, { params, ...page })).messages).toEqual([]);
  expect((await bob.call(messageRoutes.listAround, { params, query: { position: '2' } })).messages).toEqual([]);
  expect((await bob.call(messageRoutes.listNewer, { params, query: { after: '0' } })).messages).toEqual([]);
  const positions = [message.position, last.position];
  expect((await bob.call(messageRoutes.listMessages, { params, body: { positions } })).messages).toEqual([]);
  const at = message.postedAt;
  expect((await bob.call(messageRoutes.findPosition, { params, query: { at } })).position).toBeNull();
  expect((await bob.call(messageActRoutes.listPins, { params })).messages).toEqual([]);
  expect((await bob.call(messageActRoutes.listStarred, { query: {} })).messages).toEqual([]);
  const media = { params, query: { filter: 'files' as const } };
  expect((await bob.call(attachmentRoutes.listAttachments, media)).attachments).toEqual([]);
  expect((await alice.call(attachmentRoutes.listAttachments, media)).attachments).toHaveLength(1);
  expect(await codeOf(await getFile(app, bob, { id: file.id }))).toBe('attachment-not-found');
  expect((await getFile(app, alice, { id: file.id })).status).toBe(200);
  const since = { since: '0', marksSince: '0' };
  const listed = await bob.call(messageRoutes.listChanges, { params, query: since });
  expect(listed.kind === 'changes' && listed.changes.messages).toEqual([]);
  const found = async (person: Person) =>
    (await person.call(searchRoutes.searchMessages, { body: { words: 'anchorage' } })).hits.length;
  await eventually(async () => (await found(alice)) === 1);
  expect(await found(bob)).toBe(0);
  for (const refusedOf of [
    () => bob.call(messageActRoutes.react, { params: ofMessage, body: { emoji: '👍', isOn: false } }),
    () => bob.call(messageActRoutes.starMessage, { params: ofMessage, body: { isOn: true } }),
    () => bob.call(messageActRoutes.listVersions, { params: ofMessage }),
    () => bob.call(messageActRoutes.listReactions, { params: ofMessage, query: { emoji: '👍' } }),
    () =>
      bob.call(messageActRoutes.forwardMessages, {
        params,
        body: { from: chatId, messages: [{ id: newId<MessageId>(), messageId: message.id }] },
      }),
  ])
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each is heard
    await expect(refusedOf()).rejects.toThrow('message-not-found');
  await eventually(async () => {
    const [row] = await app.app.db.rows<{ marks: number }>(
      'SELECT COUNT(*) AS marks FROM message_marks WHERE user_id = :id',
      { id: toBytes(bob.user.id) },
    );
    return row?.marks === 0;
  });

  await post(alice, { chatId, text: 'a new day' });
  expect(await shown(bob, chatId)).toMatchObject({ texts: ['a new day'], last: 'a new day', unreadCount: 1 });
});

test('what comes while one clears for oneself stays', async () => {
  const { alice, bob, chatId } = await aDirectChat();
  const { position } = await post(alice, { chatId, text: 'seen' });
  await post(alice, { chatId, text: 'not seen yet' });
  await clearForMe(bob, chatId, position);
  expect(await shown(bob, chatId)).toMatchObject({ texts: ['not seen yet'], unreadCount: 1 });
  // Nor does clearing ever go back.
  await clearForMe(bob, chatId, position - 1);
  expect(await textsOf(bob, chatId)).toEqual(['not seen yet']);
});

test('what both have cleared for themselves is removed, and neither learns that the other did', async () => {
  const world = await aDirectChat();
  const { alice, bob, chatId } = world;
  const { file } = await aFullMessage(world);
  const last = await post(alice, { chatId, text: 'only Alice is to see this still' });
  const before = await wrappedKeyOf(chatId);
  await clearForMe(alice, chatId, file.position);
  await clearForMe(bob, chatId, last.position);
  await eventually(async () => Object.keys(await rowsOfChat(app, chatId, file.position)).length === 0);
  await eventually(async () => !(await liesOnDisk(app, file.id)));
  expect(await textsOf(alice, chatId)).toEqual(['only Alice is to see this still']);
  expect(await wrappedKeyOf(chatId)).toBe(before);

  const { summary } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  await clearForMe(alice, chatId, last.position);
  await eventually(async () => Object.keys(await rowsOfChat(app, chatId, last.position)).length === 0);
  expect(await wrappedKeyOf(chatId)).not.toBe(before);
  expect((await bob.call(messageRoutes.openChat, { params: { chatId } })).summary).toEqual(summary);
  await post(bob, { chatId, text: 'a new day' }, other);
  for (const node of app.nodes) expect(await textsOf(alice, chatId, node)).toEqual(['a new day']);
});

test('posts on two nodes that race a clearing are either gone or can be read, and never half', async () => {
  const { alice, bob, chatId } = await aDirectChat();
  await post(alice, { chatId, text: 'first' }, other);
  const posting = Array.from({ length: 40 }, (_, at) =>
    post(at % 2 ? alice : bob, { chatId, text: `words ${at}` }, app.nodes[at % 2]),
  );
  const clearing = [clearForEveryone(alice, chatId), clearForEveryone(bob, chatId, other)];
  const posted = await Promise.all(posting);
  const cleared = Math.max(...(await Promise.all(clearing)).map(({ chat }) => chat?.clearedPosition ?? 0));
  const later = await Promise.all(app.nodes.map((node) => post(alice, { chatId, text: 'last words' }, node)));

  const left = [...posted, ...later].filter(({ position }) => position > cleared).map(({ position }) => position);
  for (const node of app.nodes) {
    const { history } = await bob.call(messageRoutes.openChat, { params: { chatId } }, node);
    const texts = history.messages.filter(({ content }) => content.kind !== 'system');
    expect(texts.map(({ position }) => position)).toEqual(left.toSorted((a, b) => a - b));
    expect(wordsIn(texts)).not.toContain('unreadable');
  }
});

test('drafts and files on their way while a chat is cleared are there or are not, but never broken', async () => {
  const { alice, bob, chatId } = await aDirectChat();
  const params = { chatId };
  const content = randomBytes(200_000);
  const id = newId<never>();
  await beginUpload(app, alice, { chatId, content, id });
  await sendBytes(app, alice, { id, from: 0, bytes: content.subarray(0, 100_000) });
  await Promise.all([
    clearForEveryone(bob, chatId),
    ...app.nodes.map((node, at) =>
      alice.call(arrangingRoutes.saveDraft, { params, body: { text: `draft ${at}`, agoMs: 0 } }, node),
    ),
  ]);
  const { summary } = await alice.call(messageRoutes.openChat, { params }, other);
  expect(summary.place.draft?.text).toMatch(/^draft [01]$/);

  // What was under way begins anew, under the same id.
  await expect(alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } })).rejects.toThrow(
    'attachment-not-found',
  );
  const message = await postFile(other, alice, { chatId, id, content });
  for (const node of app.nodes) expect(await bytesOf(await getFile(node, bob, { id: message.id }))).toEqual(content);
});

test('a device that was away while a chat was cleared catches up by what changed', async () => {
  const { alice, bob, chatId } = await aDirectChat();
  await post(alice, { chatId, text: 'before' });
  const { summary } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  await clearForEveryone(alice, chatId);
  await post(alice, { chatId, text: 'after' });

  const query = { since: String(summary.revision) };
  const listed = await bob.call(messageRoutes.listChanges, { params: { chatId }, query }, other);
  if (listed.kind !== 'changes') throw new Error('a reset');
  expect(listed.changes.chat?.clearedPosition).toBe(summary.revision);
  expect(wordsIn(listed.changes.messages)).toEqual(['historyCleared', 'after']);
  const known = [{ chatId, revision: summary.revision }];
  const { changes } = await bob.call(messageRoutes.syncChats, { body: { since: summary.place.revision, known } });
  expect(changes.chats).toMatchObject([{ unreadCount: 1, chat: { clearedPosition: summary.revision } }]);
});

test('a member who leaves takes along what was theirs; the last one the whole chat', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const chatId = chat.id;
  const params = { chatId };
  const { file } = await aFullMessage({ alice, bob, chatId });
  await bob.call(arrangingRoutes.saveDraft, { params, body: { text: 'not yet', agoMs: 0 } });
  await bob.call(arrangingRoutes.arrangeChat, { params, body: { level: 'mentions' } });
  const sendAt = new Date(Date.now() + 3_600_000).toISOString();
  const later = { id: newId<MessageId>(), text: 'in an hour', sendAt };
  await bob.call(scheduledRoutes.scheduleMessage, { params, body: later });
  await eventually(async () => (await wordsOfChat(app, chatId)) > 0);

  await bob.call(chatRoutes.leaveGroup, { params });
  for (const [table, column] of [
    ['places', 'user_id'],
    ['message_marks', 'user_id'],
    ['scheduled_messages', 'sender_id'],
  ] as const) {
    const left = await app.app.db.rows(`SELECT 1 FROM ${table} WHERE ${column} = :id AND chat_id = :chatId`, {
      id: toBytes(bob.user.id),
      chatId: toBytes(chatId),
    });
    expect([table, left]).toEqual([table, []]);
  }

  await alice.call(inviteRoutes.createInvite, { params, body: { needsApproval: true } });
  await alice.call(scheduledRoutes.scheduleMessage, { params, body: { ...later, id: newId<MessageId>() } });
  await alice.call(chatRoutes.leaveGroup, { params });
  expect(await wrappedKeyOf(chatId)).toBe('');
  await eventually(async () => Object.keys(await rowsOfChat(app, chatId)).length === 0).catch(() => undefined);
  expect(await rowsOfChat(app, chatId)).toEqual({});
  await eventually(async () => (await wordsOfChat(app, chatId)) === 0);
  await eventually(async () => !(await liesOnDisk(app, file.id)));
});
