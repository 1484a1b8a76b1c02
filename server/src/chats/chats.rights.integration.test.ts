import { chatRoutes } from '@dialog/shared/chats';
import { messageRoutes } from '@dialog/shared/messages';
import type { ChatId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, aGroup, aUser, type ClientSocket, type Person } from '../testing/people.ts';
import { eventually, listen, pause, post, postOn } from '../testing/conversation.ts';
import { startTestApp, testServices, type TestApp, type TestNode } from '../testing/startTestApp.ts';
import { startTcpProxy, type TcpProxy } from '../testing/tcpProxy.ts';

let app: TestApp;
let one: TestNode;
let cutOff: TestNode;
let redisOfCutOff: TcpProxy;
beforeAll(async () => {
  redisOfCutOff = await startTcpProxy(testServices().redisUrl);
  app = await startTestApp({ nodes: 2, configOf: (index) => (index === 1 ? { redisUrl: redisOfCutOff.url } : {}) });
  [one, cutOff] = app.nodes as [TestNode, TestNode];
});
afterAll(async () => {
  await app.stop();
  await redisOfCutOff.stop();
});

/** Everything one can ask of a chat. */
function allActs(person: Person, chatId: ChatId, someone: Person): Promise<unknown>[] {
  const params = { chatId };
  const member = { params: { chatId, userId: someone.user.id } };
  return [
    post(person, { chatId, text: 'hello?' }),
    person.call(messageRoutes.openChat, { params }),
    person.call(messageRoutes.listHistory, { params, query: { before: '100' } }),
    person.call(messageRoutes.listChanges, { params, query: { since: '0' } }),
    person.call(messageRoutes.markRead, { params, body: { position: 1 } }),
    person.call(chatRoutes.listMembers, { params, query: {} }),
    person.call(chatRoutes.renameGroup, { params, body: { title: 'mine' } }),
    person.call(chatRoutes.addMembers, { params, body: { userIds: [someone.user.id] } }),
    person.call(chatRoutes.removeMember, member),
    person.call(chatRoutes.changeRole, { ...member, body: { role: 'owner' } }),
    person.call(chatRoutes.leaveGroup, { params }),
  ];
}

async function expectNotFound(acts: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(acts)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'chat-not-found' } });
  }
}

function eventsOf(heard: ReturnType<typeof listen>, chatId: ChatId): unknown[] {
  return heard.filter(({ event, payload }) => event !== 'personChanged' && JSON.stringify(payload).includes(chatId));
}

test('R11: to a stranger and to a former member the chat does not exist, on any route', async () => {
  const [alice, bob, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  await expectNotFound(allActs(stranger, chat.id, alice));
  await alice.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: bob.user.id } });
  await expectNotFound(allActs(bob, chat.id, alice));
  // Passed over in silence where many chats are named at once.
  await bob.call(messageRoutes.markDelivered, { body: { cursors: [{ chatId: chat.id, position: 1 }] } });
});

test('R11: someone removed hears of it, and of nothing after it, on every node', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const sockets = await Promise.all(app.nodes.map((node) => bob.connect(node)));
  const alices = await alice.connect(cutOff);
  for (const socket of [...sockets, alices]) socket.emit('watchChat', { chatId: chat.id });
  const heard = sockets.map(listen);
  const aliceHeard = listen(alices);
  await alice.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: bob.user.id } }, one);
  await eventually(
    () =>
      heard.every((events) =>
        events.some(({ event, payload }) => event === 'personChanged' && payload.gone.includes(chat.id)),
      ),
    1_000,
  );
  const posted = await post(alice, { chatId: chat.id, text: 'he is gone' }, one);
  alices.emit('type', { chatId: chat.id });
  await eventually(() => JSON.stringify(aliceHeard).includes(posted.id));
  await pause(300);
  expect(heard.map((events) => eventsOf(events, chat.id))).toEqual([[], []]);
  for (const socket of [...sockets, alices]) socket.close();
});

test('R11: a "leave" that the bus lost leaks nothing: neither what is told there nor what is told here', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob, carol]);
  const [bobs, carols] = await Promise.all([bob.connect(cutOff), carol.connect(cutOff)]);
  for (const socket of [bobs, carols]) socket.emit('watchChat', { chatId: chat.id });
  const heard = listen(bobs);
  redisOfCutOff.cut();
  await alice.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: bob.user.id } }, one);
  // The node that knows nothing of the removal is the one that writes and tells.
  const posted = await postOn(carols, { chatId: chat.id, text: 'between us' });
  const carolHeard = listen(carols);
  await pause(300);
  const again = await postOn(carols, { chatId: chat.id, text: 'still between us' });
  await eventually(() => JSON.stringify(carolHeard).includes(again.id));
  expect(eventsOf(heard, chat.id)).toEqual([]);
  await expect(act(bobs, messageRoutes.openChat, { params: { chatId: chat.id } })).rejects.toThrow('chat-not-found');
  await expect(postOn(bobs, { chatId: chat.id, text: 'me too' })).rejects.toThrow('chat-not-found');
  expect(posted.position).toBeLessThan(again.position);
  redisOfCutOff.heal();
  for (const socket of [bobs, carols]) socket.close();
});

test('R5: a node cut off from Redis catches its clients up within 10 s, lists and rooms included', async () => {
  const [alice, bob, carol] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const [bobs, carols] = await Promise.all([bob.connect(cutOff), carol.connect(cutOff)]);
  await pause(100);
  redisOfCutOff.hang();
  const heard = listen(bobs);
  const carolHeard = listen(carols);
  const began = performance.now();
  const posted = await post(alice, { chatId: chat.id, text: 'can you hear me' }, one);
  await alice.call(chatRoutes.addMembers, { params: { chatId: chat.id }, body: { userIds: [carol.user.id] } }, one);
  const toldOf = (events: ReturnType<typeof listen>) =>
    events.some(
      ({ event, payload }) =>
        event === 'headsMoved' &&
        payload.chats.some(({ chatId, revision }) => chatId === chat.id && revision >= posted.revision),
    );
  await eventually(() => toldOf(heard), 10_000);
  await eventually(
    () => carolHeard.some(({ event, payload }) => event === 'headsMoved' && payload.person !== null),
    10_000,
  );
  expect(performance.now() - began).toBeLessThan(10_000);
  // And whoever was added unheard is in the room now: what this node posts reaches them at once.
  const later = await postOn(bobs, { chatId: chat.id, text: 'now I can' });
  await eventually(() => JSON.stringify(carolHeard).includes(later.id), 1_000);
  redisOfCutOff.heal();
  for (const socket of [bobs, carols] satisfies ClientSocket[]) socket.close();
});
