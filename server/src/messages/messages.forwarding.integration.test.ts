import { groupRoutes } from '@dialog/shared/chats.groups';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import type { Message } from '@dialog/shared/messages';
import { afterEach, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { post } from '../testing/conversation.ts';
import { postFile } from '../testing/files.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../testing/startTestApp.ts';

const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function twoGroups(options: TestAppOptions = {}) {
  const app = await startTestApp(options);
  stops.push(app.stop);
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const [from, to] = await Promise.all([aGroup(bob), aGroup(alice, [bob])]);
  return { app, alice, bob, from: from.chat.id, to: to.chat.id };
}

interface Passing {
  readonly from: ChatId;
  readonly to: ChatId;
  readonly messages: readonly { id: MessageId; messageId: MessageId }[];
}

function forward(person: Person, { from, to, messages }: Passing): Promise<{ messages: Message[] }> {
  return person.call(messageActRoutes.forwardMessages, {
    params: { chatId: to },
    body: { from, messages: [...messages] },
  });
}

function filesIn({ app }: TestApp, chatId: ChatId) {
  return app.db.rows('SELECT state FROM attachments WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
}

test('each message that is passed on counts as one that is sent', async () => {
  const { bob, from, to } = await twoGroups({ limits: { send: 10 } });
  const { id: messageId } = await post(bob, { chatId: from, text: 'again and again' });
  const times = (count: number) => Array.from({ length: count }, () => ({ id: newId<MessageId>(), messageId }));
  await expect(forward(bob, { from, to, messages: times(11) })).rejects.toThrow('rate-limited');
  expect((await forward(bob, { from, to, messages: times(7) })).messages).toHaveLength(7);
  await expect(forward(bob, { from, to, messages: times(7) })).rejects.toThrow('rate-limited');
});

test('files that are passed on and not posted, or posted already, leave no copies behind', async () => {
  const { app, alice, bob, from, to } = await twoGroups();
  const messages = await Promise.all(
    [1, 2].map(async () => {
      const { id: messageId } = await postFile(app, bob, { chatId: from, id: newId<MessageId>() });
      return { id: newId<MessageId>(), messageId };
    }),
  );
  await alice.call(groupRoutes.changeGroup, { params: { chatId: to }, body: { slowModeSeconds: 3_600 } });

  await expect(forward(bob, { from, to, messages })).rejects.toThrow('slow-mode');
  expect(await filesIn(app, to)).toEqual([{ state: 'attached' }]);
  const [first] = messages;
  if (!first) throw new Error('two messages');
  const again = await forward(bob, { from, to, messages: [first] });
  expect(again.messages).toMatchObject([{ id: first.id, content: { attachments: [{ kind: 'file' }] } }]);
  expect(await filesIn(app, to)).toEqual([{ state: 'attached' }]);
});
