import { chatRoutes } from '@dialog/shared/chats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
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

test('whoever signs in next in a browser has its pushes, and the one before has none there', async () => {
  const { writer, device, chatId } = await pushed.aPair();
  const next = await aUser(app);
  await post(writer, { chatId, text: 'to the one before' });
  await eventually(() => device.found.length === 1, 15_000);
  await device.subscribe(next, other);
  await post(writer, { chatId, text: 'for their eyes only' });
  const { chat } = await writer.call(chatRoutes.createDirectChat, { body: { userId: next.user.id } });
  await post(writer, { chatId: chat.id, text: 'to the next' });
  await eventually(() => device.found.length === 2, 15_000);
  await pause(SETTLED_MS);
  expect(device.of('message').map(({ content }) => content?.text)).toEqual(['to the one before', 'to the next']);
});

test.each([
  ['has not been used for two weeks', 'last_seen_at', 15],
  ['is a month old', 'created_at', 31],
] as const)('a device whose session %s is pushed nothing', async (_which, column, days) => {
  const [writer, old, present] = await Promise.all([aUser(app), pushed.aReader(), pushed.aReader()]);
  const { chat } = await aGroup(writer, [old.reader, present.reader]);
  await app.app.db.run(`UPDATE sessions SET ${column} = NOW(3) - INTERVAL :days DAY WHERE id = :id`, {
    days,
    id: toBytes(old.reader.sessionId),
  });
  await post(writer, { chatId: chat.id, text: 'anybody?' });
  // Both would be told together.
  await eventually(() => present.device.found.length === 1, 15_000);
  await pause(SETTLED_MS);
  expect(old.device.found).toEqual([]);
});
