import type { CallId } from '@dialog/shared/contract/values';
import { CALLERS, OUT } from './outcomes.ts';
import type { Person } from './people.ts';

interface Place {
  readonly callId: CallId;
  readonly other: Person;
}

/** The owner's call; what its starter may besides has tests of its own. */
const KEEPERS = ['ok', 'not-allowed', 'call-not-found', 'call-not-found', 'call-not-found', OUT] as const;
const ofCall = ({ callId }: Place) => ({ params: { callId } });
const toOther = ({ callId, other }: Place) => ({ params: { callId, userId: other.user.id } });

export const callModerationRows = {
  muteInCall: {
    ask: (place: Place) => ({ ...toOther(place), body: { source: 'microphone' as const } }),
    may: KEEPERS,
    inCall: true as const,
  },
  listSilences: { ask: ofCall, may: CALLERS, inCall: true as const },
  askToUnmute: { ask: toOther, may: KEEPERS, inCall: true as const },
  removeFromCall: { ask: toOther, may: KEEPERS, inCall: true as const },
  admitToCallAgain: { ask: toOther, may: KEEPERS, inCall: true as const },
  listCallRemovals: { ask: ofCall, may: KEEPERS, inCall: true as const },
  endCall: { ask: ofCall, may: KEEPERS, inCall: true as const },
};
