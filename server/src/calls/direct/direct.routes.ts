import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { Router } from '../../platform/http/router.ts';
import type { DirectCalls } from './direct.service.ts';

export function serveDirectCalls(router: Router, direct: DirectCalls): void {
  router.serve(directCallRoutes.moveCall, async ({ params }, caller) => direct.moveCall(caller, params.callId));
  router.serve(directCallRoutes.renewIceServers, async ({ params }, caller) =>
    direct.renewIceServers(caller, params.callId),
  );
  router.serve(directCallRoutes.signalCall, async ({ params }, caller) => direct.signalCall(caller, params.callId));
}
