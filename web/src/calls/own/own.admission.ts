import { callRoutes } from '@dialog/shared/calls';
import type { CallId, DeviceId } from '@dialog/shared/contract/values';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { ApiError, type Call } from '../../platform/api.ts';
import type { Clock } from '../../platform/clock.ts';

type Admission = Extract<RouteReply<typeof callRoutes.joinCall>, { way: 'sfu' }>;

/** Half of a token's minute: what was fetched ahead is used no later. */
const KEPT_MS = 30_000;

interface Deps {
  readonly call: Call;
  readonly deviceId: DeviceId;
  readonly clock: Clock;
}

/** Asks the server to let this device in; ahead of time while one stands in the lobby, so that a press loses none. */
export function createOwnAdmission({ call, deviceId, clock }: Deps) {
  let kept: { readonly callId: CallId; readonly at: number; readonly admission: Promise<Admission> } | null = null;

  async function ask(callId: CallId): Promise<Admission> {
    const admission = await call(callRoutes.joinCall, { params: { callId }, body: { deviceId } });
    // Not asked for: a call of a device that does not say so goes through the media server.
    if (admission.way !== 'sfu') throw new ApiError('calls-unavailable');
    return admission;
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
    /** Each admission serves one way in. */
    async take(callId: CallId): Promise<Admission> {
      const ahead = isKept(callId) ? kept?.admission : undefined;
      kept = null;
      return (await ahead?.catch(() => undefined)) ?? ask(callId);
    },
  };
}
