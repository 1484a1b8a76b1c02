import { authRoutes } from '@dialog/shared/auth';
import type { RequestContext, Router } from '../platform/http/router.ts';
import type { AuthService } from './auth.service.ts';

type SignedIn = Awaited<ReturnType<AuthService['signIn']>>;

export function serveAuth(router: Router, auth: AuthService): void {
  router.serve(authRoutes.signUp, async ({ body }, _caller, context) =>
    handOver(await auth.signUp(body, context), body.keep, context),
  );
  router.serve(authRoutes.signIn, async ({ body }, _caller, context) =>
    handOver(await auth.signIn(body.userName, body.password, context), body.keep, context),
  );
  router.serve(authRoutes.signOut, async (_input, caller, context) => {
    await auth.signOut(caller);
    context.setSessionCookie(null);
    return {};
  });
  router.serve(authRoutes.getMe, (_input, caller) => auth.getMe(caller));
  router.serve(authRoutes.listSessions, async (_input, caller) => ({ sessions: await auth.listSessions(caller) }));
  router.serve(authRoutes.signOutSession, async ({ params }, caller) => {
    await auth.signOutSession(caller, params.sessionId);
    return {};
  });
  router.serve(authRoutes.signOutOthers, async (_input, caller) => ({ signedOut: await auth.signOutOthers(caller) }));
  router.serve(authRoutes.changePassword, async ({ body }, caller, context) => {
    const token = await auth.changePassword(caller, body);
    // The new token goes where the old one is kept.
    if (context.isBearer) return { token };
    context.setSessionCookie(token);
    return {};
  });
}

/** A browser's token goes into its cookie jar and never into a page's hands. */
function handOver({ user, sessionId, token }: SignedIn, keep: 'cookie' | 'bearer', context: RequestContext) {
  if (keep === 'bearer') return { user, sessionId, token };
  context.setSessionCookie(token);
  return { user, sessionId };
}
