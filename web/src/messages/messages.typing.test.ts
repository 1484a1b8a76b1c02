import type { UserId } from '@dialog/shared/contract/values';
import { TYPING_SHOWN_MS, TYPING_TOLD_MS } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { aChatModel } from '../testing/chatModel.ts';
import { createFakeSocket } from '../testing/fakeServer.ts';
import { aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createTyping } from './messages.typing.ts';

const bob = aUserId(2);

function aTyping() {
  const [clock, socket, server] = [createTestClock(), createFakeSocket(), aChatModel()];
  let isHere = false;
  let turned: () => void = () => undefined;
  const attention = {
    isHere: () => isHere,
    onChange(hear: () => void) {
      turned = hear;
      return () => undefined;
    },
  };
  const blocked = new Set<UserId>();
  const typing = createTyping({ me: aUserId(1), socket, clock, attention, isBlocked: (userId) => blocked.has(userId) });
  const turn = (to: boolean): void => {
    isHere = to;
    turned();
  };
  const { chatId } = server;
  return {
    clock,
    socket,
    server,
    typing,
    blocked,
    turn,
    chatId,
    writers: () => typing.store.getState().get(chatId) ?? [],
  };
}

test('that somebody I blocked is writing in a group is not shown', () => {
  const { socket, blocked, chatId, writers } = aTyping();
  blocked.add(bob);
  socket.tell('typed', { chatId, userId: bob });
  socket.tell('typed', { chatId, userId: aUserId(3) });
  expect(writers()).toEqual([aUserId(3)]);
});

test('someone is writing until they were silent for long', async () => {
  const { clock, socket, chatId, writers } = aTyping();
  socket.tell('typed', { chatId, userId: bob });
  await clock.advance(TYPING_SHOWN_MS - 1_000);
  socket.tell('typed', { chatId, userId: bob });
  await clock.advance(TYPING_SHOWN_MS - 1);
  expect(writers()).toEqual([bob]);
  await clock.advance(1);
  expect(writers()).toEqual([]);
});

test('a message that arrives is no longer being written', () => {
  const { socket, server, chatId, writers } = aTyping();
  socket.tell('typed', { chatId, userId: bob });
  socket.tell('chatChanged', server.post(bob, 'done'));
  expect(writers()).toEqual([]);
});

test('writing is told sparingly', async () => {
  const { clock, socket, typing, chatId } = aTyping();
  for (let key = 0; key < 60; key += 1) {
    typing.told(chatId);
    await clock.advance(100);
  }
  expect(socket.signals.filter(({ name }) => name === 'type')).toHaveLength(6_000 / TYPING_TOLD_MS);
});

test('a new connection is told which chat is on screen', () => {
  const { socket, typing, chatId } = aTyping();
  typing.watch(chatId);
  socket.connect();
  expect(socket.signals).toEqual([
    { name: 'watchChat', payload: { chatId } },
    { name: 'watchChat', payload: { chatId } },
  ]);
});

test('the server hears whether somebody looks at the chat on screen, when that changes', () => {
  const { socket, typing, turn, chatId } = aTyping();
  const told = () => socket.signals.map(({ payload }) => payload);
  turn(true);
  expect(told()).toEqual([]);
  typing.watch(chatId);
  turn(true);
  turn(false);
  typing.watch(null);
  turn(true);
  expect(told()).toEqual([{ chatId, isSeen: true }, { chatId }, { chatId: null }]);
});
