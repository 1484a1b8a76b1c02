import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import { chatRoutes } from '@dialog/shared/chats';
import type { CallId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import { peopleRoutes } from '@dialog/shared/people';
import { settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser } from '../testing/people.ts';
import { SETTLED_MS, startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import type { TestApp, TestNode } from '../testing/startTestApp.ts';

let pushed: PushedApp;
let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  pushed = await startPushedApp();
  ({ app, other } = pushed);
});
afterAll(() => pushed.stop());

/** Somebody who wants to hear of reactions to what they wrote in a group. */
async function aWriterInAGroup() {
  const [actor, { reader, device }] = await Promise.all([aUser(app), pushed.aReader()]);
  const { chat } = await aGroup(actor, [reader]);
  await reader.call(settingsRoutes.changeSettings, { body: { notifications: { reactions: true } } });
  const params = { chatId: chat.id };
  const mine = await reader.call(messageRoutes.postMessage, { params, body: { id: newId<never>(), text: 'I did it' } });
  const react = (emoji: string) =>
    actor.call(messageActRoutes.react, { params: { ...params, messageId: mine.id }, body: { emoji, isOn: true } });
  return { actor, reader, device, params, react };
}

test('who keeps a chat muted, or blocks whoever did it, is told of no reaction there', async () => {
  const { actor, reader, device, params, react } = await aWriterInAGroup();
  const whom = { params: { userId: actor.user.id } };
  const keep = (body: object) => reader.call(arrangingRoutes.arrangeChat, { params, body });
  await keep({ mutedUntil: new Date(Date.now() + 3_600_000).toISOString() });
  await react('👍');
  await pause(SETTLED_MS);
  await keep({ mutedUntil: null, level: 'nothing' });
  await react('❤️');
  await pause(SETTLED_MS);
  await keep({ level: null });
  await reader.call(peopleRoutes.blockPerson, whom);
  await react('🎉');
  await pause(SETTLED_MS);
  expect(device.found).toEqual([]);
  await reader.call(peopleRoutes.unblockPerson, whom);
  await react('🚀');
  await eventually(() => device.found.length === 1);
  expect(device.of('reaction')).toMatchObject([{ content: { emoji: '🚀' } }]);
});

test('who has left is not called by a call that was written down before', async () => {
  const { actor, reader, device, params } = await aWriterInAGroup();
  const ring = async (about: string) => {
    const event = {
      ...{ kind: 'call', chatId: params.chatId, callId: newId<CallId>(), actorId: actor.user.id },
      expiresAt: new Date(Date.now() + 45_000).toISOString(),
    };
    const payload = JSON.stringify({ userIds: [reader.user.id], event, about });
    await app.app.db.run(
      `INSERT INTO outbox (id, topic, payload, attempts, run_after) VALUES (:id, 'push.event', :payload, 0, UTC_TIMESTAMP(3))`,
      { id: toBytes(newId<string>()), payload },
    );
  };
  await ring('while they are in it');
  await eventually(() => device.of('call').length === 1);
  await actor.call(chatRoutes.removeMember, { params: { ...params, userId: reader.user.id } });
  await ring('after they left');
  await eventually(async () => (await app.app.db.rows("SELECT 1 FROM outbox WHERE topic = 'push.event'")).length === 0);
  await pause(SETTLED_MS);
  expect(device.of('call')).toHaveLength(1);
});

test('who asks not to be disturbed while a message waits for their eyes is not told of it', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const page = await reader.connect(other);
  page.emit('watchChat', { chatId, isSeen: true });
  await pause(200);
  await post(writer, { chatId, text: 'You are looking' });
  const waiting = () => app.app.db.rows('SELECT 1 FROM push_due WHERE user_id = :id', { id: toBytes(reader.user.id) });
  await eventually(async () => (await waiting()).length === 1);
  await pause(SETTLED_MS);
  await reader.call(settingsRoutes.changeSettings, { body: { presence: { choice: 'doNotDisturb', until: null } } });
  // A minute passes.
  await app.app.db.run(`UPDATE messages SET posted_at = posted_at - INTERVAL 61 SECOND`);
  await app.app.db.run(`UPDATE push_due SET due_at = UTC_TIMESTAMP(3)`);
  await eventually(async () => (await waiting()).length === 0);
  await pause(SETTLED_MS);
  expect(device.found).toEqual([]);
  page.close();
});
