import type { ActiveCall } from '../call.store.ts';

/** A call in which nothing has happened yet. */
export function beginCall(
  call: Pick<ActiveCall, 'chatId' | 'callId' | 'startedAt'> & Partial<Pick<ActiveCall, 'isSealed'>>,
): ActiveCall {
  return {
    isSealed: false,
    ledBy: null,
    ...call,
    link: 'connecting',
    way: null,
    comparison: null,
    wasDirect: false,
    sealing: null,
    people: [],
    share: { status: 'off', hasFailed: false },
    hasLeftShare: false,
    isSoundBlocked: false,
    isSilenced: false,
    isLeft: false,
    isStageOpen: true,
    isChatOpen: false,
  };
}
