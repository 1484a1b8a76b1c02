import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes, type ChatSummary } from '@dialog/shared/chats';
import type { CallId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import { searchRoutes } from '@dialog/shared/search';
import { settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, listen, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser, Refused, type Person } from '../testing/people.ts';
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

async function refusal(act: Promise<unknown>): Promise<string> {
  const error: unknown = await act.catch((refused: unknown) => refused);
  return error instanceof Refused ? error.reply.code : 'not refused';
}

/** Ann and Bob, who have written to each other. */
async function twoWhoTalk() {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  await post(ann, { chatId: chat.id, text: 'hello bob' });
  await post(bob, { chatId: chat.id, text: 'hello ann' });
  return { ann, bob, chatId: chat.id };
}

async function summaryOf(person: Person, chatId: ChatId, node = other): Promise<ChatSummary> {
  const { changes } = await person.call(messageRoutes.syncChats, { body: { since: 0, known: [] } }, node);
  const summary = changes.chats.find(({ chat }) => chat.id === chatId);
  if (!summary) throw new Error('the chat is not in the list');
  return summary;
}

/** The texts of a chat that are not deleted for this person. */
async function textsSeenBy(person: Person, chatId: ChatId): Promise<string[]> {
  const { history } = await person.call(messageRoutes.openChat, { params: { chatId } }, other);
  const hidden = new Set(history.marks.flatMap(({ position, isHidden }) => (isHidden ? [position] : [])));
  return history.messages.flatMap(({ content, position }) =>
    content.kind === 'text' && !hidden.has(position) ? [content.text] : [],
  );
}

test('what a blocked person writes stands as sent to them, and to the one who blocked there is nothing: now and after', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  const bobs = await bob.connect(other);
  const anns = await ann.connect(other);
  const [heard, echoed] = [listen(bobs), listen(anns)];
  await block(bob, ann);
  await pause(300);
  expect(echoed).toEqual([]);
  const before = heard.length;
  const sent = await post(ann, { chatId, text: 'are you there' });
  await eventually(() => echoed.some(({ event }) => event === 'chatChanged'));
  await pause(500);
  expect(heard.slice(before)).toEqual([]);
  expect(await textsSeenBy(ann, chatId)).toContain('are you there');
  expect(await textsSeenBy(bob, chatId)).toEqual(['hello bob', 'hello ann']);
  const summary = await summaryOf(bob, chatId);
  expect(summary.unreadCount).toBe(0);
  expect(summary.lastMessage?.content).toMatchObject({ text: 'hello ann' });
  const found = await bob.call(searchRoutes.searchMessages, { body: { words: 'there' } });
  expect(JSON.stringify(found)).not.toContain('are you there');
  await unblock(bob, ann);
  await post(ann, { chatId, text: 'back again' });
  expect(await textsSeenBy(bob, chatId)).toEqual(['hello bob', 'hello ann', 'back again']);
  await eventually(() => heard.some(({ event }) => event === 'chatChanged'), 1_000);
  expect(await summaryOf(bob, chatId)).toMatchObject({
    unreadCount: 2,
    lastMessage: { content: { text: 'back again' } },
  });
  const position = sent.position;
  const { people } = await ann.call(messageActRoutes.listReaders, {
    params: { chatId, messageId: sent.id },
    query: {},
  });
  expect(position).toBeGreaterThan(0);
  expect(people.map(({ state }) => state)).toEqual(['sent']);
  bobs.close();
  anns.close();
});

test('neither sees the other type, read or receive while one has blocked the other', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  const [bobs, anns] = await Promise.all([bob.connect(other), ann.connect(other)]);
  for (const socket of [bobs, anns]) socket.emit('watchChat', { chatId });
  await block(bob, ann);
  await pause(300);
  const [heardByBob, heardByAnn] = [listen(bobs), listen(anns)];
  const { position } = await post(ann, { chatId, text: 'are you there' });
  await ann.call(messageRoutes.markRead, { params: { chatId }, body: { position } });
  await bob.call(messageRoutes.markRead, { params: { chatId }, body: { position } });
  await bob.call(messageRoutes.markDelivered, { body: { cursors: [{ chatId, position }] } });
  anns.emit('type', { chatId });
  bobs.emit('type', { chatId });
  await pause(1_300);
  const ownEvents = new Set(['cursorsMoved', 'typed']);
  expect(heardByBob.filter(({ event }) => ownEvents.has(event))).toEqual([]);
  expect(JSON.stringify(heardByAnn.filter(({ event }) => ownEvents.has(event)))).not.toContain(bob.user.id);
  const { cursors } = await ann.call(messageRoutes.openChat, { params: { chatId } });
  const bobsCursor = cursors.find(({ userId }) => userId === bob.user.id);
  expect(bobsCursor?.readPosition ?? 0).toBeLessThan(position);
  expect(bobsCursor?.deliveredPosition ?? 0).toBeLessThan(position);
  bobs.close();
  anns.close();
});

