import { messagePreviewRoutes } from '@dialog/shared/messages.previews';
import type { Router } from '../platform/http/router.ts';
import type { MessagePreviews } from './messages.previews.ts';

export function serveMessagePreviews(router: Router, previews: MessagePreviews): void {
  router.serve(messagePreviewRoutes.removePreview, ({ params }, { userId }) =>
    previews.remove({ ...params, actorId: userId }),
  );
}
