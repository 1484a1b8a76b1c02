import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { SETTLED_MS, startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import { deliveryRepository } from './push.deliveries.repository.ts';
import { markRepository } from './push.marks.repository.ts';
import { createPushSweep } from './push.sweep.ts';

let pushed: PushedApp;
beforeAll(async () => {
  pushed = await startPushedApp();
});
afterAll(() => pushed.stop());

/** Whoever sweeps at the start of a node. */
async function sweepOnce(): Promise<void> {
  const { db } = pushed.app.app;
  const sweep = createPushSweep({
    ...{ db, deliveries: deliveryRepository, marks: markRepository, now: () => new Date() },
    onError(error) {
      throw error;
    },
  });
  sweep.start();
  await sweep.stop();
}

test('how far a device was told a month ago is forgotten, but for what is still to be withdrawn, and nothing is told again', async () => {
  const { db } = pushed.app.app;
  const [old, recent, leaving] = [await pushed.aPair(), await pushed.aPair(), await pushed.aPair()];
  for (const { writer, device, chatId } of [old, recent, leaving]) {
    await post(writer, { chatId, text: 'one' });
    await eventually(() => device.found.length === 1);
  }
  const marked = async ({ chatId }: typeof old) =>
    (await db.rows('SELECT 1 FROM push_marks WHERE chat_id = :chatId', { chatId: toBytes(chatId) })).length;
  await db.run('UPDATE push_marks SET pushed_at = pushed_at - INTERVAL 29 DAY');
  for (const { chatId } of [old, leaving])
    await db.run('UPDATE push_marks SET pushed_at = pushed_at - INTERVAL 2 DAY WHERE chat_id = :chatId', {
      chatId: toBytes(chatId),
    });
  await db.run('UPDATE push_marks SET withdraw_at = UTC_TIMESTAMP(3) + INTERVAL 1 DAY WHERE chat_id = :chatId', {
    chatId: toBytes(leaving.chatId),
  });
  await sweepOnce();
  expect([await marked(old), await marked(recent), await marked(leaving)]).toEqual([0, 1, 1]);

  const { writer, reader, device, chatId } = old;
  const two = await post(writer, { chatId, text: 'two' });
  await eventually(() => device.found.length === 2);
  await reader.call(messageRoutes.markRead, { params: { chatId }, body: { position: two.position } });
  await eventually(() => device.of('withdraw').length === 1);
  await pause(SETTLED_MS);
  expect(device.of('message').map(({ content }) => content?.text)).toEqual(['one', 'two']);
});
