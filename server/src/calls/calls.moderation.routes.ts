import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import { callSilenceRoutes } from '@dialog/shared/calls.silences';
import type { Router } from '../platform/http/router.ts';
import type { CallModeration } from './calls.moderation.ts';

export function serveCallModeration(router: Router, moderation: CallModeration): void {
  router.serve(callModerationRoutes.muteInCall, async ({ params, body }, caller) =>
    moderation.muteInCall(caller, { ...params, source: body.source }),
  );
  router.serve(callSilenceRoutes.listSilences, async ({ params }, caller) =>
    moderation.listSilences(caller, params.callId),
  );
  router.serve(callModerationRoutes.askToUnmute, async ({ params }, caller) => moderation.askToUnmute(caller, params));
  router.serve(callModerationRoutes.removeFromCall, async ({ params }, caller) =>
    moderation.removeFromCall(caller, params),
  );
  router.serve(callModerationRoutes.admitToCallAgain, async ({ params }, caller) =>
    moderation.admitAgain(caller, params),
  );
  router.serve(callModerationRoutes.listCallRemovals, async ({ params }, caller) =>
    moderation.listRemovals(caller, params.callId),
  );
  router.serve(callModerationRoutes.endCall, async ({ params }, caller) => moderation.endCall(caller, params.callId));
}
