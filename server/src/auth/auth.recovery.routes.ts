import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import type { Router } from '../platform/http/router.ts';
import type { Recovery } from './auth.recovery.ts';

export function serveRecovery(router: Router, recovery: Recovery): void {
  router.serve(recoveryRoutes.makeRecoveryCodes, async (_input, caller) => ({
    codes: await recovery.renewCodes(caller),
  }));
  router.serve(recoveryRoutes.keepRecoveryCodes, async (_input, caller) => {
    await recovery.keepCodes(caller);
    return {};
  });
  router.serve(recoveryRoutes.recoverByCode, async ({ body }) => {
    await recovery.recover(body);
    return {};
  });
}
