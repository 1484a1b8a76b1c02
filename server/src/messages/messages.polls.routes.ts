import { pollRoutes } from '@dialog/shared/messages.polls';
import type { Router } from '../platform/http/router.ts';
import type { Polls } from './messages.polls.ts';

export function servePolls(router: Router, polls: Polls): void {
  router.serve(pollRoutes.postPoll, ({ params, body }, { userId }) =>
    polls.post({ senderId: userId, chatId: params.chatId }, body),
  );
  router.serve(pollRoutes.vote, ({ params, body }, { userId }) =>
    polls.vote({ ...params, actorId: userId }, body.options),
  );
  router.serve(pollRoutes.listVoters, ({ params, query }, { userId }) =>
    polls.listVoters({ ...params, actorId: userId }, { option: Number(query.option), after: query.after ?? null }),
  );
  router.serve(pollRoutes.closePoll, ({ params }, { userId }) => polls.close({ ...params, actorId: userId }));
}
