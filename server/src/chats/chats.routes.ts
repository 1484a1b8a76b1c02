import { chatRoutes } from '@dialog/shared/chats';
import type { Router } from '../platform/http/router.ts';
import type { ChatService } from './chats.service.ts';

export function serveChats(router: Router, chats: ChatService): void {
  router.serve(chatRoutes.createDirectChat, ({ body }, caller) => chats.createDirectChat(caller.userId, body.userId));
  router.serve(chatRoutes.createGroup, ({ body }, caller) => chats.createGroup(caller.userId, body));
  router.serve(chatRoutes.renameGroup, ({ params, body }, caller) =>
    chats.renameGroup({ ...params, actorId: caller.userId }, body.title),
  );
  router.serve(chatRoutes.setMessageLifetime, ({ params, body }, caller) =>
    chats.setMessageLifetime({ ...params, actorId: caller.userId }, body.seconds === 0 ? null : body.seconds),
  );
  router.serve(chatRoutes.listMembers, ({ params, query }, caller) =>
    chats.listMembers(caller.userId, params.chatId, query.after ?? null),
  );
  router.serve(chatRoutes.findMembers, ({ params, query }, caller) =>
    chats.findMembers(caller.userId, params.chatId, query.name),
  );
  router.serve(chatRoutes.addMembers, ({ params, body }, caller) =>
    chats.addMembers({ ...params, actorId: caller.userId }, body.userIds),
  );
  router.serve(chatRoutes.removeMember, ({ params: { chatId, userId } }, caller) =>
    chats.removeMember({ chatId, actorId: caller.userId }, userId),
  );
  router.serve(chatRoutes.changeRole, ({ params: { chatId, userId }, body }, caller) =>
    chats.changeRole({ chatId, actorId: caller.userId }, userId, body.role),
  );
  router.serve(chatRoutes.leaveGroup, async ({ params }, caller) => {
    await chats.leaveGroup({ ...params, actorId: caller.userId });
    return {};
  });
}
