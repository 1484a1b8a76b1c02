import type { CallPeople } from '@dialog/shared/calls';
import type { ChatId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ActiveCall, CallState } from '../call.store.ts';

type Readable<T> = Pick<StoreApi<T>, 'getState' | 'subscribe'>;

interface Deps {
  readonly own: Readable<CallState>;
  readonly people: Readable<ReadonlyMap<ChatId, CallPeople>>;
}

/** Since when my call has somebody else in it, in ISO 8601; null while I wait. A call that goes on elsewhere keeps it. */
export function createTalking({ own, people }: Deps): StoreApi<string | null> {
  const store = createStore<string | null>(() => null);
  let startedAt: string | undefined;
  own.subscribe(look);
  people.subscribe(look);
  look();

  function look(): void {
    const { active } = own.getState();
    const before = active?.startedAt === startedAt ? store.getState() : null;
    startedAt = active?.startedAt;
    store.setState(before ?? (active && toldOf(active)) ?? null, true);
  }

  function toldOf({ chatId, callId }: ActiveCall): string | undefined {
    const told = people.getState().get(chatId);
    return told?.callId === callId ? told.answeredAt : undefined;
  }

  return store;
}
