import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes } from '@dialog/shared/chats';
import type { Route, RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import type { CallId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import { settingsRoutes, type SettingsChange } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, listen, pause, post } from '../testing/conversation.ts';
import { act, aUser, Refused, type Person } from '../testing/people.ts';
import { startTestApp, testServices, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2, config: { isDirectoryOpen: true } });
  [one, other] = app.nodes as [TestNode, TestNode];
  const somebody = await aUser(app);
  if (testServices().livekit)
    await eventually(async () => (await somebody.call(callRoutes.getCallStatus)).status === 'ready', 10_000);
});
afterAll(() => app.stop());

const AUDIENCES = ['everyone', 'friends', 'nobody'] as const;
const CARRIERS = ['HTTP', 'a socket'] as const;
type Carrier = (typeof CARRIERS)[number];
type Ask = <R extends Route>(route: R, request: RouteRequest<R>) => Promise<RouteReply<R>>;

async function asking(person: Person, carrier: Carrier, work: (ask: Ask) => Promise<unknown>): Promise<string> {
  const socket = carrier === 'HTTP' ? null : await person.connect(one);
  const ask: Ask = (route, request) => (socket ? act(socket, route, request) : person.call(route, request, one));
  const outcome = await work(ask).then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof Refused) return error.reply.code;
      throw error;
    },
  );
  socket?.close();
  return outcome;
}

async function befriend(ann: Person, bob: Person): Promise<void> {
  await ann.call(peopleRoutes.requestFriend, { body: { userId: bob.user.id } });
  await bob.call(peopleRoutes.acceptFriend, { params: { userId: ann.user.id } });
}

const choose = (person: Person, privacy: NonNullable<SettingsChange['privacy']>) =>
  person.call(settingsRoutes.changeSettings, { body: { privacy } }, other);

/** Bob, who lets this audience; a friend of his, somebody else, and somebody he has blocked, each with a direct chat. */
async function aCast() {
  const [bob, friend, stranger, blocked] = await Promise.all(Array.from({ length: 4 }, () => aUser(app)));
  if (!bob || !friend || !stranger || !blocked) throw new Error('four people');
  await befriend(friend, bob);
  const chatIds = new Map<Person, ChatId>();
  for (const person of [friend, stranger, blocked]) {
    const { chat } = await person.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
    chatIds.set(person, chat.id);
  }
  await bob.call(peopleRoutes.blockPerson, { params: { userId: blocked.user.id } });
  const chatOf = (person: Person): ChatId => chatIds.get(person) ?? newId<ChatId>();
  return { bob, friend, stranger, blocked, chatOf };
}

const cases = AUDIENCES.flatMap((audience) => CARRIERS.map((carrier) => [audience, carrier] as const));
/** As an audience is answered: who is blocked is answered as the stranger is. */
const REFUSES = {
  everyone: { friend: 'ok', stranger: 'ok' },
  friends: { friend: 'ok', stranger: 'not-reachable' },
  nobody: { friend: 'not-reachable', stranger: 'not-reachable' },
} as const;

test.each(cases)('%s may write, over %s', async (audience, carrier) => {
  const { bob, friend, stranger, blocked, chatOf } = await aCast();
  await choose(bob, { write: audience });
  const write = (person: Person) =>
    asking(person, carrier, (ask) =>
      ask(messageRoutes.postMessage, {
        params: { chatId: chatOf(person) },
        body: { id: newId<MessageId>(), text: 'hello' },
      }),
    );
  const begin = async () => {
    const newcomer = await aUser(app);
    return asking(newcomer, carrier, (ask) => ask(chatRoutes.createDirectChat, { body: { userId: bob.user.id } }));
  };
  const expected = REFUSES[audience];
  expect(await write(friend)).toBe(expected.friend);
  expect(await write(stranger)).toBe(expected.stranger);
  expect(await write(blocked)).toBe(expected.stranger);
  expect(await begin()).toBe(expected.stranger);
});

test('who becomes a friend writes at once, who is one no longer does not, on every node', async () => {
  const { bob, stranger, friend, chatOf } = await aCast();
  await choose(bob, { write: 'friends' });
  const write = (person: Person, node: TestNode) =>
    post(person, { chatId: chatOf(person), text: 'hello' }, node).then(
      () => 'ok',
      (error: unknown) => (error as Refused).reply.code,
    );
  expect(await write(stranger, other)).toBe('not-reachable');
  await befriend(stranger, bob);
  expect(await write(stranger, other)).toBe('ok');
  await bob.call(peopleRoutes.removeFriend, { params: { userId: friend.user.id } }, one);
  expect(await write(friend, other)).toBe('not-reachable');
  await choose(bob, { write: 'everyone' });
  expect(await write(friend, one)).toBe('ok');
});

test.each(cases)('%s may call, over %s', async (audience, carrier) => {
  if (!testServices().livekit) throw new Error('needs TEST_LIVEKIT_…');
  const { bob, friend, stranger, blocked, chatOf } = await aCast();
  await choose(bob, { call: audience });
  const call = (person: Person) =>
    asking(person, carrier, (ask) =>
      ask(callRoutes.startCall, { params: { chatId: chatOf(person) }, body: { id: newId<CallId>() } }),
    );
  const bobs = await bob.connect(other);
  const heard = listen(bobs);
  const expected = REFUSES[audience];
  expect(await call(blocked)).toBe(expected.stranger);
  await pause(200);
  expect(heard).toEqual([]);
  expect(await call(friend)).toBe(expected.friend);
  expect(await call(stranger)).toBe(expected.stranger);
  bobs.close();
});

