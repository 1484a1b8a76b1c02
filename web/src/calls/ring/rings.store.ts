import type { AskedState, CallRinging, Ring } from '@dialog/shared/calls.ring.values';
import type { CallId } from '@dialog/shared/contract/values';
import type { Asked, Incoming, RingsState } from './rings.state.ts';

/** Before this a device that is there may not have said yet that it rings. */
export const RINGS_WITHIN_MS = 2_000;

/** As it rings, or rings once more; what is known of it on this page stays. */
export function withRing(state: RingsState, ring: Ring): RingsState {
  const known = state.incoming.find(({ callId }) => callId === ring.callId);
  const isSame = known?.expiresAt === ring.expiresAt;
  const now: Incoming = { ...ring, isSilenced: isSame && known.isSilenced, isAnswered: isSame && known.isAnswered };
  return { ...state, incoming: [...state.incoming.filter(({ callId }) => callId !== ring.callId), now] };
}

export function withoutRing(state: RingsState, callId: CallId): RingsState {
  if (!state.incoming.some((ring) => ring.callId === callId)) return state;
  return { ...state, incoming: state.incoming.filter((ring) => ring.callId !== callId) };
}

export function withChange(state: RingsState, callId: CallId, change: Partial<Incoming>): RingsState {
  return {
    ...state,
    incoming: state.incoming.map((ring) => (ring.callId === callId ? { ...ring, ...change } : ring)),
  };
}

/** More calls of mine than can ring at once. */
const OUTGOING_MAX = 4;

export function withRinging(state: RingsState, { callId, isPossible, asked }: CallRinging, now: number): RingsState {
  const before = state.outgoing.get(callId)?.asked ?? [];
  const people = asked.map(({ userId, state: theirs, devices }): Asked => {
    const known = before.find((one) => one.userId === userId);
    const isAgain = known !== undefined && isOver(known.state) && !isOver(theirs);
    return { userId, state: theirs, devices, since: known && !isAgain ? known.since : now };
  });
  const others = [...state.outgoing].filter(([id]) => id !== callId).slice(1 - OUTGOING_MAX);
  return { ...state, outgoing: new Map([...others, [callId, { isPossible, asked: people }]]) };
}

/** Nothing more comes of it by itself. */
function isOver(state: AskedState): boolean {
  return state === 'answered' || state === 'declined' || state === 'missed';
}
