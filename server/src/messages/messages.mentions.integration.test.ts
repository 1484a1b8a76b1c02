import { EVERYONE, mentionOf } from '@dialog/shared/mentions';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post } from '../testing/conversation.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('who is called by name finds it in their list until it is read, edited away or taken back', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const chatId = (await aGroup(alice, [bob])).chat.id;
  const mentionsOf = async (person: Person) =>
    (await person.call(messageRoutes.openChat, { params: { chatId } })).summary.mentions;
  const first = await post(bob, { chatId, text: `${mentionOf(alice.user.id)} look` });
  const second = await post(bob, { chatId, text: `all of you ${EVERYONE}` });
  expect(await mentionsOf(alice)).toEqual([first.position, second.position]);
  expect(await mentionsOf(bob)).toEqual([]);
  await bob.call(messageActRoutes.editMessage, {
    params: { chatId, messageId: second.id },
    body: { text: 'nobody' },
  });
  expect(await mentionsOf(alice)).toEqual([first.position]);
  await bob.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [first.id] } });
  expect(await mentionsOf(alice)).toEqual([]);
  const third = await post(bob, { chatId, text: mentionOf(alice.user.id) });
  await alice.call(messageRoutes.markRead, { params: { chatId }, body: { position: third.position } });
  expect(await mentionsOf(alice)).toEqual([]);
});