test.each(cases)('%s may add to groups, over %s', async (audience, carrier) => {
  const { bob, friend, stranger, blocked } = await aCast();
  const carol = await aUser(app);
  await choose(bob, { addToGroups: audience });
  const isAdded = async (person: Person): Promise<string> => {
    let added = 'ok';
    await asking(person, carrier, async (ask) => {
      const id = newId<ChatId>();
      const memberIds = [bob.user.id, carol.user.id];
      const made = await ask(chatRoutes.createGroup, { body: { id, title: 'Us', memberIds } });
      if (made.notAdded.includes(bob.user.id)) added = 'not-reachable';
      expect(made.chat.memberCount).toBe(added === 'ok' ? 3 : 2);
      if (added === 'ok') return;
      const later = await ask(chatRoutes.addMembers, { params: { chatId: id }, body: { userIds: [bob.user.id] } });
      expect(later.notAdded).toEqual([bob.user.id]);
    });
    return added;
  };
  const expected = REFUSES[audience];
  expect(await isAdded(friend)).toBe(expected.friend);
  expect(await isAdded(stranger)).toBe(expected.stranger);
  expect(await isAdded(blocked)).toBe('not-reachable');
});

test('who hides what they read is told of nobody reading, and nobody of them; what arrived is told all the same', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const params = { chatId: chat.id };
  await choose(bob, { readReceipts: false });
  const [anns, bobs] = await Promise.all([ann.connect(one), bob.connect(other)]);
  for (const socket of [anns, bobs]) socket.emit('watchChat', params);
  await pause(200);
  const [toAnn, toBob] = [listen(anns), listen(bobs)];
  const told = (events: typeof toAnn, of: Person) =>
    events.flatMap((event) =>
      event.event === 'cursorsMoved'
        ? (
            event.payload as { cursors: { userId: string; readPosition: number; deliveredPosition: number }[] }
          ).cursors.filter(({ userId }) => userId === of.user.id)
        : [],
    );
  const fromAnn = await post(ann, { chatId: chat.id, text: 'to bob' });
  await bob.call(messageRoutes.markRead, { params, body: { position: fromAnn.position } }, other);
  const fromBob = await post(bob, { chatId: chat.id, text: 'to ann' });
  await ann.call(messageRoutes.markRead, { params, body: { position: fromBob.position } }, one);
  await eventually(() => told(toAnn, bob).length > 0 && told(toBob, ann).length > 0, 3_000);
  expect(told(toAnn, bob).every(({ readPosition }) => readPosition < fromAnn.position)).toBe(true);
  expect(told(toAnn, bob).at(-1)?.deliveredPosition).toBeGreaterThanOrEqual(fromAnn.position);
  expect(told(toBob, ann).every(({ readPosition }) => readPosition === 0)).toBe(true);
  expect(told(toBob, ann).at(-1)?.deliveredPosition).toBeGreaterThanOrEqual(fromBob.position);
  const cursorSeenBy = async (viewer: Person, of: Person) =>
    (await viewer.call(messageRoutes.openChat, { params })).cursors.find(({ userId }) => userId === of.user.id);
  expect((await cursorSeenBy(ann, bob))?.readPosition).toBeLessThan(fromAnn.position);
  expect((await cursorSeenBy(bob, ann))?.readPosition).toBe(0);
  const readers = async (viewer: Person, messageId: MessageId) =>
    (await viewer.call(messageActRoutes.listReaders, { params: { ...params, messageId }, query: {} })).people[0]?.state;
  expect([await readers(ann, fromAnn.id), await readers(bob, fromBob.id)]).toEqual(['delivered', 'delivered']);
  await choose(bob, { readReceipts: true });
  expect(await readers(bob, fromBob.id)).toBe('read');
  const again = await post(ann, { chatId: chat.id, text: 'once more' });
  await bob.call(messageRoutes.markRead, { params, body: { position: again.position } }, other);
  expect(await readers(ann, again.id)).toBe('read');
  anns.close();
  bobs.close();
});

test('the open directory finds people by the beginning of a name, but those who do not want it and those who block', async () => {
  const stem = `zz${Math.random().toString(36).slice(2, 8)}`;
  const [ann, bob, carol, dave] = await Promise.all([
    aUser(app),
    aUser(app, { userName: `${stem}_bob`, displayName: 'Bob of old' }),
    aUser(app, { userName: `${stem}_carol` }),
    aUser(app, { userName: `${stem}_dave` }),
  ]);
  const found = async (name: string) =>
    (await ann.call(peopleRoutes.findPeople, { body: { name } })).users.map(({ userName }) => userName);
  expect((await found(stem)).toSorted()).toEqual([bob.userName, carol.userName, dave.userName]);
  expect(await found('Bob of')).toContain(bob.userName);
  await choose(carol, { isListed: false });
  await dave.call(peopleRoutes.blockPerson, { params: { userId: ann.user.id } });
  expect(await found(stem)).toEqual([bob.userName]);
  expect(await found(carol.userName)).toEqual([carol.userName]);
  expect(await found(dave.userName)).toEqual([]);
  expect(await found('%')).toEqual([]);
});
