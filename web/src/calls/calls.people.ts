import { type CallPeople, callRoutes } from '@dialog/shared/calls';
import type { CallId, ChatId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { Call } from '../platform/api.ts';
import type { Socket } from '../platform/socket.ts';

/** Who is in the calls of my chats. Ephemeral: asked for when a call appears and at each connect, told in between (R7). */
export interface CallsPeople {
  readonly store: StoreApi<ReadonlyMap<ChatId, CallPeople>>;
  stop(): void;
}

interface Deps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected'>;
  readonly chats: Pick<ChatSync, 'store'>;
}

export function createCallsPeople({ call, socket, chats }: Deps): CallsPeople {
  const store = createStore<ReadonlyMap<ChatId, CallPeople>>(() => new Map());
  let running: ReadonlyMap<ChatId, CallId> = new Map();

  const stops = [
    chats.store.subscribe(follow),
    socket.on('callPeopleChanged', (people) => {
      if (callIn(people.chatId) === people.callId) keep(people);
    }),
    socket.onConnected(() => {
      for (const callId of running.values()) void ask(callId);
    }),
  ];
  follow();

  function callIn(chatId: ChatId): CallId | undefined {
    return chats.store.getState().list.chats.get(chatId)?.summary.chat.call?.id;
  }

  function follow(): void {
    const before = running;
    const now = new Map<ChatId, CallId>();
    for (const [chatId, { summary }] of chats.store.getState().list.chats)
      if (summary.chat.call) now.set(chatId, summary.chat.call.id);
    running = now;
    for (const [chatId, callId] of now) if (before.get(chatId) !== callId) void ask(callId);
    const ended = [...store.getState().keys()].filter(
      (chatId) => now.get(chatId) !== store.getState().get(chatId)?.callId,
    );
    if (ended.length === 0) return;
    const people = new Map(store.getState());
    for (const chatId of ended) people.delete(chatId);
    store.setState(people, true);
  }

  function keep(people: CallPeople): void {
    store.setState(new Map(store.getState()).set(people.chatId, people), true);
  }

  async function ask(callId: CallId): Promise<void> {
    // Lost while offline: asked again at the next connect.
    const people = await call(callRoutes.getCall, { params: { callId } }).catch(() => null);
    if (people && callIn(people.chatId) === people.callId) keep(people);
  }

  return {
    store,
    stop() {
      for (const stop of stops) stop();
    },
  };
}
