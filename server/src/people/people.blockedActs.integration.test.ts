import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes } from '@dialog/shared/chats';
import { clearingRoutes } from '@dialog/shared/chats.clearing';
import type { CallId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { type Message, messageRoutes } from '@dialog/shared/messages';
import { pollRoutes } from '@dialog/shared/messages.polls';
import { peopleRoutes } from '@dialog/shared/people';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, listen, pause, post } from '../testing/conversation.ts';
import { connectDevice } from '../testing/device.ts';
import { aUser, Refused, type Person } from '../testing/people.ts';
import { startTestApp, testServices, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

interface Scene {
  readonly ann: Person;
  readonly bob: Person;
  readonly chatId: ChatId;
  /** By Bob. */
  readonly said: Message;
}

/** Ann and Bob, who have written to each other. */
async function twoWhoTalk(): Promise<Scene> {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const chatId = (await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } })).chat.id;
  await post(ann, { chatId, text: 'hello bob' });
  return { ann, bob, chatId, said: await post(bob, { chatId, text: 'hello ann' }) };
}

const about = (person: Person) => ({ params: { userId: person.user.id } });
const block = ({ ann, bob }: Scene) => bob.call(peopleRoutes.blockPerson, about(ann), one);
const unblock = ({ ann, bob }: Scene) => bob.call(peopleRoutes.unblockPerson, about(ann), one);
const open = (person: Person, { chatId }: Scene) => person.call(messageRoutes.openChat, { params: { chatId } }, other);
const react = (person: Person, { chatId, said, isOn = true }: Scene & { isOn?: boolean }, emoji: string) =>
  person.call(messageActRoutes.react, { params: { chatId, messageId: said.id }, body: { emoji, isOn } }, other);
const pin = (person: Person, { chatId, said }: Scene, isOn = true) =>
  person.call(messageActRoutes.pinMessage, { params: { chatId, messageId: said.id }, body: { isOn } }, other);
const pins = (person: Person, { chatId }: Scene) =>
  person.call(messageActRoutes.listPins, { params: { chatId } }, other);
const lifetime = (person: Person, { chatId }: Scene, seconds: 0 | 3_600 | 86_400) =>
  person.call(chatRoutes.setMessageLifetime, { params: { chatId }, body: { seconds } }, other);

/** What somebody is shown of it. */
async function shownTo(person: Person, scene: Scene, { id }: Message = scene.said): Promise<Message> {
  const { history } = await open(person, scene);
  const message = history.messages.find((known) => known.id === id);
  if (!message) throw new Error('the message is not there');
  return message;
}

async function refusal(act: Promise<unknown>): Promise<string> {
  const error: unknown = await act.catch((refused: unknown) => refused);
  return error instanceof Refused ? error.reply.code : 'not refused';
}

test('a blocked person’s reaction stands to them, on all their devices, and to the one who blocks there is none, also after it', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob } = scene;
  await react(bob, scene, '🎉');
  await react(ann, scene, '👍');
  await block(scene);
  const anns = await ann.connect(one);
  const told = listen(anns);
  const { changes, mark } = await react(ann, scene, '❤️');
  await react(ann, { ...scene, isOn: false }, '👍');
  expect(changes.messages).toMatchObject([{ id: scene.said.id, reactions: [{}, {}, { emoji: '❤️', count: 1 }] }]);
  expect(mark.reactions).toContain('❤️');
  await eventually(() => JSON.stringify(told).includes('❤️'), 1_000);
  anns.close();
  const before = [
    { emoji: '🎉', count: 1 },
    { emoji: '👍', count: 1 },
  ];
  const toAnn = [
    { emoji: '🎉', count: 1 },
    { emoji: '❤️', count: 1 },
  ];
  expect((await shownTo(ann, scene)).reactions).toEqual(toAnn);
  expect((await shownTo(bob, scene)).reactions).toEqual(before);
  const { chatId, said } = scene;
  const around = { params: { chatId }, query: { position: String(said.position) } };
  expect(JSON.stringify(await bob.call(messageRoutes.listAround, around))).not.toContain('❤️');
  const changed = { params: { chatId }, query: { since: '0', marksSince: '0' } };
  expect(JSON.stringify(await bob.call(messageRoutes.listChanges, changed))).not.toContain('❤️');
  const who = { params: { chatId, messageId: said.id }, query: { emoji: '❤️' } };
  expect((await bob.call(messageActRoutes.listReactions, who)).people).toEqual([]);
  expect((await ann.call(messageActRoutes.listReactions, who)).people).toHaveLength(1);
  await unblock(scene);
  expect((await shownTo(bob, scene)).reactions).toEqual(before);
  await react(bob, scene, '🚀');
  expect((await shownTo(ann, scene)).reactions).toEqual((await shownTo(bob, scene)).reactions);
});

