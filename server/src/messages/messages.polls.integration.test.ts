import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { pollRoutes } from '@dialog/shared/messages.polls';
import { type Message, messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] as TestNode;
});
afterAll(() => app.stop());

const ASKED = { question: 'Where to?', options: ['Sea', 'Hills', 'Home'], isMultiple: false, isAnonymous: false };

interface Scene {
  readonly alice: Person;
  readonly bob: Person;
  readonly chatId: ChatId;
  readonly poll: Message;
}

/** A poll by Bob, a plain member of Alice's group. */
async function aPoll(asked: Partial<typeof ASKED> & { closesAt?: string } = {}): Promise<Scene> {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const chatId = (await aGroup(alice, [bob])).chat.id;
  const body = { ...ASKED, ...asked, id: newId<MessageId>() };
  return { alice, bob, chatId, poll: await bob.call(pollRoutes.postPoll, { params: { chatId }, body }) };
}

const paramsOf = ({ chatId, poll }: Scene) => ({ chatId, messageId: poll.id });

function vote(person: Person, scene: Scene & { readonly node?: TestNode }, options: number[]) {
  return person.call(pollRoutes.vote, { params: paramsOf(scene), body: { options } }, scene.node);
}

async function opened(person: Person, scene: Scene) {
  const { history, summary } = await person.call(messageRoutes.openChat, { params: { chatId: scene.chatId } }, other);
  return { history, summary, poll: history.messages.find(({ id }) => id === scene.poll.id) };
}

test('a poll is a message that counts as unread, sealed, and the same id asks once', async () => {
  const scene = await aPoll();
  const again = { ...ASKED, question: 'Other?', id: scene.poll.id };
  const second = await scene.bob.call(pollRoutes.postPoll, { params: { chatId: scene.chatId }, body: again }, other);
  const { summary, poll } = await opened(scene.alice, scene);
  const [row] = await app.app.db.rows('SELECT body FROM messages WHERE id = :id', { id: toBytes(scene.poll.id) });

  expect(second).toEqual(scene.poll);
  expect(poll).toEqual(scene.poll);
  expect(scene.poll.content).toEqual({ kind: 'poll', ...ASKED });
  expect(summary).toMatchObject({ unreadCount: 1, lastMessage: { id: scene.poll.id } });
  expect(String(row?.['body'])).not.toContain('Where');
});

test('a vote is counted once, can be changed and taken back, is told whole on the other node, and is in one’s mark', async () => {
  const scene = await aPoll();
  const { alice, bob } = scene;
  const told = nextEvent(await alice.connect(other), 'chatChanged', ({ messages }) =>
    messages.some(({ poll }) => poll),
  );
  const { mark } = await vote(bob, scene, [1]);
  await vote(bob, { ...scene, node: other }, [1]);
  await vote(alice, { ...scene, node: other }, [0]);
  await vote(alice, scene, [1]);

  expect((await told).messages).toMatchObject([{ id: scene.poll.id, poll: { counts: [0, 1, 0], voters: 1 } }]);
  expect(mark.votes).toEqual([1]);
  const { poll, history } = await opened(alice, scene);
  expect(poll).toMatchObject({ poll: { counts: [0, 2, 0], voters: 2 }, revision: scene.poll.revision + 3 });
  expect(history.marks).toMatchObject([{ position: scene.poll.position, votes: [1] }]);
  const voters = await alice.call(pollRoutes.listVoters, { params: paramsOf(scene), query: { option: '1' } });
  expect(new Set(voters.people.map(({ id }) => id))).toEqual(new Set([alice.user.id, bob.user.id]));
  await vote(alice, scene, []);
  expect((await opened(alice, scene)).poll?.poll).toEqual({ counts: [0, 1, 0], voters: 1 });
});

test('one of several, or several of several, and none that is not there', async () => {
  const [one, several] = [await aPoll(), await aPoll({ isMultiple: true })];
  await expect(vote(one.bob, one, [0, 1])).rejects.toMatchObject({ reply: { code: 'invalid-request' } });
  await expect(vote(one.bob, one, [3])).rejects.toMatchObject({ reply: { code: 'invalid-request' } });
  await vote(several.bob, several, [2, 0, 2]);
  await vote(several.alice, several, [0]);
  expect((await opened(several.bob, several)).poll?.poll).toEqual({ counts: [2, 0, 1], voters: 2 });
});

test('an anonymous poll says how many, and to nobody who', async () => {
  const scene = await aPoll({ isAnonymous: true });
  await vote(scene.alice, scene, [0]);
  const asked = scene.bob.call(pollRoutes.listVoters, { params: paramsOf(scene), query: { option: '0' } });
  await expect(asked).rejects.toMatchObject({ reply: { code: 'not-allowed' } });
});

test('nobody votes after the closing time, nor after its sender or a manager has closed it', async () => {
  const over = await aPoll({ closesAt: new Date(Date.now() - 1_000).toISOString() });
  await expect(vote(over.bob, over, [0])).rejects.toMatchObject({ reply: { code: 'poll-closed' } });
  const scene = await aPoll();
  await vote(scene.bob, scene, [2]);
  const { messages } = await scene.alice.call(pollRoutes.closePoll, { params: paramsOf(scene) });
  expect(messages).toMatchObject([{ poll: { counts: [0, 0, 1], closedAt: expect.any(String) } }]);
  await expect(vote(scene.bob, scene, [0])).rejects.toMatchObject({ reply: { code: 'poll-closed' } });
});

test('a poll is not passed on or edited, and deleting it removes the votes', async () => {
  const scene = await aPoll();
  const { bob, chatId, poll } = scene;
  await vote(bob, scene, [0]);
  const passed = bob.call(messageActRoutes.forwardMessages, {
    params: { chatId },
    body: { from: chatId, messages: [{ id: newId<MessageId>(), messageId: poll.id }] },
  });
  await expect(passed).rejects.toMatchObject({ reply: { code: 'message-not-found' } });
  const edited = bob.call(messageActRoutes.editMessage, { params: paramsOf(scene), body: { text: 'other' } });
  await expect(edited).rejects.toMatchObject({ reply: { code: 'not-allowed' } });

  await bob.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [poll.id] } });
  const rows = await app.app.db.rows('SELECT * FROM poll_votes WHERE chat_id = :id', { id: toBytes(chatId) });
  const { poll: tombstone } = await opened(bob, scene);
  expect([rows, tombstone?.content, tombstone?.poll]).toEqual([[], { kind: 'deleted' }, undefined]);
  await bob.call(chatRoutes.leaveGroup, { params: { chatId } });
});
