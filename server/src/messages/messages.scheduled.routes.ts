import { scheduledRoutes } from '@dialog/shared/messages.scheduled';
import type { Router } from '../platform/http/router.ts';
import type { Scheduled } from './messages.scheduled.ts';

export function serveScheduled(router: Router, scheduled: Scheduled): void {
  router.serve(scheduledRoutes.scheduleMessage, ({ params, body }, { userId }) =>
    scheduled.schedule({ ...params, messageId: body.id, userId }, body),
  );
  router.serve(scheduledRoutes.listScheduled, async ({ params }, { userId }) => ({
    messages: await scheduled.list(userId, params.chatId),
  }));
  router.serve(scheduledRoutes.changeScheduled, ({ params, body }, { userId }) =>
    scheduled.change({ ...params, userId }, body),
  );
  router.serve(scheduledRoutes.sendScheduled, ({ params }, { userId }) => scheduled.sendNow({ ...params, userId }));
  router.serve(scheduledRoutes.cancelScheduled, async ({ params }, { userId }) => {
    await scheduled.cancel({ ...params, userId });
    return {};
  });
}
