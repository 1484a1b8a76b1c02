import { clearingRoutes } from '@dialog/shared/chats.clearing';
import type { Router } from '../platform/http/router.ts';
import type { Clearing } from './chats.clearing.ts';

export function serveClearing(router: Router, clearing: Clearing): void {
  router.serve(clearingRoutes.clearForMe, ({ params: { chatId }, body }, { userId }) =>
    clearing.forMe(userId, chatId, body.position),
  );
  router.serve(clearingRoutes.clearForEveryone, ({ params }, caller) =>
    clearing.forEveryone({ ...params, actorId: caller.userId }),
  );
}
