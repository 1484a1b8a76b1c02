import * as z from 'zod/mini';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, Revision, RevisionInUrl } from './contract/values.ts';
import { Stretch } from './messages.ts';
import { Message, MessageMark } from './messages.values.ts';

/** Threads in one answer. */
export const THREADS_PAGE = 30;

const chatParams = z.object({ chatId: ChatId });

/** A thread is known by the position of its root. */
export const threadRoutes = defineRoutes({
  listThreads: {
    summary: 'The messages of a group that have a thread, the one answered last first; all or those that I follow.',
    method: 'GET',
    path: '/chats/:chatId/threads',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ before: z.optional(RevisionInUrl), following: z.optional(z.literal('true')) }),
    reply: z.object({
      roots: z.array(Message),
      /** My own marks of these. */
      marks: z.array(MessageMark),
      /** For `before` of the next question; null at the end. */
      next: z.nullable(Revision),
    }),
    errors: ['chat-not-found'],
  },
  listThread: {
    summary:
      'A stretch of a thread: the newest replies, those before or after a position, or those around it. One of the three at most.',
    method: 'GET',
    path: '/chats/:chatId/thread',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({
      root: RevisionInUrl,
      before: z.optional(RevisionInUrl),
      after: z.optional(RevisionInUrl),
      around: z.optional(RevisionInUrl),
    }),
    reply: z.object({
      root: Message,
      /** My own mark of the root. */
      rootMark: z.nullable(MessageMark),
      stretch: Stretch,
      /** The chat's revision that all of it is complete up to. */
      revision: Revision,
    }),
    errors: ['chat-not-found', 'message-not-found'],
  },
  followThread: {
    summary: 'I want to know of new replies in this thread, or no longer. Who writes in a thread follows it by that.',
    method: 'PUT',
    path: '/chats/:chatId/thread/follow',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: z.object({ root: Revision, isOn: z.boolean() }),
    reply: z.object({ mark: MessageMark }),
    errors: ['chat-not-found', 'message-not-found'],
  },
  markThreadRead: {
    summary: 'I have seen this thread up to a position; on all my devices. Answers my mark of the root, if I have one.',
    method: 'PUT',
    path: '/chats/:chatId/thread/read',
    access: 'session',
    carriers: 'both',
    limits: ['markRead'],
    params: chatParams,
    body: z.object({ root: Revision, position: Revision }),
    reply: z.object({ mark: z.nullable(MessageMark) }),
    errors: ['chat-not-found', 'message-not-found'],
  },
});
