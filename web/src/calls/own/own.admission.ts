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
}

export type OwnAdmission = ReturnType<typeof createOwnAdmission>;

/** Asks the server to let this device in; ahead of time while one stands in the lobby, so that a press loses none. */
export function createOwnAdmission({ call, deviceId, clock }: Deps) {
  let kept: { readonly callId: CallId; readonly at: number; readonly admission: Promise<Admission> } | null = null;

  function ask(callId: CallId): Promise<Admission> {
    return call(callRoutes.joinCall, { params: { callId }, body: { deviceId, ways: WAYS } });
  }

  function isKept(callId: CallId): boolean {
    return kept !== null && kept.callId === callId && clock.now() - kept.at < KEPT_MS;
  }

  return {
    prepare(callId: CallId): void {
      if (isKept(callId)) return;
      const admission = ask(callId);
      admission.catch(() => {}); // Joining asks again, and says what is wrong.
      kept = { callId, at: clock.now(), admission };
    },
    /** Each admission serves one way in. `way`: the one that the call goes now, as far as is known here. */
    async take(callId: CallId, way?: CallWay): Promise<Admission> {
      const ahead = isKept(callId) ? kept?.admission : undefined;
      kept = null;
      const admission = await ahead?.catch(() => undefined);
      const isCurrent = admission && (way === undefined || way === admission.way);
      return isCurrent ? admission : ask(callId);
    },
  };
}

interface OnlyIf {
  readonly admission: OwnAdmission;
  /** Let in, and not wanted there. */
  readonly refused: (callId: CallId) => void;
}

/** The same, while it is still being asked whether the call is this device's; what was answered counts only if it is. */
export function onlyIf(claimed: Promise<boolean>, { admission, refused }: OnlyIf): Pick<OwnAdmission, 'take'> {
  return {
    async take(callId, way) {
      const [admitted, isMine] = await Promise.all([admission.take(callId, way), claimed]);
      if (isMine) return admitted;
      refused(callId);
      throw new ApiError('answered-elsewhere');
    },
  };
}
