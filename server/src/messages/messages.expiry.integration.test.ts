import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, listen, post } from '../testing/conversation.ts';
import { postFile } from '../testing/files.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] as TestNode;
});
afterAll(() => app.stop());

const HOUR = 3_600;

async function aDisappearingChat(): Promise<{ alice: Person; bob: Person; chatId: ChatId }> {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const chatId = (await aGroup(alice, [bob])).chat.id;
  await alice.call(chatRoutes.setMessageLifetime, { params: { chatId }, body: { seconds: HOUR } });
  return { alice, bob, chatId };
}

function rowsOf(chatId: ChatId, table = 'expiring_messages') {
  return app.app.db.rows(`SELECT * FROM ${table} WHERE chat_id = :chatId`, { chatId: toBytes(chatId) });
}

/** The hour is over. */
async function pass(chatId: ChatId): Promise<void> {
  await app.app.db.run('UPDATE expiring_messages SET expires_at = :past WHERE chat_id = :chatId', {
    past: new Date(Date.now() - 1_000),
    chatId: toBytes(chatId),
  });
}

async function opened(person: Person, chatId: ChatId, node?: TestNode) {
  return person.call(messageRoutes.openChat, { params: { chatId } }, node);
}

test('a message posted while messages disappear says when it goes; one from before or after stays', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const before = await post(alice, { chatId: chat.id, text: 'before' });
  const set = (seconds: typeof HOUR | 0) =>
    bob.call(chatRoutes.setMessageLifetime, { params: { chatId: chat.id }, body: { seconds } });

  const { chat: told, messages } = await set(HOUR);
  const during = await post(alice, { chatId: chat.id, text: 'during' }, other);
  await set(0);
  const after = await post(alice, { chatId: chat.id, text: 'after' });

  expect(told?.messageLifetimeSeconds).toBe(HOUR);
  expect(messages[0]?.content).toEqual({ kind: 'system', note: { what: 'lifetimeChanged', seconds: HOUR } });
  expect(Date.parse(during.expiresAt ?? '') - Date.parse(during.postedAt)).toBe(HOUR * 1_000);
  expect([before.expiresAt, after.expiresAt]).toEqual([undefined, undefined]);
  expect(await rowsOf(chat.id)).toHaveLength(1);
  const { history, summary } = await opened(bob, chat.id);
  expect(history.messages.find(({ id }) => id === during.id)).toEqual(during);
  expect(summary.chat).not.toHaveProperty('messageLifetimeSeconds');
});

test('what is over goes everywhere: content, reactions, earlier versions, file; both nodes tell it once', async () => {
  const { alice, bob, chatId } = await aDisappearingChat();
  const kept = await post(alice, { chatId, text: 'first words' });
  const params = { chatId, messageId: kept.id };
  await alice.call(messageActRoutes.editMessage, { params, body: { text: 'secret words' } });
  await bob.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn: true } });
  await postFile(app, alice, { chatId, id: newId<MessageId>() });
  const heard = listen(await bob.connect(other));

  await pass(chatId);

  await eventually(async () => (await rowsOf(chatId)).length === 0, 15_000);
  await eventually(() => heard.some(({ event }) => event === 'chatChanged'));
  const { history, summary } = await opened(bob, chatId, other);
  const gone = history.messages.filter(({ content }) => content.kind === 'deleted');
  expect(gone.map(({ content }) => content)).toEqual([
    { kind: 'deleted', reason: 'expired' },
    { kind: 'deleted', reason: 'expired' },
  ]);
  expect(gone.every((message) => !message.reactions && !message.expiresAt && !message.editedAt)).toBe(true);
  expect(await rowsOf(chatId, 'message_versions')).toEqual([]);
  expect(await rowsOf(chatId, 'reactions')).toEqual([]);
  expect(await rowsOf(chatId, 'attachments')).toEqual([]);
  expect(JSON.stringify(await rowsOf(chatId, 'messages'))).not.toContain('secret');
  expect(heard.filter(({ event }) => event === 'chatChanged')).toHaveLength(1);
  expect(summary).toMatchObject({ unreadCount: 0, lastMessage: { content: { note: { what: 'lifetimeChanged' } } } });
});

test('only owners and admins of a group say how long messages stay', async () => {
  const { bob, chatId } = await aDisappearingChat();
  const asked = bob.call(chatRoutes.setMessageLifetime, { params: { chatId }, body: { seconds: 0 } });
  await expect(asked).rejects.toMatchObject({ reply: { code: 'not-allowed' } });
});

test('what expired in a chat that is gone, or was taken back before, holds nothing up', async () => {
  const { alice, bob, chatId } = await aDisappearingChat();
  const taken = await post(alice, { chatId, text: 'taken back' });
  await alice.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [taken.id] } });
  const gone = await aDisappearingChat();
  await post(gone.alice, { chatId: gone.chatId, text: 'left behind' });
  await gone.bob.call(chatRoutes.leaveGroup, { params: { chatId: gone.chatId } });
  await gone.alice.call(chatRoutes.leaveGroup, { params: { chatId: gone.chatId } });

  await Promise.all([pass(chatId), pass(gone.chatId)]);

  await eventually(async () => (await rowsOf(chatId)).length + (await rowsOf(gone.chatId)).length === 0, 15_000);
  const { history } = await opened(bob, chatId);
  expect(history.messages.find(({ id }) => id === taken.id)?.content).toEqual({ kind: 'deleted' });
});
