import { invitePath, inviteRoutes } from '@dialog/shared/invites';
import type { Emails } from '../auth/auth.email.ts';
import type { Router } from '../platform/http/router.ts';
import type { Joining } from './invites.joining.ts';
import type { InviteService } from './invites.service.ts';

interface Served {
  readonly invites: InviteService;
  readonly joining: Joining;
  readonly inviteByMail: Emails['invite'];
}

export function serveInvites(router: Router, { invites, joining, inviteByMail }: Served): void {
  router.serve(inviteRoutes.createInvite, ({ params, body }, { userId }) =>
    invites.create(userId, params.chatId, body),
  );
  router.serve(inviteRoutes.listInvites, ({ params }, { userId }) => invites.list(userId, params.chatId));
  router.serve(inviteRoutes.revokeInvite, async ({ params }, { userId }) => {
    await invites.revoke(userId, params.chatId, params.inviteId);
    return {};
  });
  router.serve(inviteRoutes.mailInvite, async ({ params, body }, caller) => {
    const code = await invites.requireCode(caller.userId, params.chatId, params.inviteId);
    await inviteByMail(caller, body, invitePath(code));
    return {};
  });
  router.serve(inviteRoutes.lookUpInvite, ({ body }, { userId }) => joining.lookUp(userId, body.code));
  router.serve(inviteRoutes.joinByInvite, ({ body }, { userId }) => joining.join(userId, body.code));
  router.serve(inviteRoutes.listJoinRequests, ({ params, query }, { userId }) =>
    joining.listRequests(userId, params.chatId, query.after ?? null),
  );
  router.serve(inviteRoutes.admitRequest, ({ params }, caller) =>
    joining.admit(caller.userId, params.chatId, params.userId),
  );
  router.serve(inviteRoutes.refuseRequest, async ({ params }, caller) => {
    await joining.refuse(caller.userId, params.chatId, params.userId);
    return {};
  });
}
