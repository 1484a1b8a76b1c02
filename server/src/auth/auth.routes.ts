import { authRoutes } from '@dialog/shared/auth';
import type { Keep } from '@dialog/shared/auth.values';
import type { RequestContext, Router } from '../platform/http/router.ts';
import type { AuthService } from './auth.service.ts';
import type { BegunSession, Sessions } from './auth.sessions.ts';

interface Served {
  readonly accounts: AuthService;
  readonly sessions: Sessions;
}

export function serveAuth(router: Router, { accounts, sessions }: Served): void {
  router.serve(authRoutes.signUp, async ({ body }, _caller, context) => {
    const { recoveryCodes, ...signedIn } = await accounts.signUp(body, context);
    return { ...handOver(signedIn, body.keep, context), recoveryCodes: [...recoveryCodes] };
  });
  router.serve(authRoutes.signIn, async ({ body }, _caller, context) => {
    const answer = await accounts.signIn(body, context);
    if (answer.kind === 'second-factor') return answer;
    return { kind: answer.kind, ...handOver(answer.signedIn, body.keep, context) };
  });
  router.serve(authRoutes.signOut, async (_input, caller, context) => {
    await sessions.signOut(caller);
    context.setSessionCookie(null);
    return {};
  });
  router.serve(authRoutes.forgetHere, async (_input, _caller, context) => {
    context.clearCache();
    return {};
  });
  router.serve(authRoutes.getMe, (_input, caller) => accounts.getMe(caller));
  router.serve(authRoutes.changePassword, async ({ body }, caller, context) => {
    const token = await accounts.changePassword(caller, body);
    // The new token goes where the old one is kept.
    if (context.isBearer) return { token };
    context.setSessionCookie(token);
    return {};
  });
}

/** A browser's token goes into its cookie jar and never into a page's hands. */
export function handOver({ user, sessionId, token }: BegunSession, keep: Keep, context: RequestContext) {
  if (keep === 'bearer') return { user, sessionId, token };
  context.setSessionCookie(token);
  return { user, sessionId };
}
