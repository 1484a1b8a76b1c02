import type { RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { pollRoutes } from '@dialog/shared/messages.polls';
import type { Call } from '../platform/api.ts';
import type { MessageRef } from './messages.actions.ts';
import type { MessageSync } from './messages.sync.ts';

type Voters = RouteReply<typeof pollRoutes.listVoters>;
export type Question = RouteRequest<typeof pollRoutes.postPoll>['body'];

/** What a person does with polls. Each rejects with an ApiError and changes nothing then. */
export interface PollActions {
  /** Said twice under one id it asks once. */
  post(chatId: ChatId, question: Question): Promise<void>;
  vote(message: MessageRef, options: readonly number[]): Promise<void>;
  close(message: MessageRef): Promise<void>;
  listVoters(message: MessageRef, option: number, after: UserId | undefined): Promise<Voters>;
}

export function createPollActions(call: Call, sync: Pick<MessageSync, 'learn' | 'learnMarks'>): PollActions {
  const paramsOf = ({ chatId, id }: MessageRef) => ({ chatId, messageId: id });
  return {
    async post(chatId, question) {
      await call(pollRoutes.postPoll, { params: { chatId }, body: question });
    },
    async vote(message, options) {
      const input = { params: paramsOf(message), body: { options: [...options] } };
      const { changes, mark } = await call(pollRoutes.vote, input);
      sync.learn(changes);
      sync.learnMarks([mark]);
    },
    async close(message) {
      sync.learn(await call(pollRoutes.closePoll, { params: paramsOf(message) }));
    },
    listVoters: (message, option, after) =>
      call(pollRoutes.listVoters, {
        params: paramsOf(message),
        query: { option: String(option), ...(after ? { after } : {}) },
      }),
  };
}
