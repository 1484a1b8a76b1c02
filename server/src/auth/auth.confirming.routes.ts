import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import type { Router } from '../platform/http/router.ts';
import type { Confirming } from './auth.confirming.ts';

export function serveConfirming(router: Router, confirming: Confirming): void {
  router.serve(confirmingRoutes.confirmIdentity, async ({ body }, caller, context) => {
    await confirming.confirm(caller, body.proof, context);
    return {};
  });
  router.serve(confirmingRoutes.getSecurity, (_input, caller) => confirming.getSecurity(caller));
}