test('a page that connects after the block hears nothing of the chat either, and everything again once it ended', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  await block(bob, ann);
  const bobs = await bob.connect(other);
  const heard = listen(bobs);
  await post(ann, { chatId, text: 'one' });
  await pause(400);
  expect(heard).toEqual([]);
  await unblock(bob, ann);
  await pause(200);
  await post(ann, { chatId, text: 'two' });
  await eventually(() => JSON.stringify(heard).includes('two'), 1_000);
  expect(JSON.stringify(heard)).not.toContain('"one"');
  bobs.close();
});

test('whoever has blocked somebody does not write to them or call them, and is told why', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  await block(bob, ann);
  expect(await refusal(post(bob, { chatId, text: 'no' }))).toBe('blocked-by-you');
  const call = { params: { chatId }, body: { id: newId<CallId>() } };
  if (one.app.db)
    expect(['blocked-by-you', 'calls-unavailable']).toContain(await refusal(bob.call(callRoutes.startCall, call)));
});

test('a blocked person who edits what they once said takes it from the other, and tells them nothing new', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  const said = await post(ann, { chatId, text: 'something kind' });
  await block(bob, ann);
  const edit = { params: { chatId, messageId: said.id }, body: { text: 'something unkind' } };
  await ann.call(messageActRoutes.editMessage, edit);
  expect(await textsSeenBy(bob, chatId)).toEqual(['hello bob', 'hello ann']);
});

test('two strangers of whom one has blocked the other are answered as where only friends write', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  await block(bob, ann);
  const direct = (person: Person, whom: Person) =>
    refusal(person.call(chatRoutes.createDirectChat, { body: { userId: whom.user.id } }));
  expect(await direct(ann, bob)).toBe('not-reachable');
  expect(await direct(bob, ann)).toBe('blocked-by-you');
  await unblock(bob, ann);
  await bob.call(settingsRoutes.changeSettings, { body: { privacy: { write: 'friends' } } });
  expect(await direct(ann, bob)).toBe('not-reachable');
  expect(await direct(bob, ann)).toBe('not refused');
});

test('a direct chat that begins at the moment of a block ends up blocked', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
    const opened = ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } }, other).catch(() => null);
    const [made] = await Promise.all([opened, block(bob, ann)]);
    if (!made) continue;
    await post(ann, { chatId: made.chat.id, text: 'psst' });
    expect(await textsSeenBy(bob, made.chat.id)).toEqual([]);
  }
});

test('what is sent at the moment of a block is either heard or withheld, and never told after it', async () => {
  const { ann, bob, chatId } = await twoWhoTalk();
  const sending = Array.from({ length: 20 }, (_, at) =>
    post(ann, { chatId, text: `message ${at}`, id: newId<MessageId>() }, at % 2 === 0 ? one : other),
  );
  await Promise.all([...sending, block(bob, ann)]);
  const bobs = await bob.connect(other);
  const heard = listen(bobs);
  await post(ann, { chatId, text: 'afterwards' });
  await pause(300);
  expect(heard).toEqual([]);
  expect(await textsSeenBy(bob, chatId)).not.toContain('afterwards');
  bobs.close();
});

test('nobody is added to a group by whom they have blocked, and the others come in all the same', async () => {
  const [ann, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  await block(bob, ann);
  const group = { id: newId<ChatId>(), title: 'Us', memberIds: [bob.user.id, carol.user.id] };
  const made = await ann.call(chatRoutes.createGroup, { body: group });
  expect(made.notAdded).toEqual([bob.user.id]);
  expect(made.chat.memberCount).toBe(2);
  const added = await ann.call(chatRoutes.addMembers, {
    params: { chatId: group.id },
    body: { userIds: [bob.user.id] },
  });
  expect(added.notAdded).toEqual([bob.user.id]);
  expect(added.members).toEqual([]);
});

test('in a shared group both stay, and the blocked one does not call the other', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(ann, [bob]);
  await block(bob, ann);
  expect((await ann.call(chatRoutes.listMembers, { params: { chatId: chat.id }, query: {} })).members).toHaveLength(2);
  await post(ann, { chatId: chat.id, text: `look <@${bob.user.id}>` });
  const summary = await summaryOf(bob, chat.id);
  expect(summary.mentions).toEqual([]);
  expect(await textsSeenBy(bob, chat.id)).toHaveLength(1);
});
