import { groupRoutes } from '@dialog/shared/chats.groups';
import type { Router } from '../platform/http/router.ts';
import type { Groups } from './chats.groups.ts';

export function serveGroups(router: Router, groups: Groups): void {
  router.serve(groupRoutes.changeGroup, ({ params, body }, { userId }) =>
    groups.change({ ...params, actorId: userId }, body),
  );
}
