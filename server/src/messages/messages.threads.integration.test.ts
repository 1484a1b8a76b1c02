import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { mentionOf } from '@dialog/shared/mentions';
import { groupRoutes } from '@dialog/shared/chats.groups';
import { chatRoutes } from '@dialog/shared/chats';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { HISTORY_PAGE, messageRoutes, type Message, type MessageMark } from '@dialog/shared/messages';
import { threadRoutes } from '@dialog/shared/messages.threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { clearForEveryone, clearForMe } from '../testing/cleared.ts';
import { eventually, listen, post } from '../testing/conversation.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 1 });
});
afterAll(() => app.stop());

interface Reply {
  readonly chatId: ChatId;
  readonly thread: number;
  readonly text: string;
  readonly id?: MessageId;
}

function answer(person: Person, { chatId, id = newId<MessageId>(), ...rest }: Reply): Promise<Message> {
  return person.call(messageRoutes.postMessage, { params: { chatId }, body: { id, ...rest } });
}

async function aThread() {
  const [ann, bob, eve] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(ann, [ann, bob, eve]);
  const root = await post(ann, { chatId: chat.id, text: 'who comes?' });
  return { ann, bob, eve, chatId: chat.id, root, thread: root.position };
}

type Query = Partial<Record<'before' | 'after' | 'around', string>>;

const pageOf = (person: Person, { chatId, thread }: { chatId: ChatId; thread: number }, query: Query = {}) =>
  person.call(threadRoutes.listThread, { params: { chatId }, query: { root: String(thread), ...query } });
const openOf = (person: Person, chatId: ChatId) => person.call(messageRoutes.openChat, { params: { chatId } });
const markOf = async (person: Person, chatId: ChatId, thread: number): Promise<MessageMark | null> =>
  (await pageOf(person, { chatId, thread })).rootMark;
const follows = async (person: Person, chatId: ChatId, thread: number) =>
  (await markOf(person, chatId, thread))?.thread?.isFollowing === true;

test('a reply stands in its thread and not in the conversation, whose root says how much was answered', async () => {
  const { ann, bob, eve, chatId, thread } = await aThread();
  await answer(bob, { chatId, thread, text: 'I do' });
  const last = await answer(eve, { chatId, thread, text: 'me too' });
  const { history, summary } = await openOf(ann, chatId);
  expect(history.messages.map(({ position }) => position)).not.toContain(last.position);
  expect(history.messages.find(({ position }) => position === thread)?.replies).toEqual({
    count: 2,
    lastPosition: last.position,
    lastAt: last.postedAt,
    writers: [eve.user.id, bob.user.id],
  });
  expect(summary).toMatchObject({ lastMessage: { position: thread }, unreadCount: 0 });
  const { root, stretch } = await pageOf(ann, { chatId, thread });
  expect(root.position).toBe(thread);
  expect(stretch.messages.map(({ content }) => content)).toMatchObject([{ text: 'I do' }, { text: 'me too' }]);
});

test('a page of the conversation is full however much is said in threads', async () => {
  const { ann, bob, chatId, thread } = await aThread();
  for (let at = 0; at < HISTORY_PAGE + 5; at += 1) {
    await post(ann, { chatId, text: `main ${at}` });
    if (at % 2 === 0) await answer(bob, { chatId, thread, text: `side ${at}` });
  }
  const { history } = await openOf(bob, chatId);
  expect(history.messages).toHaveLength(HISTORY_PAGE);
  expect(history.messages.filter((message) => message.thread !== undefined)).toEqual([]);
  const around = await bob.call(messageRoutes.listAround, {
    params: { chatId },
    query: { position: String(history.from) },
  });
  expect(around.messages.some((message) => message.thread !== undefined)).toBe(false);
});

test('R1, R3: replies of one batch to one root reach devices as one frame with the root once', async () => {
  const { ann, bob, eve, chatId, thread } = await aThread();
  const socket = await ann.connect(app.nodes[0]);
  const heard = listen(socket);
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, at) => answer(at % 2 ? bob : eve, { chatId, thread, text: `reply ${at}` })),
  );
  const frames = () => heard.flatMap((one) => (one.event === 'chatChanged' ? [one.payload] : []));
  const told = () => new Set(frames().flatMap(({ messages }) => messages.map(({ id }) => id)));
  await eventually(() => replies.every(({ id }) => told().has(id)));
  for (const { from, revision, messages } of frames()) {
    expect(messages.map((message) => message.revision).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: revision - from }, (_, at) => from + at + 1),
    );
    expect(messages.filter(({ position }) => position === thread).length).toBe(1);
  }
  const { root, revision } = await pageOf(ann, { chatId, thread });
  expect(root).toMatchObject({ replies: { count: 12 }, revision });
  socket.close();
});

