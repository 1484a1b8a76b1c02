import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes } from '@dialog/shared/messages';
import type { Router } from '../platform/http/router.ts';
import type { MessageActs } from './messages.acts.ts';
import type { Forward } from './messages.forwarding.ts';
import type { MessageLooks } from './messages.looks.ts';
import type { Marks } from './messages.marks.ts';

interface Served {
  readonly acts: MessageActs;
  readonly marks: Marks;
  readonly forward: Forward;
}

export function serveMessageActs(router: Router, { acts, marks, forward }: Served): void {
  router.serve(messageActRoutes.editMessage, ({ params, body }, { userId }) =>
    acts.edit({ ...params, actorId: userId }, body.text),
  );
  router.serve(messageActRoutes.deleteMessages, ({ params, body }, { userId }) =>
    acts.remove({ ...params, actorId: userId }, body.messageIds),
  );
  router.serve(messageActRoutes.react, ({ params, body }, { userId }) =>
    acts.react({ ...params, actorId: userId }, body),
  );
  router.serve(messageActRoutes.pinMessage, ({ params, body }, { userId }) =>
    acts.pin({ ...params, actorId: userId }, body.isOn),
  );
  router.serve(messageActRoutes.starMessage, async ({ params, body }, { userId }) => ({
    mark: await marks.star(userId, params, body.isOn),
  }));
  router.serve(messageActRoutes.hideMessages, async ({ params, body }, { userId }) => ({
    marks: await marks.hide(userId, params.chatId, body.positions),
  }));
  router.serve(messageActRoutes.listStarred, ({ query }, { userId }) =>
    marks.listStarred(userId, query.before === undefined ? null : Number(query.before)),
  );
  router.serve(messageActRoutes.forwardMessages, async ({ params, body }, { userId }) => ({
    messages: await forward({ senderId: userId, from: body.from, to: params.chatId, items: body.messages }),
  }));
}

export function serveMessageLooks(router: Router, looks: MessageLooks): void {
  router.serve(messageRoutes.listAround, ({ params: { chatId }, query }, { userId }) =>
    looks.listAround({ userId, chatId }, Number(query.position)),
  );
  router.serve(messageRoutes.listNewer, ({ params: { chatId }, query }, { userId }) =>
    looks.listNewer({ userId, chatId }, Number(query.after)),
  );
  router.serve(messageRoutes.findPosition, async ({ params: { chatId }, query }, { userId }) => ({
    position: await looks.findPosition({ userId, chatId }, new Date(query.at)),
  }));
  router.serve(messageRoutes.listMessages, async ({ params: { chatId }, body }, { userId }) => ({
    messages: await looks.listMessages({ userId, chatId }, body.positions),
  }));
  router.serve(messageActRoutes.listPins, async ({ params: { chatId } }, { userId }) => ({
    messages: await looks.listPins({ userId, chatId }),
  }));
  router.serve(messageActRoutes.listVersions, ({ params }, { userId }) => looks.listVersions({ ...params, userId }));
  router.serve(messageActRoutes.listReactions, ({ params, query }, { userId }) =>
    looks.listReactions({ ...params, userId }, { emoji: query.emoji, after: query.after ?? null }),
  );
  router.serve(messageActRoutes.listReaders, ({ params, query }, { userId }) =>
    looks.listReaders({ ...params, userId }, query.after ?? null),
  );
}
