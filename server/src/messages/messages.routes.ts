import { messageRoutes } from '@dialog/shared/messages';
import type { Router } from '../platform/http/router.ts';
import type { Cursors } from './messages.cursors.ts';
import type { MessageService } from './messages.service.ts';
import type { MessageWriter } from './messages.writer.ts';

interface Served {
  readonly messages: MessageService;
  readonly writer: MessageWriter;
  readonly cursors: Cursors;
}

export function serveMessages(router: Router, { messages, writer, cursors }: Served): void {
  router.serve(messageRoutes.postMessage, ({ params, body }, caller) =>
    writer.post({
      senderId: caller.userId,
      chatId: params.chatId,
      id: body.id,
      content: { kind: 'text', text: body.text },
      replyTo: body.replyTo ?? null,
      ...(body.thread === undefined ? {} : { thread: body.thread }),
      ...(body.isSilent ? { isSilent: true } : {}),
      ...(body.attachmentIds ? { attachmentIds: body.attachmentIds } : {}),
    }),
  );
  router.serve(messageRoutes.openChat, ({ params }, caller) => messages.openChat(caller.userId, params.chatId));
  router.serve(messageRoutes.listHistory, ({ params, query }, caller) =>
    messages.listHistory(caller.userId, params.chatId, Number(query.before)),
  );
  router.serve(messageRoutes.listChanges, ({ params, query }, caller) =>
    messages.listChanges(caller.userId, params.chatId, {
      since: Number(query.since),
      marksSince: Number(query.marksSince ?? 0),
    }),
  );
  router.serve(messageRoutes.syncChats, ({ body }, caller) => messages.syncChats(caller.userId, body));
  router.serve(messageRoutes.markRead, ({ params, body }, caller) =>
    cursors.markRead(caller.userId, params.chatId, body.position),
  );
  router.serve(messageRoutes.markDelivered, async ({ body }, caller) => {
    await cursors.markDelivered(caller.userId, new Map(body.cursors.map(({ chatId, position }) => [chatId, position])));
    return {};
  });
}
