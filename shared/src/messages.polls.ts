import * as z from 'zod/mini';
import { ChatChanges } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, lineOfText, MessageId, Timestamp, UserId } from './contract/values.ts';
import { Message, MessageMark } from './messages.values.ts';
import { User } from './users.ts';

export const POLL_QUESTION_MAX = 300;
export const POLL_OPTION_MAX = 100;
export const POLL_OPTIONS_MIN = 2;
export const POLL_OPTIONS_MAX = 10;
/** People in one answer about who voted. */
export const VOTERS_PAGE = 100;

const chatParams = z.object({ chatId: ChatId });
const messageParams = z.object({ chatId: ChatId, messageId: MessageId });

export const pollRoutes = defineRoutes({
  postPoll: {
    summary: 'Asks the members. Its id is as a text’s: the same again answers the first message (R6).',
    method: 'POST',
    path: '/chats/:chatId/polls',
    access: 'session',
    carriers: 'both',
    limits: ['send'],
    params: chatParams,
    body: z.object({
      id: MessageId,
      question: lineOfText(POLL_QUESTION_MAX),
      options: z.array(lineOfText(POLL_OPTION_MAX)).check(z.minLength(POLL_OPTIONS_MIN), z.maxLength(POLL_OPTIONS_MAX)),
      isMultiple: z.boolean(),
      isAnonymous: z.boolean(),
      closesAt: z.optional(Timestamp),
    }),
    reply: Message,
    errors: ['chat-not-found', 'id-taken', 'announcement-only', 'not-reachable', 'blocked-by-you', 'slow-mode'],
  },
  vote: {
    summary: 'Makes these options my vote, instead of what it was; none takes it back.',
    method: 'PUT',
    path: '/chats/:chatId/messages/:messageId/votes',
    access: 'session',
    carriers: 'both',
    limits: ['react'],
    params: messageParams,
    body: z.object({
      options: z.array(z.int().check(z.nonnegative(), z.lt(POLL_OPTIONS_MAX))).check(z.maxLength(POLL_OPTIONS_MAX)),
    }),
    reply: z.object({ changes: ChatChanges, mark: MessageMark }),
    errors: ['chat-not-found', 'message-not-found', 'poll-closed', 'blocked-by-you'],
  },
  listVoters: {
    summary: 'Who voted for an option, unless the poll is anonymous; the people after `after` on the next page.',
    method: 'GET',
    path: '/chats/:chatId/messages/:messageId/votes',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: messageParams,
    query: z.object({ option: z.string().check(z.regex(/^\d$/)), after: z.optional(UserId) }),
    reply: z.object({ people: z.array(User), hasMore: z.boolean() }),
    errors: ['chat-not-found', 'message-not-found', 'not-allowed'],
  },
  closePoll: {
    summary: 'Nobody votes any more. My own; in groups, owners and admins any.',
    method: 'POST',
    path: '/chats/:chatId/messages/:messageId/close',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: messageParams,
    reply: ChatChanges,
    errors: ['chat-not-found', 'message-not-found', 'not-allowed', 'blocked-by-you'],
  },
});
