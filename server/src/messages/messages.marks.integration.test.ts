import { attachmentRoutes } from '@dialog/shared/attachments';
import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { pollRoutes } from '@dialog/shared/messages.polls';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, post } from '../testing/conversation.ts';
import { postFile } from '../testing/files.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
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
}

async function aScene(): Promise<Scene> {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  return { alice, bob, chatId: (await aGroup(alice, [bob])).chat.id };
}

async function historyOf(person: Person, chatId: ChatId) {
  return (await person.call(messageRoutes.openChat, { params: { chatId } })).history;
}

async function marksOf(person: Person, chatId: ChatId, { position }: Pick<Message, 'position'>) {
  return (await historyOf(person, chatId)).marks.find((mark) => mark.position === position);
}

function hide(person: Person, chatId: ChatId, { position }: Pick<Message, 'position'>) {
  return person.call(messageActRoutes.hideMessages, { params: { chatId }, body: { positions: [position] } });
}

test('L4: an answer that is taken back is told as it will be read: the tombstone answers nothing', async () => {
  const { alice, bob, chatId } = await aScene();
  const { position: replyTo } = await post(alice, { chatId, text: 'a question' });
  const answer = await bob.call(messageRoutes.postMessage, {
    params: { chatId },
    body: { id: newId<MessageId>(), text: 'an answer', replyTo },
  });
  const socket = await alice.connect(other);
  const heard = nextEvent(socket, 'chatChanged', ({ messages }) => messages.some(({ id }) => id === answer.id));
  await bob.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [answer.id] } });
  const [told] = (await heard).messages;
  expect(told).not.toHaveProperty('replyTo');
  expect((await historyOf(alice, chatId)).messages.find(({ id }) => id === answer.id)).toEqual(told);
  socket.close();
});

test('two devices that star a message, react to it and vote on it at the same moment lose nothing', async () => {
  const { alice, bob, chatId } = await aScene();
  const poll = await alice.call(pollRoutes.postPoll, {
    params: { chatId },
    body: { id: newId<MessageId>(), question: 'when?', options: ['a', 'b'], isMultiple: false, isAnonymous: false },
  });
  const params = { chatId, messageId: poll.id };
  for (let round = 0; round < 12; round += 1) {
    const isOn = round % 2 === 0;
    const votes = isOn ? [1] : [];
    await Promise.all([
      bob.call(messageActRoutes.starMessage, { params, body: { isOn } }, other),
      bob.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn } }),
      bob.call(pollRoutes.vote, { params, body: { options: votes } }),
    ]);
    const mark = await marksOf(bob, chatId, poll);
    expect(mark).toMatchObject({ isStarred: isOn, reactions: isOn ? ['👍'] : [] });
    expect(mark?.votes ?? []).toEqual(votes);
  }
});

test('what somebody deleted for themselves is in no list of theirs either: not among the media, not among the pins', async () => {
  const { alice, bob, chatId } = await aScene();
  const message = await postFile(app, alice, { chatId, id: newId<MessageId>() });
  await alice.call(messageActRoutes.pinMessage, { params: { chatId, messageId: message.id }, body: { isOn: true } });
  await hide(bob, chatId, message);
  const listed = async (person: Person) => {
    const media = { params: { chatId }, query: { filter: 'files' as const } };
    const { attachments } = await person.call(attachmentRoutes.listAttachments, media);
    const { messages } = await person.call(messageActRoutes.listPins, { params: { chatId } });
    return [attachments.length, messages.length];
  };
  expect(await listed(bob)).toEqual([0, 0]);
  expect(await listed(alice)).toEqual([1, 1]);
});

test('a star that comes as its message is taken back shines on nothing', async () => {
  const { alice, bob, chatId } = await aScene();
  const message = await post(alice, { chatId, text: 'gone in a moment' });
  const params = { chatId, messageId: message.id };
  await bob.call(messageActRoutes.starMessage, { params, body: { isOn: true } });
  const [mark] = await app.app.db.rows('SELECT * FROM message_marks WHERE chat_id = :chatId', {
    chatId: toBytes(chatId),
  });
  await alice.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [message.id] } });
  // As the one who starred would have put it down a moment later.
  await app.app.db.run(
    `INSERT INTO message_marks (user_id, chat_id, position, starred_revision, reactions, revision)
     VALUES (:user, :chat, :position, :starred, '[]', :starred)`,
    {
      user: toBytes(bob.user.id),
      chat: toBytes(chatId),
      position: message.position,
      starred: mark?.['revision'] as number,
    },
  );
  expect((await bob.call(messageActRoutes.listStarred, { query: {} })).messages).toEqual([]);
});

test('who was removed reaches no message by any other way', async () => {
  const { alice, bob, chatId } = await aScene();
  const message = await post(alice, { chatId, text: 'for members only' });
  const params = { chatId, messageId: message.id };
  await bob.call(messageActRoutes.starMessage, { params, body: { isOn: true } });
  await alice.call(chatRoutes.removeMember, { params: { chatId, userId: bob.user.id } });
  expect((await bob.call(messageActRoutes.listStarred, { query: {} })).messages).toEqual([]);
  const { chat: own } = await aGroup(bob);
  const forward = bob.call(messageActRoutes.forwardMessages, {
    params: { chatId: own.id },
    body: { from: chatId, messages: [{ id: newId<MessageId>(), messageId: message.id }] },
  });
  await expect(forward).rejects.toThrow('chat-not-found');
  // Nor by pretending that it stood in a chat of their own.
  const disguised = bob.call(messageActRoutes.forwardMessages, {
    params: { chatId: own.id },
    body: { from: own.id, messages: [{ id: newId<MessageId>(), messageId: message.id }] },
  });
  await expect(disguised).rejects.toThrow('message-not-found');
});

test('a chat that goes takes with it all that hung on its messages', async () => {
  const { alice, bob, chatId } = await aScene();
  const message = await post(bob, { chatId, text: `first <@${alice.user.id}>` });
  const params = { chatId, messageId: message.id };
  const poll = await bob.call(pollRoutes.postPoll, {
    params: { chatId },
    body: { id: newId<MessageId>(), question: 'when?', options: ['a', 'b'], isMultiple: false, isAnonymous: false },
  });
  await bob.call(messageActRoutes.editMessage, { params, body: { text: `second <@${alice.user.id}>` } });
  await bob.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn: true } });
  await alice.call(messageActRoutes.pinMessage, { params, body: { isOn: true } });
  await bob.call(pollRoutes.vote, { params: { chatId, messageId: poll.id }, body: { options: [1] } });
  const hanging = ['message_versions', 'reactions', 'pins', 'message_marks', 'mentions', 'poll_votes', 'messages'];
  const isIn = async (table: string) =>
    (await app.app.db.rows(`SELECT 1 FROM ${table} WHERE chat_id = :chatId LIMIT 1`, { chatId: toBytes(chatId) }))
      .length > 0;
  const holding = async () => (await Promise.all(hanging.map(isIn))).filter(Boolean).length;
  expect(await holding()).toBe(hanging.length);
  await bob.call(chatRoutes.leaveGroup, { params: { chatId } });
  await alice.call(chatRoutes.leaveGroup, { params: { chatId } });
  await eventually(async () => (await holding()) === 0, 10_000);
});
