import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { chatRoutes } from '@dialog/shared/chats';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { listen, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser, nextEvent, signInAgain, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] as TestNode;
});
afterAll(() => app.stop());

interface Scene {
  readonly alice: Person;
  readonly bob: Person;
  readonly chatId: ChatId;
  readonly message: Message;
}

/** A group of Alice's with Bob in it, and a message by Bob. */
async function aScene(text = 'hello'): Promise<Scene> {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  return { alice, bob, chatId: chat.id, message: await post(bob, { chatId: chat.id, text }) };
}

const paramsOf = ({ chatId, message }: Pick<Scene, 'chatId' | 'message'>) => ({ chatId, messageId: message.id });

async function historyOf(person: Person, chatId: ChatId) {
  return (await person.call(messageRoutes.openChat, { params: { chatId } })).history;
}

async function ask(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const connection = await mysql.createConnection({ uri: app.databaseUrl });
  const [rows] = await connection.query(sql, values);
  await connection.end();
  return rows as Record<string, unknown>[];
}

test('an edited message keeps its place, is told whole on the other node, and what it said before can be read', async () => {
  const scene = await aScene('first words');
  const socket = await scene.alice.connect(other);
  const heard = nextEvent(socket, 'chatChanged', ({ messages }) => messages.some(({ editedAt }) => editedAt));
  const params = paramsOf(scene);
  await scene.bob.call(messageActRoutes.editMessage, { params, body: { text: 'second words' } });
  await scene.bob.call(messageActRoutes.editMessage, { params, body: { text: 'third words' } });
  const [told] = (await heard).messages;
  expect(told).toMatchObject({
    id: scene.message.id,
    position: scene.message.position,
    revision: scene.message.revision + 1,
    content: { kind: 'text', text: 'second words' },
  });
  const { versions } = await scene.alice.call(messageActRoutes.listVersions, { params });
  expect(versions.map(({ text }) => text)).toEqual(['second words', 'first words']);
  socket.close();
});

test('only who wrote a message edits it, and what somebody else wrote first stays as it was', async () => {
  const scene = await aScene();
  const edit = { params: paramsOf(scene), body: { text: 'other words' } };
  await expect(scene.alice.call(messageActRoutes.editMessage, edit)).rejects.toThrow('not-allowed');
  const id = newId<MessageId>();
  const params = { chatId: scene.chatId };
  await scene.alice.call(messageActRoutes.forwardMessages, {
    params,
    body: { from: scene.chatId, messages: [{ id, messageId: scene.message.id }] },
  });
  await expect(
    scene.alice.call(messageActRoutes.editMessage, { params: { ...params, messageId: id }, body: { text: 'mine' } }),
  ).rejects.toThrow('not-allowed');
});

test('a message taken back leaves a tombstone: its words, versions, reactions and pins are gone from the database', async () => {
  const scene = await aScene('a secret');
  const { alice, bob, chatId, message } = scene;
  const params = paramsOf(scene);
  await bob.call(messageActRoutes.editMessage, { params, body: { text: 'still a secret' } });
  await alice.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn: true } });
  await alice.call(messageActRoutes.pinMessage, { params, body: { isOn: true } });
  await alice.call(messageActRoutes.starMessage, { params, body: { isOn: true } });
  await bob.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [message.id] } });
  const { messages } = await historyOf(alice, chatId);
  const tombstone = messages.find(({ id }) => id === message.id);
  expect(tombstone).toEqual({
    ...message,
    content: { kind: 'deleted' },
    revision: tombstone?.revision,
  });
  const at = [toBytes(chatId), message.position];
  expect(await ask('SELECT body, kind FROM messages WHERE chat_id = ? AND position = ?', at)).toEqual([
    { body: Buffer.alloc(0), kind: 'deleted' },
  ]);
  for (const table of ['message_versions', 'reactions', 'pins', 'message_marks'])
    expect(await ask(`SELECT 1 FROM ${table} WHERE chat_id = ? AND position = ?`, at), table).toEqual([]);
  await expect(bob.call(messageActRoutes.editMessage, { params, body: { text: 'back' } })).rejects.toThrow(
    'message-not-found',
  );
});

test('owners and admins take back anything in a group; in a direct chat everyone only their own', async () => {
  const scene = await aScene();
  const { alice, bob, chatId, message } = scene;
  const mine = await post(alice, { chatId, text: 'mine' });
  const remove = (person: Person, { id }: Message, from = chatId) =>
    person.call(messageActRoutes.deleteMessages, { params: { chatId: from }, body: { messageIds: [id] } });
  await expect(remove(bob, mine)).rejects.toThrow('not-allowed');
  await remove(alice, message);
  const direct = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const his = await post(bob, { chatId: direct.chat.id, text: 'his' });
  await expect(remove(alice, his, direct.chat.id)).rejects.toThrow('not-allowed');
  await remove(bob, his, direct.chat.id);
});

