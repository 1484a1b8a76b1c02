import { type CallPeople, callRoutes } from '@dialog/shared/calls';
import type { Chat, ChatSummary } from '@dialog/shared/chats';
import { CallId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { EMPTY_LIST, type ListedChat } from '../chats/chats.store.ts';
import type { ChatsState } from '../chats/chats.sync.ts';
import { createFakeCall, createFakeSocket } from '../testing/fakeServer.ts';
import { aChatId, aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createCallsPeople } from './calls.people.ts';

const chatId = aChatId(1);
const [first, second] = [CallId.parse(uuidv7()), CallId.parse(uuidv7())];

function aPage() {
  const store = createStore<ChatsState>(() => ({ list: EMPTY_LIST, isKnown: true }) as ChatsState);
  const socket = createFakeSocket();
  const { call, answer } = createFakeCall();
  const asked: CallId[] = [];
  answer(callRoutes.getCall, ({ params }) => {
    const callId = CallId.parse(params.callId);
    asked.push(callId);
    return people(callId);
  });
  const inside = createCallsPeople({ call, socket, chats: { store } });
  return {
    inside,
    socket,
    asked,
    settled: () => createTestClock().advance(0),
    goOn(callId: CallId | null) {
      const running: Chat['call'] = callId && { id: callId, startedBy: aUserId(1), startedAt: '', way: 'sfu' };
      const summary = { chat: { id: chatId, call: running } } as ChatSummary;
      store.setState({ list: { ...EMPTY_LIST, chats: new Map([[chatId, { summary } as ListedChat]]) } });
    },
    seen: () => inside.store.getState().get(chatId)?.callId,
  };
}

function people(callId: CallId): CallPeople {
  return { chatId, callId, participants: [] };
}

test('who is in a call is asked for once when it appears, and again at each connect', async () => {
  const { goOn, asked, socket, seen, settled } = aPage();
  goOn(first);
  goOn(first);
  await settled();
  expect([asked, seen()]).toEqual([[first], first]);
  socket.connect();
  await settled();
  expect(asked).toEqual([first, first]);
});

test('nobody is kept of a call that is over, and what is told of it late counts for nothing', async () => {
  const { goOn, socket, seen, settled, inside } = aPage();
  goOn(first);
  await settled();
  goOn(null);
  expect(inside.store.getState().size).toBe(0);
  socket.tell('callPeopleChanged', people(first));
  expect(seen()).toBeUndefined();
  goOn(second);
  socket.tell('callPeopleChanged', people(first));
  expect(seen()).toBeUndefined();
  await settled();
  expect(seen()).toBe(second);
});
