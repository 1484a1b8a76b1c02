import { randomBytes } from 'node:crypto';
import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import { chatRoutes } from '@dialog/shared/chats';
import { attachmentRoutes } from '@dialog/shared/attachments';
import type { MessageId } from '@dialog/shared/contract/values';
import { inviteRoutes } from '@dialog/shared/invites';
import { scheduledRoutes } from '@dialog/shared/messages.scheduled';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, post } from '../testing/conversation.ts';
import { beginUpload, bytesOf, getFile, liesOnDisk, postFile, sendBytes } from '../testing/files.ts';
import { aGroup, aUser } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';
import { rowsOfChat, wordsOfChat } from '../testing/tables.ts';
import { aDirectChat, aFullMessage, clearForEveryone, wordsIn, wrappedKeyOf } from '../testing/cleared.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] as TestNode;
});
afterAll(() => app.stop());

test('posts on two nodes that race a clearing are either gone or can be read, and never half', async () => {
  const { alice, bob, chatId } = await aDirectChat(app);
  await post(alice, { chatId, text: 'first' }, other);
  const posting = Array.from({ length: 40 }, (_, at) =>
    post(at % 2 ? alice : bob, { chatId, text: `words ${at}` }, app.nodes[at % 2]),
  );
  const clearing = [clearForEveryone(alice, chatId), clearForEveryone(bob, chatId, other)];
  const posted = await Promise.all(posting);
  const cleared = Math.max(...(await Promise.all(clearing)).map(({ chat }) => chat?.clearedPosition ?? 0));
  const later = await Promise.all(app.nodes.map((node) => post(alice, { chatId, text: 'last words' }, node)));

  const left = [...posted, ...later].filter(({ position }) => position > cleared).map(({ position }) => position);
  for (const node of app.nodes) {
    const { history } = await bob.call(messageRoutes.openChat, { params: { chatId } }, node);
    const texts = history.messages.filter(({ content }) => content.kind !== 'system');
    expect(texts.map(({ position }) => position)).toEqual(left.toSorted((a, b) => a - b));
    expect(wordsIn(texts)).not.toContain('unreadable');
  }
});

test('drafts and files on their way while a chat is cleared are there or are not, but never broken', async () => {
  const { alice, bob, chatId } = await aDirectChat(app);
  const params = { chatId };
  const content = randomBytes(200_000);
  const id = newId<never>();
  await beginUpload(app, alice, { chatId, content, id });
  await sendBytes(app, alice, { id, from: 0, bytes: content.subarray(0, 100_000) });
  await Promise.all([
    clearForEveryone(bob, chatId),
    ...app.nodes.map((node, at) =>
      alice.call(arrangingRoutes.saveDraft, { params, body: { text: `draft ${at}`, agoMs: 0 } }, node),
    ),
  ]);
  const { summary } = await alice.call(messageRoutes.openChat, { params }, other);
  expect(summary.place.draft?.text).toMatch(/^draft [01]$/);

  // What was under way begins anew, under the same id.
  await expect(alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } })).rejects.toThrow(
    'attachment-not-found',
  );
  const message = await postFile(other, alice, { chatId, id, content });
  for (const node of app.nodes) expect(await bytesOf(await getFile(node, bob, { id: message.id }))).toEqual(content);
});

test('a device that was away while a chat was cleared catches up by what changed', async () => {
  const { alice, bob, chatId } = await aDirectChat(app);
  await post(alice, { chatId, text: 'before' });
  const { summary } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  await clearForEveryone(alice, chatId);
  await post(alice, { chatId, text: 'after' });

  const query = { since: String(summary.revision) };
  const listed = await bob.call(messageRoutes.listChanges, { params: { chatId }, query }, other);
  if (listed.kind !== 'changes') throw new Error('a reset');
  expect(listed.changes.chat?.clearedPosition).toBe(summary.revision);
  expect(wordsIn(listed.changes.messages)).toEqual(['historyCleared', 'after']);
  const known = [{ chatId, revision: summary.revision }];
  const { changes } = await bob.call(messageRoutes.syncChats, { body: { since: summary.place.revision, known } });
  expect(changes.chats).toMatchObject([{ unreadCount: 1, chat: { clearedPosition: summary.revision } }]);
});

test('a member who leaves takes along what was theirs; the last one the whole chat', async () => {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(alice, [bob]);
  const chatId = chat.id;
  const params = { chatId };
  const { file } = await aFullMessage(app, { alice, bob, chatId });
  await bob.call(arrangingRoutes.saveDraft, { params, body: { text: 'not yet', agoMs: 0 } });
  await bob.call(arrangingRoutes.arrangeChat, { params, body: { level: 'mentions' } });
  const sendAt = new Date(Date.now() + 3_600_000).toISOString();
  const later = { id: newId<MessageId>(), text: 'in an hour', sendAt };
  await bob.call(scheduledRoutes.scheduleMessage, { params, body: later });
  await eventually(async () => (await wordsOfChat(app, chatId)) > 0);

  await bob.call(chatRoutes.leaveGroup, { params });
  for (const [table, column] of [
    ['places', 'user_id'],
    ['message_marks', 'user_id'],
    ['scheduled_messages', 'sender_id'],
  ] as const) {
    const left = await app.app.db.rows(`SELECT 1 FROM ${table} WHERE ${column} = :id AND chat_id = :chatId`, {
      id: toBytes(bob.user.id),
      chatId: toBytes(chatId),
    });
    expect([table, left]).toEqual([table, []]);
  }

  await alice.call(inviteRoutes.createInvite, { params, body: { needsApproval: true } });
  await alice.call(scheduledRoutes.scheduleMessage, { params, body: { ...later, id: newId<MessageId>() } });
  await alice.call(chatRoutes.leaveGroup, { params });
  expect(await wrappedKeyOf(app, chatId)).toBe('');
  await eventually(async () => Object.keys(await rowsOfChat(app, chatId)).length === 0).catch(() => undefined);
  expect(await rowsOfChat(app, chatId)).toEqual({});
  await eventually(async () => (await wordsOfChat(app, chatId)) === 0);
  await eventually(async () => !(await liesOnDisk(app, file.id)));
});
