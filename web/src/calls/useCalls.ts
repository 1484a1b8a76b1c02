import type { CallPeople } from '@dialog/shared/calls';
import type { ChatId } from '@dialog/shared/contract/values';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ActiveCall, CallState } from './call.store.ts';
import type { Calls } from './calls.ts';
import type { LocalMediaState } from './devices/local.media.ts';

export const CallsContext = createContext<Calls | null>(null);

export function useCalls(): Calls {
  const calls = useContext(CallsContext);
  if (!calls) throw new Error('outside CallsContext');
  return calls;
}

export function useOwnCall<T>(select: (state: CallState) => T): T {
  return useStore(useCalls().own.store, select);
}

/** Within the stage and its parts only. */
export function useActive<T>(select: (call: ActiveCall) => T): T {
  return useOwnCall(({ active }) => {
    if (!active) throw new Error('no call is going on');
    return select(active);
  });
}

export function useLocalMedia<T>(select: (state: LocalMediaState) => T): T {
  return useStore(useCalls().own.media.store, select);
}

/** The call going on in a chat, if any. */
export function useCallIn(chatId: ChatId) {
  return useStore(useCalls().chats.store, ({ list }) => list.chats.get(chatId)?.summary.chat.call ?? null);
}

export function usePeopleIn(chatId: ChatId): CallPeople['participants'] {
  return useStore(useCalls().people.store, (people) => people.get(chatId)?.participants ?? NOBODY);
}

const NOBODY: CallPeople['participants'] = [];

/** A chat's title, or the other person's name. */
export function useChatName(chatId: ChatId): string {
  return useStore(useCalls().chats.store, ({ list }) => {
    const summary = list.chats.get(chatId)?.summary;
    return summary?.chat.title ?? summary?.peer?.displayName ?? '';
  });
}