test('what a blocked person pins or takes out is so to them alone', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob, said } = scene;
  await block(scene);
  await pin(ann, scene);
  expect((await shownTo(ann, scene)).isPinned).toBe(true);
  expect((await pins(ann, scene)).messages).toHaveLength(1);
  expect((await shownTo(bob, scene)).isPinned).toBeUndefined();
  expect((await pins(bob, scene)).messages).toEqual([]);
  await unblock(scene);
  await pin(bob, scene);
  expect((await pins(bob, scene)).messages.map(({ id }) => id)).toEqual([said.id]);
  await block(scene);
  await pin(ann, scene, false);
  expect((await pins(ann, scene)).messages).toEqual([]);
  expect((await pins(bob, scene)).messages.map(({ id }) => id)).toEqual([said.id]);
});

test('a blocked person’s vote is counted to them alone', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob, chatId } = scene;
  const asked = { question: 'Where to?', options: ['Sea', 'Hills'], isMultiple: false, isAnonymous: false };
  const poll = await bob.call(pollRoutes.postPoll, {
    params: { chatId },
    body: { ...asked, id: newId<MessageId>() },
  });
  await block(scene);
  const at = { params: { chatId, messageId: poll.id } };
  await ann.call(pollRoutes.vote, { ...at, body: { options: [1] } }, other);
  expect((await shownTo(ann, scene, poll)).poll).toMatchObject({ counts: [0, 1] });
  expect((await shownTo(bob, scene, poll)).poll).toBeUndefined();
  expect((await bob.call(pollRoutes.listVoters, { ...at, query: { option: '1' } })).people).toEqual([]);
});

test('what a blocked person takes back is gone without a trace', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob, chatId } = scene;
  const own = await post(ann, { chatId, text: 'never mind' });
  await block(scene);
  await ann.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [own.id] } }, other);
  expect((await shownTo(ann, scene, own)).content.kind).toBe('deleted');
  const { history } = await open(bob, scene);
  expect(history.marks.find(({ position }) => position === own.position)?.isHidden).toBe(true);
});

test('a blocked person who clears a chat for everyone has cleared it for themselves', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob, chatId } = scene;
  await block(scene);
  const device = await connectDevice(ann, { node: one, isLost: () => false });
  const { messages } = await ann.call(clearingRoutes.clearForEveryone, { params: { chatId } }, other);
  expect(messages).toMatchObject([{ content: { note: { what: 'historyCleared' } } }]);
  expect((await open(ann, scene)).history.messages).toHaveLength(1);
  await eventually(() => (device.shown().list[0]?.place.clearedPosition ?? 0) > 0, 1_000);
  device.socket.close();
  expect(JSON.stringify(await open(bob, scene))).toContain('hello bob');
  await unblock(scene);
  const { history } = await open(bob, scene);
  const hidden = new Set(history.marks.flatMap(({ isHidden, position }) => (isHidden ? [position] : [])));
  const shown = history.messages.filter(({ position }) => !hidden.has(position));
  expect(shown.map(({ content }) => content)).toMatchObject([{ text: 'hello bob' }, { text: 'hello ann' }]);
});

test('the lifetime that a blocked person chooses is that of their messages, and the other sees the old one while they block', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob, chatId } = scene;
  const seenBy = async (person: Person) => (await open(person, scene)).summary.chat.messageLifetimeSeconds;
  await lifetime(bob, scene, 86_400);
  const bobs = await connectDevice(bob, { node: other, isLost: () => false });
  await block(scene);
  await lifetime(ann, scene, 0);
  await lifetime(ann, scene, 3_600);
  expect([await seenBy(ann), await seenBy(bob)]).toEqual([3_600, 86_400]);
  const { expiresAt } = await post(ann, { chatId, text: 'psst' });
  expect(Date.parse(expiresAt ?? '')).toBeLessThan(Date.now() + 3_700_000);
  await unblock(scene);
  expect([await seenBy(ann), await seenBy(bob)]).toEqual([3_600, 3_600]);
  await eventually(() => bobs.shown().list[0]?.chat.messageLifetimeSeconds === 3_600, 3_000);
  bobs.socket.close();
});

test.runIf(testServices().livekit)('a blocked person who calls is not seen to call', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob, chatId } = scene;
  await eventually(async () => (await ann.call(callRoutes.getCallStatus)).status === 'ready', 10_000);
  await block(scene);
  const bobs = await bob.connect(other);
  const heard = listen(bobs);
  const call = { params: { chatId }, body: { id: newId<CallId>() } };
  expect((await ann.call(callRoutes.startCall, call)).call).not.toBeNull();
  expect((await open(ann, scene)).summary.chat.call).not.toBeNull();
  expect((await open(bob, scene)).summary.chat.call).toBeNull();
  const changed = { params: { chatId }, query: { since: '0', marksSince: '0' } };
  expect(await bob.call(messageRoutes.listChanges, changed)).toMatchObject({ changes: { chat: { call: null } } });
  await pause(300);
  expect(heard).toEqual([]);
  bobs.close();
});

test('whoever blocks says nothing to the other in these ways either, and is told why', async () => {
  const scene = await twoWhoTalk();
  const { ann, bob } = scene;
  await block(scene);
  const acts = [react(bob, scene, '👍'), pin(bob, scene), lifetime(bob, scene, 3_600)];
  expect(await Promise.all(acts.map(refusal))).toEqual(['blocked-by-you', 'blocked-by-you', 'blocked-by-you']);
  expect((await shownTo(ann, scene)).reactions).toBeUndefined();
});
