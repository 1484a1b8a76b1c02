import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { CallSignal } from '@dialog/shared/calls.direct.values';
import type { EntryAddress, EntryId } from '@dialog/shared/calls.values';
import type { CallId, DeviceId } from '@dialog/shared/contract/values';
import { ApiError, type Call } from '../../../platform/api.ts';
import type { Clock } from '../../../platform/clock.ts';

/** What was lost on the way to the server is said so many times more. */
const TRIES = 4;
const AGAIN_MS = 700;
/** They do not go away by saying the same again. */
const FINAL: ReadonlySet<string> = new Set(['call-not-found', 'not-allowed', 'invalid-request']);

interface Deps {
  readonly call: Call;
  readonly clock: Clock;
  readonly callId: CallId;
  readonly deviceId: DeviceId;
  readonly entryId: EntryId;
  /** Whether this one is still worth talking to. */
  readonly isThere: (to: EntryAddress) => boolean;
}

/** Says something to the other device by way of the server, and again where it got lost. */
export function createSaying({ call, clock, callId, deviceId, entryId, isThere }: Deps) {
  return function say(signal: CallSignal, to: EntryAddress, tries = TRIES): void {
    call(directCallRoutes.signalCall, { params: { callId }, body: { deviceId, entryId, to, signal } }).catch(
      (failure: unknown) => {
        const isWorthwhile = !(failure instanceof ApiError && FINAL.has(failure.code));
        if (isWorthwhile && tries > 1) clock.after(AGAIN_MS, () => isThere(to) && say(signal, to, tries - 1));
      },
    );
  };
}
