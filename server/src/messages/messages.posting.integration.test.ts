import { chatRoutes } from '@dialog/shared/chats';
import { messageRoutes } from '@dialog/shared/messages';
import type { MessageId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { aGroup, aUser, nextEvent } from '../testing/people.ts';
import { listen, pause, post, postOn } from '../testing/conversation.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

test('R3: what one person writes on one node, another hears whole on the other', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat, revision } = await aGroup(alice, [bob]);
  const [fromAlice, fromBob] = await Promise.all([alice.connect(one), bob.connect(other)]);
  const heard = nextEvent(fromBob, 'chatChanged', (changes) => changes.messages.length > 0);
  const posted = await postOn(fromAlice, { chatId: chat.id, text: 'hello' });
  expect(posted).toMatchObject({
    content: { kind: 'text', text: 'hello' },
    senderId: alice.user.id,
    position: revision + 1,
  });
  expect(await heard).toEqual({
    chatId: chat.id,
    from: revision,
    revision: revision + 1,
    chat: null,
    members: [],
    messages: [posted],
  });
  fromAlice.close();
  fromBob.close();
});

test('R6: ten retries of one id at once, on both nodes and each with other words, make one message', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat, revision } = await aGroup(alice, [bob]);
  const watching = await bob.connect(other);
  const heard = listen(watching);
  const id = newId<MessageId>();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      post(alice, { chatId: chat.id, id, text: `version ${at}` }, app.nodes[at % 2]),
    ),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  // A retry much later, too.
  expect(await post(alice, { chatId: chat.id, id, text: 'another' }, other)).toEqual(answers[0]);
  await pause(300);
  const told = heard.flatMap(({ event, payload }) => (event === 'chatChanged' ? payload.messages : []));
  expect(told).toEqual([answers[0]]);
  const opened = await bob.call(messageRoutes.openChat, { params: { chatId: chat.id } });
  expect(opened.summary.revision).toBe(revision + 1);
  expect(opened.history.messages.filter((message) => message.id === id)).toEqual([answers[0]]);
  watching.close();
});

test('R6: an id that is already another message is taken, whoever asks and wherever', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const [here, there] = await Promise.all([aGroup(alice, [bob]), aGroup(alice, [bob])]);
  const id = newId<MessageId>();
  await post(alice, { chatId: here.chat.id, id, text: 'mine' });
  await expect(post(alice, { chatId: there.chat.id, id, text: 'again' })).rejects.toThrow('id-taken');
  await expect(post(bob, { chatId: here.chat.id, id, text: 'his' })).rejects.toThrow('id-taken');
  expect((await post(bob, { chatId: there.chat.id, text: 'goes on' })).position).toBe(there.revision + 1);
});

test('R1: 200 posts and some renames at once on two nodes leave no hole and no double in the revisions', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => aUser(app)));
  const [owner] = people;
  if (!owner) throw new Error('no owner');
  const { chat, revision } = await aGroup(owner, people.slice(1));
  const watching = await owner.connect(other);
  const heard = listen(watching);
  const posts = Array.from({ length: 200 }, (_, at) =>
    post(people[at % 4] ?? owner, { chatId: chat.id, text: `message ${at}` }, app.nodes[at % 2]),
  );
  const renames = Array.from({ length: 5 }, (_, at) =>
    owner.call(
      chatRoutes.renameGroup,
      { params: { chatId: chat.id }, body: { title: `title ${at}` } },
      app.nodes[at % 2],
    ),
  );
  const posted = await Promise.all(posts);
  await Promise.all(renames);
  await pause(500);

  const listed = await owner.call(messageRoutes.listChanges, {
    params: { chatId: chat.id },
    query: { since: String(revision) },
  });
  if (listed.kind === 'reset') throw new Error('too far behind');
  const { changes } = listed;
  expect(changes.revision).toBe(revision + 200 + 5 * 2);
  const taken = [...changes.messages.map((message) => message.revision), changes.chat?.revision ?? 0];
  expect(new Set(taken).size).toBe(taken.length);
  expect(changes.messages).toHaveLength(205);
  for (const message of posted) expect(changes.messages).toContainEqual(message);
  // Each frame begins where another ended: nothing between them was left out.
  const frames = heard.flatMap(({ event, payload }) =>
    event === 'chatChanged' && payload.chatId === chat.id ? [payload] : [],
  );
  const inOrder = frames.toSorted((a, b) => a.from - b.from);
  for (const [at, frame] of inOrder.entries()) expect(frame.from).toBe(inOrder[at - 1]?.revision ?? revision);
  expect(inOrder.at(-1)?.revision).toBe(changes.revision);
  // And batches were told as one frame (R10).
  expect(frames.length).toBeLessThan(205);
  watching.close();
});

