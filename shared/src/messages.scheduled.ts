import * as z from 'zod/mini';
import { Attachment } from './attachments.values.ts';
import { ERROR_CODES } from './contract/errors.ts';
import { defineEvents } from './contract/events.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, MessageId, Revision, Timestamp } from './contract/values.ts';
import { AttachmentIds, MESSAGE_TEXT_MAX } from './messages.ts';
import { Message } from './messages.values.ts';

/** Of one person, in all chats. */
export const SCHEDULED_MAX = 100;
export const SCHEDULED_AHEAD_MAX_MS = 366 * 86_400_000;

/** May be empty where there are files. */
const ScheduledText = z.string().check(z.trim(), z.maxLength(MESSAGE_TEXT_MAX));

/** What waits for its time; only its sender knows of it. */
export const ScheduledMessage = z.object({
  /** The message's, for ever. */
  id: MessageId,
  chatId: ChatId,
  text: z.string(),
  /** Held for it; they go with it when it is cancelled. */
  attachments: z.optional(z.array(Attachment)),
  replyTo: z.optional(Revision),
  isSilent: z.optional(z.literal(true)),
  /** With `slow-mode` as the failure: when it is tried again. */
  sendAt: Timestamp,
  /** Why it could not be posted at its time; it stays until it is sent, changed to another time, or cancelled. */
  failure: z.optional(z.enum(ERROR_CODES)),
});
export type ScheduledMessage = z.infer<typeof ScheduledMessage>;

const chatParams = z.object({ chatId: ChatId });
const messageParams = z.object({ chatId: ChatId, messageId: MessageId });

export const scheduledRoutes = defineRoutes({
  scheduleMessage: {
    summary:
      'Has words, files or both posted at a time, under this id; the same id again answers the first. A time that is past is now.',
    method: 'POST',
    path: '/chats/:chatId/scheduled',
    access: 'session',
    carriers: 'both',
    limits: ['send'],
    params: chatParams,
    body: z
      .object({
        id: MessageId,
        text: ScheduledText,
        attachmentIds: z.optional(AttachmentIds),
        replyTo: z.optional(Revision),
        isSilent: z.optional(z.literal(true)),
        sendAt: Timestamp,
      })
      .check(z.refine(({ text, attachmentIds }) => text !== '' || attachmentIds !== undefined, { error: 'is empty' })),
    reply: ScheduledMessage,
    errors: [
      'chat-not-found',
      'id-taken',
      'too-many-scheduled',
      'too-far-ahead',
      'attachment-not-found',
      'attachment-not-ready',
    ],
  },
  listScheduled: {
    summary: 'What I have scheduled in a chat, the next one first.',
    method: 'GET',
    path: '/chats/:chatId/scheduled',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    reply: z.object({ messages: z.array(ScheduledMessage) }),
    errors: ['chat-not-found'],
  },
  changeScheduled: {
    summary: 'Changes the words or the time of what has not been posted.',
    method: 'PATCH',
    path: '/chats/:chatId/scheduled/:messageId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: messageParams,
    body: z.object({ text: z.optional(ScheduledText), sendAt: z.optional(Timestamp) }),
    reply: ScheduledMessage,
    errors: ['chat-not-found', 'message-not-found', 'too-far-ahead'],
  },
  sendScheduled: {
    summary: 'Posts it now.',
    method: 'POST',
    path: '/chats/:chatId/scheduled/:messageId/send',
    access: 'session',
    carriers: 'both',
    limits: ['send'],
    params: messageParams,
    reply: Message,
    errors: [
      'chat-not-found',
      'message-not-found',
      'announcement-only',
      'not-reachable',
      'blocked-by-you',
      'slow-mode',
      'attachment-not-found',
      'attachment-not-ready',
    ],
  },
  cancelScheduled: {
    summary: 'Forgets it.',
    method: 'DELETE',
    path: '/chats/:chatId/scheduled/:messageId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: messageParams,
    reply: z.object({}),
    errors: ['chat-not-found', 'message-not-found'],
  },
});

export const scheduledEvents = defineEvents({
  scheduledChanged: {
    summary: 'What this person has scheduled in a chat has changed, or was posted; told to their devices, which ask.',
    payload: z.object({ chatId: ChatId }),
  },
});
