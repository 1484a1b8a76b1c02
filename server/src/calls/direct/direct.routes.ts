import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { Router } from '../../platform/http/router.ts';
import type { DirectCalls } from './direct.service.ts';
import type { SignalCall } from './direct.signals.ts';

interface Parts {
  readonly direct: DirectCalls;
  readonly signalCall: SignalCall;
}

export function serveDirectCalls(router: Router, { direct, signalCall }: Parts): void {
  router.serve(directCallRoutes.moveCall, async ({ params, body }, caller) =>
    direct.moveCall(caller, params.callId, body.deviceId),
  );
  router.serve(directCallRoutes.renewIceServers, async ({ params, body }, caller) =>
    direct.renewIceServers(caller, params.callId, body.deviceId),
  );
  router.serve(directCallRoutes.probeIceServers, async (_, caller) => direct.probeIceServers(caller));
  router.serve(directCallRoutes.signalCall, async ({ params, body }, caller) =>
    signalCall(caller, { ...params, ...body }),
  );
}
