import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import { groupRoutes } from '@dialog/shared/chats.groups';
import { chatRoutes } from '@dialog/shared/chats';
import { attachmentRoutes } from '@dialog/shared/attachments';
import type { MessageId } from '@dialog/shared/contract/values';
import { inviteRoutes } from '@dialog/shared/invites';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { scheduledRoutes } from '@dialog/shared/messages.scheduled';
import { messageRoutes } from '@dialog/shared/messages';
import { searchRoutes } from '@dialog/shared/search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, post } from '../testing/conversation.ts';
import { codeOf, getFile, liesOnDisk } from '../testing/files.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';
import { rowsOfChat, wordsOfChat } from '../testing/tables.ts';
import {
  aDirectChat,
  aFullMessage,
  clearForEveryone,
  clearForMe,
  shown,
  textsOf,
  wrappedKeyOf,
} from '../testing/cleared.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] as TestNode;
});
afterAll(() => app.stop());

test('what is cleared for everyone is gone at once for both, and then from the tables, the index and the disk', async () => {
  const world = await aDirectChat(app);
  const { alice, bob, chatId } = world;
  await alice.call(chatRoutes.setMessageLifetime, { params: { chatId }, body: { seconds: 86_400 } });
  const { message, file } = await aFullMessage(app, world);
  await eventually(async () => (await wordsOfChat(app, chatId)) > 0);
  const before = await wrappedKeyOf(app, chatId);
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
  expect(await wrappedKeyOf(app, chatId)).not.toBe(before);
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
  const world = await aDirectChat(app);
  const { alice, bob, chatId } = world;
  const { message, file } = await aFullMessage(app, world);
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
  const { alice, bob, chatId } = await aDirectChat(app);
  const { position } = await post(alice, { chatId, text: 'seen' });
  await post(alice, { chatId, text: 'not seen yet' });
  await clearForMe(bob, chatId, position);
  expect(await shown(bob, chatId)).toMatchObject({ texts: ['not seen yet'], unreadCount: 1 });
  // Nor does clearing ever go back.
  await clearForMe(bob, chatId, position - 1);
  expect(await textsOf(bob, chatId)).toEqual(['not seen yet']);
});

test('what both have cleared for themselves is removed, and neither learns that the other did', async () => {
  const world = await aDirectChat(app);
  const { alice, bob, chatId } = world;
  const { file } = await aFullMessage(app, world);
  const last = await post(alice, { chatId, text: 'only Alice is to see this still' });
  const before = await wrappedKeyOf(app, chatId);
  await clearForMe(alice, chatId, file.position);
  await clearForMe(bob, chatId, last.position);
  await eventually(async () => Object.keys(await rowsOfChat(app, chatId, file.position)).length === 0);
  await eventually(async () => !(await liesOnDisk(app, file.id)));
  expect(await textsOf(alice, chatId)).toEqual(['only Alice is to see this still']);
  expect(await wrappedKeyOf(app, chatId)).toBe(before);

  const { summary } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  await clearForMe(alice, chatId, last.position);
  await eventually(async () => Object.keys(await rowsOfChat(app, chatId, last.position)).length === 0);
  expect(await wrappedKeyOf(app, chatId)).not.toBe(before);
  expect((await bob.call(messageRoutes.openChat, { params: { chatId } })).summary).toEqual(summary);
  await post(bob, { chatId, text: 'a new day' }, other);
  for (const node of app.nodes) expect(await textsOf(alice, chatId, node)).toEqual(['a new day']);
});