test('an unread message that is taken back is not unread any more', async () => {
  const { alice, bob, chatId, message } = await aScene();
  const unread = async () => (await alice.call(messageRoutes.openChat, { params: { chatId } })).summary.unreadCount;
  expect(await unread()).toBe(1);
  await bob.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [message.id] } });
  expect(await unread()).toBe(0);
});

test('a reaction is counted for everyone, and whose it is only told to its own devices', async () => {
  const scene = await aScene();
  const { alice, bob } = scene;
  const params = paramsOf(scene);
  const [hers, his] = await Promise.all([alice.connect(other), bob.connect()]);
  const [heardByHer, heardByHim] = [listen(hers), listen(his)];
  const twice = { params, body: { emoji: '👍', isOn: true } };
  const first = await alice.call(messageActRoutes.react, twice);
  expect(first.mark).toMatchObject({ reactions: ['👍'], isStarred: false });
  expect(first.changes.messages).toMatchObject([{ reactions: [{ emoji: '👍', count: 1 }] }]);
  const second = await alice.call(messageActRoutes.react, twice);
  expect(second.changes.messages).toEqual([]);
  await bob.call(messageActRoutes.react, twice);
  await alice.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn: false } });
  await pause(300);
  const marksIn = (heard: typeof heardByHer) =>
    heard.flatMap(({ event, payload }) => (event === 'personChanged' ? payload.marks : []));
  expect(marksIn(heardByHer).map(({ reactions }) => reactions)).toEqual([['👍'], ['👍'], []]);
  expect(marksIn(heardByHim).map(({ reactions }) => reactions)).toEqual([['👍']]);
  const { people } = await alice.call(messageActRoutes.listReactions, { params, query: { emoji: '👍' } });
  expect(people.map(({ id }) => id)).toEqual([bob.user.id]);
  const history = await historyOf(bob, scene.chatId);
  expect(history.messages.at(-1)).toMatchObject({ reactions: [{ emoji: '👍', count: 1 }] });
  hers.close();
  his.close();
});

test('twenty different emoji fit on a message, and something that is no emoji on none', async () => {
  const scene = await aScene();
  const params = paramsOf(scene);
  const emoji = '😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😗 😚 😙'.split(' ');
  for (const one of emoji) await scene.bob.call(messageActRoutes.react, { params, body: { emoji: one, isOn: true } });
  await expect(scene.alice.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn: true } })).rejects.toThrow(
    'too-many-reactions',
  );
  await scene.alice.call(messageActRoutes.react, { params, body: { emoji: '😀', isOn: true } });
  for (const none of ['a', '👍👍', '', '<b>'])
    await expect(
      scene.alice.call(messageActRoutes.react, { params, body: { emoji: none, isOn: true } }),
    ).rejects.toThrow('invalid-request');
});

test('pins are listed the last first, and the chat says that one was made', async () => {
  const scene = await aScene();
  const { alice, bob, chatId, message } = scene;
  const later = await post(bob, { chatId, text: 'later' });
  const pin = (one: Message, isOn: boolean) =>
    alice.call(messageActRoutes.pinMessage, { params: { chatId, messageId: one.id }, body: { isOn } });
  await pin(later, true);
  await pin(message, true);
  const pinned = async () =>
    (await bob.call(messageActRoutes.listPins, { params: { chatId } })).messages.map(({ id }) => id);
  expect(await pinned()).toEqual([message.id, later.id]);
  await pin(message, false);
  expect(await pinned()).toEqual([later.id]);
  const notes = (await historyOf(bob, chatId)).messages.flatMap(({ content }) =>
    content.kind === 'system' && content.note.what === 'messagePinned' ? [content.note.position] : [],
  );
  expect(notes).toEqual([later.position, message.position]);
  await expect(
    bob.call(messageActRoutes.pinMessage, { params: paramsOf(scene), body: { isOn: true } }),
  ).rejects.toThrow('not-allowed');
});