test('R6: a reply posted twice is one reply', async () => {
  const { bob, chatId, thread } = await aThread();
  const id = newId<MessageId>();
  const [first, again] = [
    await answer(bob, { chatId, thread, text: 'once', id }),
    await answer(bob, { chatId, thread, text: 'once', id }),
  ];
  expect(again).toEqual(first);
  expect((await pageOf(bob, { chatId, thread })).root.replies?.count).toBe(1);
});

test('pages of a thread meet without holes, from both ends and from a place in the middle', async () => {
  const { bob, chatId, thread } = await aThread();
  const all: number[] = [];
  for (let at = 0; at < HISTORY_PAGE + 20; at += 1)
    all.push((await answer(bob, { chatId, thread, text: `reply ${at}` })).position);
  const newest = (await pageOf(bob, { chatId, thread })).stretch;
  expect(newest).toMatchObject({ hasOlder: true, hasNewer: false });
  const older = (await pageOf(bob, { chatId, thread }, { before: String(newest.from) })).stretch;
  expect(older).toMatchObject({ from: 0, hasOlder: false, hasNewer: true });
  expect([...older.messages, ...newest.messages].map(({ position }) => position)).toEqual(all);
  const around = (await pageOf(bob, { chatId, thread }, { around: String(all[35]) })).stretch;
  expect(around.messages.map(({ position }) => position)).toContain(all[35]);
  const after = (await pageOf(bob, { chatId, thread }, { after: String(around.until) })).stretch;
  expect([...around.messages, ...after.messages].map(({ position }) => position)).toEqual(all.slice(10));
});

test('only something said in a group, and in no thread itself, can have a thread', async () => {
  const { ann, bob, chatId, thread, root } = await aThread();
  const reply = await answer(bob, { chatId, thread, text: 'yes' });
  const refused = { message: 'message-not-found' };
  await expect(answer(ann, { chatId, thread: reply.position, text: 'deeper' })).rejects.toMatchObject(refused);
  await expect(answer(ann, { chatId, thread: 999, text: 'nowhere' })).rejects.toMatchObject(refused);
  await expect(answer(ann, { chatId, thread: 1, text: 'on a note' })).rejects.toMatchObject(refused);
  const direct = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const said = await post(ann, { chatId: direct.chat.id, text: 'hi' });
  await expect(answer(bob, { chatId: direct.chat.id, thread: said.position, text: 'no' })).rejects.toMatchObject(
    refused,
  );
  const alone = await post(ann, { chatId, text: 'gone soon' });
  for (const { id } of [root, alone])
    await ann.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [id] } });
  await expect(answer(bob, { chatId, thread: alone.position, text: 'late' })).rejects.toMatchObject(refused);
  // Taken back, it still holds its thread.
  await answer(bob, { chatId, thread, text: 'still here' });
  const page = await pageOf(ann, { chatId, thread });
  expect(page.root).toMatchObject({ content: { kind: 'deleted' }, replies: { count: 2 } });
});

test('a reply taken back is counted no more; the last one takes the thread with it', async () => {
  const { ann, bob, eve, chatId, thread } = await aThread();
  const first = await answer(bob, { chatId, thread, text: 'one' });
  const second = await answer(eve, { chatId, thread, text: 'two' });
  const remove = (person: Person, id: MessageId) =>
    person.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [id] } });
  await remove(eve, second.id);
  expect((await pageOf(ann, { chatId, thread })).root.replies).toEqual({
    count: 1,
    lastPosition: first.position,
    lastAt: first.postedAt,
    writers: [bob.user.id],
  });
  await remove(ann, first.id);
  const { root, stretch } = await pageOf(ann, { chatId, thread });
  expect(root.replies).toBeUndefined();
  expect(stretch.messages.map(({ content }) => content.kind)).toEqual(['deleted', 'deleted']);
  const { roots } = await ann.call(threadRoutes.listThreads, { params: { chatId }, query: {} });
  expect(roots).toEqual([]);
});

test('who wrote the root, who writes in it and who is called there follows a thread; others do not', async () => {
  const { ann, bob, eve, chatId, thread } = await aThread();
  const zoe = await aUser(app);
  await ann.call(chatRoutes.addMembers, { params: { chatId }, body: { userIds: [zoe.user.id] } });
  await answer(bob, { chatId, thread, text: `ask ${mentionOf(eve.user.id)}` });
  await eventually(async () =>
    (await Promise.all([ann, bob, eve].map((one) => follows(one, chatId, thread)))).every(Boolean),
  );
  expect(await markOf(zoe, chatId, thread)).toBeNull();
  const unfollow = { params: { chatId }, body: { root: thread, isOn: false } };
  await eve.call(threadRoutes.followThread, unfollow);
  await answer(bob, { chatId, thread, text: `again ${mentionOf(eve.user.id)}` });
  const zoes = await zoe.call(threadRoutes.followThread, { ...unfollow, body: { root: thread, isOn: true } });
  expect(zoes.mark.thread?.isFollowing).toBe(true);
  expect(await follows(eve, chatId, thread)).toBe(false);
  await answer(eve, { chatId, thread, text: 'all right' });
  await eventually(() => follows(eve, chatId, thread));
  const followed = await eve.call(threadRoutes.listThreads, { params: { chatId }, query: { following: 'true' } });
  expect(followed.roots.map(({ position }) => position)).toEqual([thread]);
});

