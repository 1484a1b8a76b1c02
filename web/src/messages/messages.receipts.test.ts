import { messageRoutes } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { createChatSync } from '../chats/chats.sync.ts';
import { ApiError } from '../platform/api.ts';
import { aChatModel } from '../testing/chatModel.ts';
import { createFakeCall, createFakeSocket } from '../testing/fakeServer.ts';
import { aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createReceipts } from './messages.receipts.ts';

const me = aUserId(1);
const bob = aUserId(2);

async function aReader() {
  const [clock, socket, server] = [createTestClock(), createFakeSocket(), aChatModel()];
  const { call, answer } = createFakeCall();
  const told: { read: number[]; delivered: number[]; isAway: boolean } = { read: [], delivered: [], isAway: false };
  answer(messageRoutes.syncChats, () => ({
    changes: { from: 0, revision: 1, chats: [server.summaryFor(me)], gone: [], marks: [], folders: null },
    hasMore: false,
  }));
  answer(messageRoutes.markRead, ({ body: { position } }) => {
    if (told.isAway) throw new ApiError('offline');
    told.read.push(position);
    server.readUpTo(position);
    const { readPosition, unreadCount } = server.summaryFor(me);
    return { readPosition, unreadCount };
  });
  answer(messageRoutes.markDelivered, ({ body: { cursors } }) => {
    told.delivered.push(...cursors.map(({ position }) => position));
    return {};
  });
  const chats = createChatSync({ me, call, socket, clock });
  await chats.level();
  const receipts = createReceipts({ me, call, clock, chats, onConnected: socket.onConnected });
  const unread = (): number | undefined => chats.store.getState().list.chats.get(server.chatId)?.summary.unreadCount;
  return { clock, socket, server, told, receipts, unread };
}

test('reading a page of messages is told once, of the last one', async () => {
  const { clock, socket, server, told, receipts, unread } = await aReader();
  for (let n = 0; n < 5; n += 1) {
    socket.tell('chatChanged', server.post(bob, `${n}`));
    receipts.read(server.chatId, server.revision());
  }
  expect(unread()).toBe(5);
  await clock.advance(1_000);
  expect(told.read).toEqual([5]);
  expect(unread()).toBe(0);
});

test('what was read without a connection is told with the next one', async () => {
  const { clock, socket, server, told, receipts } = await aReader();
  socket.tell('chatChanged', server.post(bob, 'hi'));
  told.isAway = true;
  receipts.read(server.chatId, 1);
  await clock.advance(20_000);
  told.isAway = false;
  socket.connect();
  await clock.advance(10_000);
  expect(told.read).toEqual([1]);
});

test('arrival is told at most once a second, and not of what I wrote or have read', async () => {
  const { clock, socket, server, told, receipts } = await aReader();
  for (let n = 0; n < 20; n += 1) socket.tell('chatChanged', server.post(bob, `${n}`));
  await clock.advance(1_000);
  expect(told.delivered).toEqual([20]);
  socket.tell('chatChanged', server.post(me, 'mine'));
  await clock.advance(5_000);
  socket.tell('chatChanged', server.post(bob, 'read at once'));
  receipts.read(server.chatId, server.revision());
  await clock.advance(5_000);
  expect(told.delivered).toEqual([20]);
});