test('R10: in one batch a stranger is refused and the members between are not', async () => {
  const [alice, bob, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat, revision } = await aGroup(alice, [bob]);
  const [fromAlice, fromStranger] = await Promise.all([alice.connect(one), stranger.connect(one)]);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, (_, at) =>
      postOn(at % 3 === 1 ? fromStranger : fromAlice, { chatId: chat.id, text: `message ${at}` }),
    ),
  );
  for (const [at, outcome] of outcomes.entries()) expect(outcome.status).toBe(at % 3 === 1 ? 'rejected' : 'fulfilled');
  const positions = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.position] : []));
  expect(positions).toEqual(Array.from({ length: 20 }, (_, at) => revision + 1 + at));
  await expect(postOn(fromStranger, { chatId: chat.id, text: 'let me in' })).rejects.toThrow('chat-not-found');
  fromAlice.close();
  fromStranger.close();
});

test('L3: what one person sends one after another stands in that order', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  const socket = await alice.connect(one);
  const posted = await Promise.all(
    Array.from({ length: 60 }, (_, at) => postOn(socket, { chatId: chat.id, text: String(at) })),
  );
  const positions = posted.map((message) => message.position);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  socket.close();
});

test('what people write and call their groups stands nowhere in the database as it was written', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice, [], 'Plum conspiracy');
  await post(alice, { chatId: chat.id, text: 'the marmalade is in the cellar' });
  const [message] = await app.app.db.rows<{ body: Buffer }>(
    `SELECT body FROM messages WHERE chat_id = :chatId AND kind = 'text'`,
    { chatId: toBytes(chat.id) },
  );
  expect(message?.body.length).toBeGreaterThan(20);
  expect(message?.body.includes('marmalade')).toBe(false);
  const tables = await app.app.db.rows<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  for (const { name } of tables) {
    for (const row of await app.app.db.rows(`SELECT * FROM \`${name}\``)) {
      const written = Object.values(row).map((value) =>
        Buffer.isBuffer(value) ? value.toString('latin1') : String(value),
      );
      expect(written.join(' ')).not.toMatch(/marmalade|Plum conspiracy/);
    }
  }
});

test('a row that does not open is shown as unreadable, and the page around it as ever', async () => {
  const alice = await aUser(app);
  const { chat } = await aGroup(alice);
  const [bad, good] = [
    await post(alice, { chatId: chat.id, text: 'bad' }),
    await post(alice, { chatId: chat.id, text: 'good' }),
  ];
  await app.app.db.run('UPDATE messages SET body = :body WHERE id = :id', {
    body: Buffer.from('nonsense'),
    id: toBytes(bad.id),
  });
  const { history } = await alice.call(messageRoutes.openChat, { params: { chatId: chat.id } });
  expect(history.messages.find((message) => message.id === bad.id)?.content).toEqual({ kind: 'unreadable' });
  expect(history.messages).toContainEqual(good);
});

test('R10: what is posted on the node of those who hear it is told them once', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const sockets = await Promise.all(app.nodes.map((node) => bob.connect(node)));
  const heard = sockets.map(listen);
  for (const node of app.nodes) await post(alice, { chatId: chat.id, text: 'once' }, node);
  await alice.call(chatRoutes.renameGroup, { params: { chatId: chat.id }, body: { title: 'once' } });
  await pause(500);
  for (const events of heard)
    expect(events.map(({ event }) => event)).toEqual(['chatChanged', 'chatChanged', 'chatChanged']);
  for (const socket of sockets) socket.close();
});

test('R6: an id is the same one in whichever of its two ways it is written', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const posted = await post(alice, { chatId: chat.id, text: 'first' });
  const loud = <Id extends string>(id: Id) => id.toUpperCase() as Id;
  expect(await post(alice, { chatId: loud(chat.id), text: 'again', id: loud(posted.id) })).toEqual(posted);
  const taken = post(bob, { chatId: chat.id, text: 'mine', id: loud(posted.id) });
  await expect(taken).rejects.toMatchObject({ reply: { code: 'id-taken' } });
});
