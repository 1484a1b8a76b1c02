import { authRoutes } from '@dialog/shared/auth';
import { deviceRoutes } from '@dialog/shared/auth.devices';
import type { Router } from '../platform/http/router.ts';
import type { Devices } from './auth.devices.ts';

export function serveDevices(router: Router, devices: Devices): void {
  router.serve(authRoutes.listSessions, async (_input, caller) => ({ sessions: await devices.list(caller) }));
  router.serve(authRoutes.signOutSession, async ({ params }, caller) => {
    await devices.signOut(caller, params.sessionId);
    return {};
  });
  router.serve(authRoutes.signOutOthers, async (_input, caller) => ({
    signedOut: await devices.signOutOthers(caller),
  }));
  router.serve(deviceRoutes.renameSession, async ({ params, body }, caller) => {
    await devices.rename(caller, params.sessionId, body.name);
    return {};
  });
  router.serve(deviceRoutes.listSignIns, ({ query }, caller) => devices.listSignIns(caller, query.before));
}
