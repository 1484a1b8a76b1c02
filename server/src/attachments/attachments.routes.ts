import { attachmentRoutes } from '@dialog/shared/attachments';
import type { Router } from '../platform/http/router.ts';
import type { AttachmentService } from './attachments.service.ts';

export function serveAttachments(router: Router, attachments: AttachmentService): void {
  router.serve(attachmentRoutes.getAttachment, ({ params }, caller) =>
    attachments.getAttachment(caller, params.attachmentId),
  );
  router.serve(attachmentRoutes.listAttachments, ({ params, query }, caller) =>
    attachments.listAttachments(caller, {
      chatId: params.chatId,
      filter: query.filter,
      before: query.before === undefined ? null : Number(query.before),
    }),
  );
}
