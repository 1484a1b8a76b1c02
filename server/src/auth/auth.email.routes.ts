import { emailRoutes } from '@dialog/shared/auth.email';
import type { Router } from '../platform/http/router.ts';
import type { Emails } from './auth.email.ts';

export function serveEmails(router: Router, emails: Emails): void {
  router.serve(emailRoutes.getEmail, (_input, caller) => emails.get(caller));
  router.serve(emailRoutes.claimEmail, async ({ body }, caller) => {
    await emails.claim(caller, body);
    return {};
  });
  router.serve(emailRoutes.removeEmail, async (_input, caller) => {
    await emails.remove(caller);
    return {};
  });
  router.serve(emailRoutes.confirmEmail, async ({ body }) => ({ address: await emails.confirm(body.token) }));
  router.serve(emailRoutes.askForNewPassword, async ({ body }) => {
    await emails.askForNewPassword(body.userName);
    return {};
  });
  router.serve(emailRoutes.setNewPassword, async ({ body }) => {
    await emails.setNewPassword(body.token, body.newPassword);
    return {};
  });
  router.serve(emailRoutes.inviteByMail, async ({ body }, caller) => {
    await emails.invite(caller, body);
    return {};
  });
}
