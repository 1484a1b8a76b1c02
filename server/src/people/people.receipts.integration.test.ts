import { chatRoutes } from '@dialog/shared/chats';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import { settingsRoutes, type SettingsChange } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, listen, pause, post } from '../testing/conversation.ts';
import { aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());

const choose = (person: Person, body: SettingsChange) => person.call(settingsRoutes.changeSettings, { body }, other);

/** Ann, who has the chat with Bob on screen at the first node, and Bob at the other. */
async function twoWhoLook() {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const params = { chatId: chat.id };
  const [anns, bobs] = await Promise.all([ann.connect(one), bob.connect(other)]);
  for (const socket of [anns, bobs]) socket.emit('watchChat', params);
  await pause(200);
  const [toAnn, toBob] = [listen(anns), listen(bobs)];
  const close = () => [anns, bobs].forEach((socket) => socket.close());
  return { ann, bob, params, toAnn, toBob, close };
}

/** How far somebody has read, by all that a page was told. */
function readBy(heard: ReturnType<typeof listen>, { user }: Person): number[] {
  return heard
    .flatMap(({ event, payload }) => (event === 'cursorsMoved' ? payload.cursors : []))
    .flatMap(({ userId, readPosition }) => (userId === user.id ? [readPosition] : []));
}

test('who hides what they read goes on hiding it when they become visible again', async () => {
  const { ann, bob, params, toAnn, close } = await twoWhoLook();
  await choose(bob, { privacy: { readReceipts: false }, presence: { choice: 'invisible', until: null } });
  const said = await post(ann, { ...params, text: 'are you there' });
  await bob.call(messageRoutes.markRead, { params, body: { position: said.position } }, other);
  const state = async () =>
    (await ann.call(messageActRoutes.listReaders, { params: { ...params, messageId: said.id }, query: {} })).people[0]
      ?.state;
  expect(await state()).toBe('sent');
  await choose(bob, { presence: { choice: 'automatic', until: null } });
  await eventually(() => readBy(toAnn, bob).length > 0, 3_000);
  await pause(1_200);
  expect(Math.max(...readBy(toAnn, bob))).toBeLessThan(said.position);
  expect(await state()).toBe('delivered');
  close();
});

test('who no longer hides what they read is told from then on what others have read, on every node', async () => {
  const { ann, bob, params, toBob, close } = await twoWhoLook();
  await choose(bob, { privacy: { readReceipts: false } });
  const first = await post(bob, { ...params, text: 'one' });
  await ann.call(messageRoutes.markRead, { params, body: { position: first.position } }, one);
  await eventually(() => readBy(toBob, ann).length > 0, 3_000);
  expect(Math.max(...readBy(toBob, ann))).toBe(0);
  await bob.call(settingsRoutes.changeSettings, { body: { privacy: { readReceipts: true } } }, one);
  await pause(1_200);
  const second = await post(bob, { ...params, text: 'two' });
  await ann.call(messageRoutes.markRead, { params, body: { position: second.position } }, one);
  await eventually(() => readBy(toBob, ann).at(-1) === second.position, 3_000);
  close();
});
