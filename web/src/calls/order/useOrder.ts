import type { UserId } from '@dialog/shared/contract/values';
import { useTranslation } from 'react-i18next';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Calls } from '../calls.ts';
import { useCalls } from '../useCalls.ts';
import { type CallOrder, type CallOrderState, createCallOrder } from './call.order.ts';

const known = new WeakMap<Calls, CallOrder>();

/** Begins with the first stage, and outlives it: the call goes on in its bar. */
export function useOrder(): CallOrder {
  const calls = useCalls();
  const order =
    known.get(calls) ?? createCallOrder({ me: calls.chats.me, call: calls.call, socket: calls.socket, own: calls.own });
  known.set(calls, order);
  return order;
}

export function useOrderState<T>(select: (state: CallOrderState) => T): T {
  return useStore(useOrder().store, select);
}

/** What somebody is called, also when they have left. */
export function useNameOf(): (userId: UserId) => string {
  const { t } = useTranslation('calls');
  const { chats, own } = useCalls();
  const users = useStore(chats.people.store);
  const inCall = (userId: UserId): string | undefined =>
    own.store.getState().active?.people.find((one) => one.userId === userId)?.name;
  return (userId) => users.get(userId)?.displayName ?? inCall(userId) ?? t('order-somebody');
}

/** Asks for the names that are not known yet. */
export function useNames(userIds: readonly UserId[]): void {
  const { people } = useCalls().chats;
  const wanted = userIds.join();
  useEffect(() => {
    for (const userId of userIds) people.want(userId);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `wanted` stands for the ids
  }, [people, wanted]);
}
