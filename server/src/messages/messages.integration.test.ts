import type { MessageId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { act, aGroup, aUser, nextEvent } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

test('what one person writes on one node, another reads on the other', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const group = await aGroup(alice, [bob]);
  const chatId = group.chat.id;
  const [first, second] = app.nodes;
  const [fromAlice, fromBob] = await Promise.all([alice.connect(first), bob.connect(second)]);
  const heard = nextEvent(fromBob, 'chatChanged', (changes) => changes.messages.length > 0);
  const posted = await act(fromAlice, messageRoutes.postMessage, {
    params: { chatId },
    body: { id: newId<MessageId>(), text: 'hello' },
  });
  expect(posted.content).toEqual({ kind: 'text', text: 'hello' });
  expect((await heard).messages).toEqual([posted]);
  const opened = await act(fromBob, messageRoutes.openChat, { params: { chatId } });
  expect(opened.history.messages.at(-1)).toEqual(posted);
  expect(opened.summary.unreadCount).toBe(1);
  fromAlice.close();
  fromBob.close();
});
