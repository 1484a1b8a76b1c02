import * as z from 'zod/mini';
import { ChatChanges } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, MessageId, Reaction, Revision, RevisionInUrl, Timestamp, UserId } from './contract/values.ts';
import { MESSAGES_PER_REQUEST_MAX, MessageText } from './messages.ts';
import { Message, MessageMark } from './messages.values.ts';
import { User } from './users.ts';

/** Pinned messages of one chat. */
export const PINS_MAX = 100;
/** Starred messages in one answer. */
export const STARRED_PAGE = 50;
/** People in one answer about who reacted, or who read. */
export const REACTED_PAGE = 100;

const chatParams = z.object({ chatId: ChatId });
const messageParams = z.object({ chatId: ChatId, messageId: MessageId });

/** What somebody does to a message that stands. */
export const messageActRoutes = defineRoutes({
  editMessage: {
    summary: 'Changes the words of my own message; what it said before is kept for the members.',
    method: 'PATCH',
    path: '/chats/:chatId/messages/:messageId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: messageParams,
    body: z.object({ text: MessageText }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'message-not-found', 'not-allowed', 'blocked-by-you'],
  },
  listVersions: {
    summary: 'What an edited message said before, newest first.',
    method: 'GET',
    path: '/chats/:chatId/messages/:messageId/versions',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: messageParams,
    reply: z.object({ versions: z.array(z.object({ text: z.string(), writtenAt: Timestamp })) }),
    errors: ['chat-not-found', 'message-not-found'],
  },
  deleteMessages: {
    summary:
      'Takes messages back for everyone, content and earlier versions too. My own; in groups, owners and admins any.',
    method: 'POST',
    path: '/chats/:chatId/messages/delete',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: z.object({ messageIds: z.array(MessageId).check(z.minLength(1), z.maxLength(MESSAGES_PER_REQUEST_MAX)) }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'message-not-found', 'not-allowed'],
  },
  hideMessages: {
    summary: 'Deletes messages for me alone, on all my devices.',
    method: 'POST',
    path: '/chats/:chatId/messages/hide',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: z.object({ positions: z.array(Revision).check(z.minLength(1), z.maxLength(MESSAGES_PER_REQUEST_MAX)) }),
    reply: z.object({ marks: z.array(MessageMark) }),
    errors: ['chat-not-found'],
  },
  react: {
    summary: 'Puts my reaction on a message, or takes it off; said twice it is the same.',
    method: 'PUT',
    path: '/chats/:chatId/messages/:messageId/reactions',
    access: 'session',
    carriers: 'both',
    limits: ['react'],
    params: messageParams,
    body: z.object({ emoji: Reaction, isOn: z.boolean() }),
    reply: z.object({ changes: ChatChanges, mark: MessageMark }),
    errors: ['chat-not-found', 'message-not-found', 'emoji-not-found', 'too-many-reactions', 'blocked-by-you'],
  },
  listReactions: {
    summary: 'Who reacted with this emoji, the first ones first; the people after `after` on the next page.',
    method: 'GET',
    path: '/chats/:chatId/messages/:messageId/reactions',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: messageParams,
    query: z.object({ emoji: Reaction, after: z.optional(UserId) }),
    reply: z.object({ people: z.array(User), hasMore: z.boolean() }),
    errors: ['chat-not-found', 'message-not-found'],
  },
  pinMessage: {
    summary: 'Pins a message for everyone, or takes the pin out. In groups: owners and admins.',
    method: 'PUT',
    path: '/chats/:chatId/messages/:messageId/pin',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: messageParams,
    body: z.object({ isOn: z.boolean() }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'message-not-found', 'not-allowed', 'too-many-pins', 'blocked-by-you'],
  },
  listPins: {
    summary: 'The pinned messages, the last pinned first.',
    method: 'GET',
    path: '/chats/:chatId/pins',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    reply: z.object({ messages: z.array(Message) }),
    errors: ['chat-not-found'],
  },
  starMessage: {
    summary: 'Keeps a message among my starred ones, or lets it go.',
    method: 'PUT',
    path: '/chats/:chatId/messages/:messageId/star',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: messageParams,
    body: z.object({ isOn: z.boolean() }),
    reply: z.object({ mark: MessageMark }),
    errors: ['chat-not-found', 'message-not-found'],
  },
  listStarred: {
    summary: 'My starred messages of all chats that I am in, the last starred first.',
    method: 'GET',
    path: '/starred',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    query: z.object({ before: z.optional(RevisionInUrl) }),
    reply: z.object({
      messages: z.array(Message),
      /** For `before` of the next question; null at the end. */
      next: z.nullable(Revision),
    }),
    errors: [],
  },
  forwardMessages: {
    summary: 'Posts messages of another chat here, in their order, each under an id that the client chose.',
    method: 'POST',
    path: '/chats/:chatId/forward',
    access: 'session',
    carriers: 'both',
    limits: ['send'],
    params: chatParams,
    body: z.object({
      from: ChatId,
      messages: z
        .array(z.object({ id: MessageId, messageId: MessageId }))
        .check(z.minLength(1), z.maxLength(MESSAGES_PER_REQUEST_MAX)),
    }),
    reply: z.object({ messages: z.array(Message) }),
    errors: [
      'chat-not-found',
      'message-not-found',
      'id-taken',
      'attachment-not-found',
      'announcement-only',
      'not-reachable',
      'blocked-by-you',
      'slow-mode',
      'quota-used-up',
      'storage-full',
    ],
  },
  listReaders: {
    summary: 'Who has read a message of mine and whom it has only reached; the people after `after` on the next page.',
    method: 'GET',
    path: '/chats/:chatId/messages/:messageId/readers',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: messageParams,
    query: z.object({ after: z.optional(UserId) }),
    reply: z.object({
      people: z.array(z.object({ user: User, state: z.enum(['read', 'delivered', 'sent']) })),
      hasMore: z.boolean(),
    }),
    errors: ['chat-not-found', 'message-not-found', 'not-allowed'],
  },
});
