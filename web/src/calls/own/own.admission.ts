import { callRoutes } from '@dialog/shared/calls';
import type { CallWay } from '@dialog/shared/calls.values';
import type { CallId, DeviceId } from '@dialog/shared/contract/values';
import { ApiError, type Call } from '../../platform/api.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Admission } from '../transport/media.transport.ts';

/** What this page can do. */
export const WAYS: CallWay[] = ['direct', 'sfu'];

/** Half of a token's minute: what was fetched ahead is used no later. */
const KEPT_MS = 30_000;

interface Deps {
  readonly call: Call;
  readonly deviceId: DeviceId;
  readonly clock: Clock;
  /** Let in, and not wanted there. */
  readonly leave: (callId: CallId) => void;
}

interface Entering {
  /** The one that the call goes now, as far as is known here. */
  readonly way: CallWay | undefined;
  /** Whether the call is this device's, while that is still being asked. */
  readonly claimed: Promise<boolean> | undefined;
}

/** Asks the server to let this device in; ahead of time while nobody has pressed, or may yet, so that a press loses none. */
export function createOwnAdmission({ call, deviceId, clock, leave }: Deps) {
  let kept: { readonly callId: CallId; readonly at: number; readonly admission: Promise<Admission> } | null = null;

  function ask(callId: CallId, isAhead: boolean): Promise<Admission> {
    // Said only where it is so: a node of the build before takes no word that it does not know.
    return call(callRoutes.joinCall, {
      params: { callId },
      body: { deviceId, ways: WAYS, ...(isAhead && { isAhead }) },
    });
  }

  function isKept(callId: CallId): boolean {
    return kept?.callId === callId && clock.now() - kept.at < KEPT_MS;
  }

  return {
    /** Keeps no call going, and moves none. */
    prepare(callId: CallId): void {
      if (isKept(callId)) return;
      const admission = ask(callId, true);
      admission.catch(() => {}); // Joining asks again, and says what is wrong.
      kept = { callId, at: clock.now(), admission };
    },
    /** Each admission serves one way in. */
    async take(callId: CallId, { way, claimed }: Entering): Promise<Admission> {
      const ahead = isKept(callId) ? kept?.admission : undefined;
      kept = null;
      const [admission, isMine] = await Promise.all([ahead?.catch(() => undefined), claimed]);
      if (isMine === false) {
        leave(callId);
        throw new ApiError('answered-elsewhere');
      }
      const isCurrent = admission && (way === undefined || way === admission.way);
      return isCurrent ? admission : ask(callId, false);
    },
  };
}