test('what is read in a thread is read on all devices, and calls there are apart from those of the conversation', async () => {
  const { ann, eve, bob, chatId, thread } = await aThread();
  const called = await answer(bob, {
    chatId,
    thread,
    text: `come ${mentionOf(eve.user.id)} ${mentionOf(ann.user.id)}`,
  });
  await eventually(() => follows(eve, chatId, thread));
  const later = await post(bob, { chatId, text: 'something else' });
  await eve.call(messageRoutes.markRead, { params: { chatId }, body: { position: later.position } });
  const summaryOf = async () => (await openOf(eve, chatId)).summary;
  expect(await summaryOf()).toMatchObject({
    unreadCount: 0,
    mentions: [],
    threadMentions: [{ thread, position: called.position }],
  });
  const socket = await eve.connect(app.nodes[0]);
  const heard = listen(socket);
  const read = { params: { chatId }, body: { root: thread, position: called.position } };
  await eve.call(threadRoutes.markThreadRead, read);
  await eventually(() =>
    heard.some(
      (one) => one.event === 'personChanged' && one.payload.marks[0]?.thread?.readPosition === called.position,
    ),
  );
  expect(await summaryOf()).toMatchObject({ threadMentions: [] });
  // Said again it changes nothing.
  const before = heard.length;
  await eve.call(threadRoutes.markThreadRead, read);
  expect(heard.slice(before).filter(({ event }) => event === 'personChanged')).toEqual([]);
  socket.close();
});

test('the list of threads shows the one answered last first, page by page', async () => {
  const { ann, bob, chatId } = await aThread();
  const roots: number[] = [];
  for (let at = 0; at < 32; at += 1) {
    const { position } = await post(ann, { chatId, text: `root ${at}` });
    await answer(bob, { chatId, thread: position, text: 'here' });
    roots.unshift(position);
  }
  const list = (query: { before?: string }) => ann.call(threadRoutes.listThreads, { params: { chatId }, query });
  const first = await list({});
  const rest = await list({ before: String(first.next) });
  expect([...first.roots, ...rest.roots].map(({ position }) => position)).toEqual(roots);
  expect(rest.next).toBeNull();
});

test('the rules of the group hold in its threads', async () => {
  const { ann, bob, chatId, thread } = await aThread();
  await ann.call(groupRoutes.changeGroup, { params: { chatId }, body: { isAnnouncementOnly: true } });
  await expect(answer(bob, { chatId, thread, text: 'may I' })).rejects.toMatchObject({ message: 'announcement-only' });
  await ann.call(groupRoutes.changeGroup, {
    params: { chatId },
    body: { isAnnouncementOnly: false, slowModeSeconds: 60 },
  });
  await answer(bob, { chatId, thread, text: 'now I may' });
  await expect(post(bob, { chatId, text: 'too soon' })).rejects.toMatchObject({ message: 'slow-mode' });
  await ann.call(groupRoutes.banMember, { params: { chatId, userId: bob.user.id } });
  await expect(pageOf(bob, { chatId, thread })).rejects.toMatchObject({ message: 'chat-not-found' });
});

test('with its root a thread is cleared: for one person alone, or for everyone, with the calls in it', async () => {
  const { ann, bob, eve, chatId, thread } = await aThread();
  await answer(bob, { chatId, thread, text: `and you ${mentionOf(eve.user.id)}?` });
  const calls = async (person: Person) => (await openOf(person, chatId)).summary.threadMentions;
  const listed = async (person: Person) =>
    (await person.call(threadRoutes.listThreads, { params: { chatId }, query: {} })).roots;
  expect(await calls(eve)).toHaveLength(1);
  await clearForMe(eve, chatId, (await openOf(eve, chatId)).summary.revision);
  await expect(pageOf(eve, { chatId, thread })).rejects.toThrow('message-not-found');
  expect([await listed(eve), await calls(eve)]).toEqual([[], []]);
  expect(await listed(bob)).toHaveLength(1);
  expect((await pageOf(bob, { chatId, thread })).stretch.messages).toHaveLength(1);

  await clearForEveryone(ann, chatId);
  await expect(pageOf(bob, { chatId, thread })).rejects.toThrow('message-not-found');
  expect(await listed(bob)).toEqual([]);
  await expect(answer(bob, { chatId, thread, text: 'too late' })).rejects.toThrow('message-not-found');
});
