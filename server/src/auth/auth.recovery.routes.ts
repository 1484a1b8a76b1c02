import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import type { Database } from '../platform/database.ts';
import type { Router } from '../platform/http/router.ts';
import type { Recovery } from './auth.recovery.ts';

export function serveRecovery(router: Router, recovery: Recovery, db: Database): void {
  router.serve(recoveryRoutes.makeRecoveryCodes, async (_input, { userId }) => ({
    codes: await db.transaction((tx) => recovery.makeCodes(tx, userId)),
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
