import type { CallId, ChatId } from '@dialog/shared/contract/values';
import { newId } from '../platform/ids.ts';
import { CALLERS, MEMBERS, OUT, SIGNED_IN } from './outcomes.ts';
import type { Person } from './people.ts';

interface Place {
  readonly chatId: ChatId;
  readonly callId: CallId;
  readonly member: Person;
}

const inCall = true as const;
const onDevice = ({ callId }: Place) => ({ params: { callId }, body: { deviceId: newId<never>() } });

/** Rows of the permission matrix: calls, with one that the owner began and in which nobody is yet. */
export const callRows = {
  getCallStatus: { ask: () => ({}), may: SIGNED_IN },
  startCall: { ask: ({ chatId }: Place) => ({ params: { chatId }, body: { id: newId<CallId>() } }), may: MEMBERS },
  getCall: { ask: ({ callId }: Place) => ({ params: { callId } }), may: CALLERS, inCall },
  joinCall: { ask: onDevice, may: CALLERS, inCall },
  leaveCall: { ask: onDevice, may: CALLERS, inCall },
  // Only one's own, as the calls are that `listCalls` answers.
  listRings: { ask: () => ({}), may: SIGNED_IN },
  // Only who is in a call asks others into it.
  ringPerson: {
    ask: ({ callId, member }: Place) => ({ params: { callId }, body: { userId: member.user.id } }),
    may: ['call-not-found', 'call-not-found', 'call-not-found', 'call-not-found', 'call-not-found', OUT] as const,
    inCall,
  },
  acknowledgeRing: {
    ask: ({ callId }: Place) => ({ params: { callId }, body: { deviceId: newId<never>(), isBusy: false } }),
    may: CALLERS,
    inCall,
  },
  answerRing: { ask: onDevice, may: CALLERS, inCall },
  declineCall: { ask: ({ callId }: Place) => ({ params: { callId } }), may: CALLERS, inCall },
  listCalls: { ask: () => ({ query: {} }), may: SIGNED_IN },
};
