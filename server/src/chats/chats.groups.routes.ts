import { groupRoutes } from '@dialog/shared/chats.groups';
import type { Router } from '../platform/http/router.ts';
import type { Bans } from './chats.bans.ts';
import type { Groups } from './chats.groups.ts';

export function serveGroups(router: Router, { groups, bans }: { readonly groups: Groups; readonly bans: Bans }): void {
  router.serve(groupRoutes.changeGroup, ({ params, body }, { userId }) =>
    groups.change({ ...params, actorId: userId }, body),
  );
  router.serve(groupRoutes.banMember, ({ params: { chatId, userId } }, caller) =>
    bans.ban({ chatId, actorId: caller.userId }, userId),
  );
  router.serve(groupRoutes.liftBan, async ({ params: { chatId, userId } }, caller) => {
    await bans.lift({ chatId, actorId: caller.userId }, userId);
    return {};
  });
  router.serve(groupRoutes.listBans, ({ params, query }, { userId }) =>
    bans.list(userId, params.chatId, query.after ?? null),
  );
}
