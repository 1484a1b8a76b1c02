import type { CallId } from '@dialog/shared/contract/values';
import { aSignal } from './examples.ts';
import { newId } from '../platform/ids.ts';
import { CALLERS, OUT, SIGNED_IN } from './outcomes.ts';

interface Place {
  readonly callId: CallId;
}

/** In the call of a group nobody speaks to a device directly; what is asked of a direct call has tests of its own. */
const NOT_DIRECT = ['not-allowed', 'not-allowed', 'call-not-found', 'call-not-found', 'call-not-found', OUT] as const;

const ofDevice = ({ callId }: Place) => ({ params: { callId }, body: { deviceId: newId<never>() } });

export const directCallRows = {
  moveCall: { ask: ofDevice, may: CALLERS, inCall: true as const },
  renewIceServers: { ask: ofDevice, may: NOT_DIRECT, inCall: true as const },
  probeIceServers: { ask: () => ({}), may: SIGNED_IN },
  signalCall: {
    ask: ({ callId }: Place) => ({ params: { callId }, body: aSignal() }),
    may: NOT_DIRECT,
    inCall: true as const,
  },
};