test('stars and messages deleted for oneself are on all devices of that person, and nobody else is told', async () => {
  const scene = await aScene();
  const { alice, bob, chatId, message } = scene;
  const again = await signInAgain(app, alice);
  const [second, his] = await Promise.all([again.connect(other), bob.connect()]);
  const heardByHim = listen(his);
  const heard = nextEvent(second, 'personChanged', ({ marks }) => marks.some(({ isStarred }) => isStarred));
  await alice.call(messageActRoutes.starMessage, { params: paramsOf(scene), body: { isOn: true } });
  expect((await heard).marks).toMatchObject([{ position: message.position, isStarred: true }]);
  const starred = await alice.call(messageActRoutes.listStarred, { query: {} });
  expect(starred.messages.map(({ id }) => id)).toEqual([message.id]);

  const later = await post(bob, { chatId, text: 'unwanted' });
  const hidden = nextEvent(second, 'personChanged', ({ marks }) => marks.some(({ isHidden }) => isHidden));
  await alice.call(messageActRoutes.hideMessages, { params: { chatId }, body: { positions: [later.position] } });
  const told = await hidden;
  expect(told.chats[0]?.lastMessage?.id).toBe(message.id);
  expect((await historyOf(bob, chatId)).messages.at(-1)?.id).toBe(later.id);
  expect((await historyOf(alice, chatId)).marks).toMatchObject([{ isStarred: true }, { isHidden: true }]);
  expect(heardByHim.some(({ event }) => event === 'personChanged')).toBe(false);
  second.close();
  his.close();
});

test('a message is passed on once, however often that is said, under the name of who wrote it first', async () => {
  const scene = await aScene('worth passing on');
  const { alice, chatId, message } = scene;
  const { chat: there } = await aGroup(alice, []);
  const id = newId<MessageId>();
  const forward = () =>
    alice.call(messageActRoutes.forwardMessages, {
      params: { chatId: there.id },
      body: { from: chatId, messages: [{ id, messageId: message.id }] },
    });
  const [first, second] = [await forward(), await forward()];
  expect(second).toEqual(first);
  expect(first.messages).toMatchObject([
    {
      id,
      chatId: there.id,
      senderId: alice.user.id,
      content: { kind: 'text', text: 'worth passing on', forwardedFrom: scene.bob.user.displayName },
    },
  ]);
  const stranger = await aUser(app);
  const { chat: theirs } = await aGroup(stranger, []);
  await expect(
    stranger.call(messageActRoutes.forwardMessages, {
      params: { chatId: theirs.id },
      body: { from: chatId, messages: [{ id: newId(), messageId: message.id }] },
    }),
  ).rejects.toThrow('chat-not-found');
});

test('an answer names the message that it answers, and what is not there yet cannot be answered', async () => {
  const { alice, chatId, message } = await aScene();
  const answer = (replyTo: number) =>
    alice.call(messageRoutes.postMessage, {
      params: { chatId },
      body: { id: newId<MessageId>(), text: 'an answer', replyTo },
    });
  expect((await answer(message.position)).replyTo).toBe(message.position);
  expect((await answer(1_000)).replyTo).toBeUndefined();
  const { messages } = await alice.call(messageRoutes.listMessages, {
    params: { chatId },
    body: { positions: [message.position, 1_000] },
  });
  expect(messages).toEqual([message]);
});

test('a stretch around any place joins the pages before and after it without a hole, also by date', async () => {
  const { alice, chatId } = await aScene();
  const posted: Message[] = [];
  for (let at = 0; at < 120; at += 1) posted.push(await post(alice, { chatId, text: `number ${at}` }));
  const middle = posted[50] as Message;
  const params = { chatId };
  const stretch = await alice.call(messageRoutes.listAround, {
    params,
    query: { position: String(middle.position) },
  });
  expect(stretch.messages[25]?.id).toBe(middle.id);
  expect(stretch).toMatchObject({ hasOlder: true, hasNewer: true });
  const newer = await alice.call(messageRoutes.listNewer, { params, query: { after: String(stretch.until) } });
  expect(newer.messages[0]?.id).toBe(posted[75]?.id);
  expect(newer).toMatchObject({ hasNewer: false });
  const { position } = await alice.call(messageRoutes.findPosition, { params, query: { at: middle.postedAt } });
  const first = posted.find(({ postedAt }) => postedAt >= middle.postedAt);
  expect(position).toBe(first?.position);
  const future = await alice.call(messageRoutes.findPosition, { params, query: { at: '2099-01-01T00:00:00.000Z' } });
  expect(future.position).toBe(posted.at(-1)?.position);
});

test('the sender sees who has read a message, page by page', async () => {
  const scene = await aScene();
  const { alice, bob, chatId, message } = scene;
  const readers = async () =>
    (await bob.call(messageActRoutes.listReaders, { params: paramsOf(scene), query: {} })).people;
  expect(await readers()).toMatchObject([{ user: { id: alice.user.id }, state: 'sent' }]);
  await alice.call(messageRoutes.markRead, { params: { chatId }, body: { position: message.position } });
  expect(await readers()).toMatchObject([{ user: { id: alice.user.id }, state: 'read' }]);
});
