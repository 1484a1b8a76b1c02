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
    comparison: null,
    sealing: null,
    people: [],
    share: { status: 'off', hasFailed: false },
    isSoundBlocked: false,
    isSilenced: false,
    isStageOpen: true,
    isChatOpen: false,
  };
}
