import * as z from 'zod/mini';
import { ATTACHMENTS_PER_MESSAGE_MAX } from './attachments.values.ts';
import { ChatChanges, ChatSummary, Cursor, Member, PersonChanges } from './chats.ts';
import { defineEvents } from './contract/events.ts';
import { defineRoutes } from './contract/routes.ts';
import { AttachmentId, ChatId, MessageId, Revision, RevisionInUrl, Timestamp, UserId } from './contract/values.ts';
import {
  Message,
  MESSAGE_TEXT_MAX,
  MessageContent,
  MessageMark,
  PollContent,
  SystemNote,
  TextContent,
} from './messages.values.ts';

export { Message, MESSAGE_TEXT_MAX, MessageContent, MessageMark, PollContent, SystemNote, TextContent };

/** Messages in one page of history. */
export const HISTORY_PAGE = 50;
/** A device further behind than this many changed things starts over (R4). */
export const CHANGES_MAX = 500;
/** Messages that one act or question may name. */
export const MESSAGES_PER_REQUEST_MAX = 100;

const chatParams = z.object({ chatId: ChatId });

/** What a person writes; trimmed, never empty. */
export const MessageText = z.string().check(z.trim(), z.minLength(1), z.maxLength(MESSAGE_TEXT_MAX));

/** Ready, one's own, of this chat and in no message yet. */
export const AttachmentIds = z.array(AttachmentId).check(
  z.minLength(1),
  z.maxLength(ATTACHMENTS_PER_MESSAGE_MAX),
  z.refine((ids) => new Set(ids).size === ids.length, { error: 'names one twice' }),
);

/** Words, files, or both. */
const Draft = z
  .object({
    id: MessageId,
    text: z.string().check(z.trim(), z.maxLength(MESSAGE_TEXT_MAX)),
    attachmentIds: z.optional(AttachmentIds),
    replyTo: z.optional(Revision),
    /** The position of the message in whose thread it is to stand: in a group, itself in no thread. */
    thread: z.optional(Revision),
    isSilent: z.optional(z.literal(true)),
  })
  .check(z.refine(({ text, attachmentIds }) => text !== '' || attachmentIds !== undefined, { error: 'says nothing' }));

/** A stretch of history, oldest first, without threads, without holes from position `from` to its last message. */
const HistoryPage = z.object({
  from: Revision,
  messages: z.array(Message),
  hasOlder: z.boolean(),
  /** The reader's own marks of these messages. */
  marks: z.array(MessageMark),
});

/** A stretch in the middle of a history: complete from `from` up to and including `until`. */
export const Stretch = z.extend(HistoryPage, {
  until: Revision,
  hasNewer: z.boolean(),
});

export const messageRoutes = defineRoutes({
  postMessage: {
    summary:
      'Posts a text, files, or both. Answers once it is durable; the same id again answers the first message (R6, R9).',
    method: 'POST',
    path: '/chats/:chatId/messages',
    access: 'session',
    carriers: 'both',
    limits: ['send'],
    params: chatParams,
    body: Draft,
    reply: Message,
    errors: [
      'chat-not-found',
      'id-taken',
      'attachment-not-found',
      'attachment-not-ready',
      'message-not-found',
      'announcement-only',
      'not-reachable',
      'blocked-by-you',
      'slow-mode',
    ],
  },
  openChat: {
    summary: 'All that a device needs to show a chat, of one moment: summary, first members, cursors, newest page.',
    method: 'GET',
    path: '/chats/:chatId',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    reply: z.object({
      summary: ChatSummary,
      members: z.array(Member),
      hasMoreMembers: z.boolean(),
      /** Empty in groups over 100. */
      cursors: z.array(Cursor),
      history: HistoryPage,
      /** The person's revision that the marks of this history are complete up to. */
      marksRevision: Revision,
    }),
    errors: ['chat-not-found'],
  },
  listHistory: {
    summary: 'The page of messages before a position.',
    method: 'GET',
    path: '/chats/:chatId/messages',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ before: RevisionInUrl }),
    reply: HistoryPage,
    errors: ['chat-not-found'],
  },
  listAround: {
    summary: 'The messages around a position: where somebody jumps to.',
    method: 'GET',
    path: '/chats/:chatId/around',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ position: RevisionInUrl }),
    reply: Stretch,
    errors: ['chat-not-found'],
  },
  findPosition: {
    summary:
      'The position of the first message at or after a moment; of the newest when there is none, of no message null.',
    method: 'GET',
    path: '/chats/:chatId/position',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ at: Timestamp }),
    reply: z.object({ position: z.nullable(Revision) }),
    errors: ['chat-not-found'],
  },
  listNewer: {
    summary: 'The page of messages after a position.',
    method: 'GET',
    path: '/chats/:chatId/newer',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ after: RevisionInUrl }),
    reply: Stretch,
    errors: ['chat-not-found'],
  },
  listMessages: {
    summary: 'Single messages by their positions, such as those that others answer; what is not there is left out.',
    method: 'POST',
    path: '/chats/:chatId/messages/list',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    body: z.object({ positions: z.array(Revision).check(z.maxLength(MESSAGES_PER_REQUEST_MAX)) }),
    reply: z.object({ messages: z.array(Message) }),
    errors: ['chat-not-found'],
  },
  listChanges: {
    summary: 'All that changed in a chat after a revision, or `reset` when that is too much (R4).',
    method: 'GET',
    path: '/chats/:chatId/changes',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ since: RevisionInUrl, marksSince: z.optional(RevisionInUrl) }),
    reply: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('changes'),
        changes: ChatChanges,
        cursors: z.array(Cursor),
        /** The person's marks in this chat that changed after `marksSince`, complete up to `marksRevision`. */
        marks: z.array(MessageMark),
        marksRevision: Revision,
      }),
      z.object({ kind: z.literal('reset') }),
    ]),
    errors: ['chat-not-found'],
  },
  syncChats: {
    summary:
      "Brings a device's chat list level: it names the chats it knows with their revisions, and gets those that differ.",
    method: 'POST',
    path: '/sync',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    body: z.object({
      /** The person's revision the device is at; 0 for a new device. */
      since: Revision,
      known: z.array(z.object({ chatId: ChatId, revision: Revision })).check(z.maxLength(1_000)),
    }),
    reply: z.object({
      changes: PersonChanges,
      /** More chats differ than the 200 of one answer: ask again with these named. */
      hasMore: z.boolean(),
    }),
    errors: [],
  },
  markRead: {
    summary: 'Moves my read cursor forward, on all my devices.',
    method: 'POST',
    path: '/chats/:chatId/read',
    access: 'session',
    carriers: 'both',
    limits: ['markRead'],
    params: chatParams,
    body: z.object({ position: Revision }),
    reply: z.object({ readPosition: Revision, unreadCount: z.int() }),
    errors: ['chat-not-found'],
  },
  markDelivered: {
    summary: 'Tells how far this device has got each of these chats; chats the caller is not in are passed over.',
    method: 'POST',
    path: '/delivered',
    access: 'session',
    carriers: 'both',
    limits: ['markRead'],
    body: z.object({
      cursors: z.array(z.object({ chatId: ChatId, position: Revision })).check(z.minLength(1), z.maxLength(100)),
    }),
    reply: z.object({}),
    errors: [],
  },
});

export const messageEvents = defineEvents({
  cursorsMoved: {
    summary: 'How far people have read and got a chat; at most once a second, to those who have it on screen (R13).',
    payload: z.object({ chatId: ChatId, cursors: z.array(Cursor) }),
  },
  typed: {
    summary: 'Someone is writing; forget it after TYPING_SHOWN_MS (R7).',
    payload: z.object({ chatId: ChatId, userId: UserId }),
  },
});

/** How long "is writing" stays without a further sign. */
export const TYPING_SHOWN_MS = 5_000;
/** A client says so at most this often. */
export const TYPING_TOLD_MS = 3_000;

/** What a client may say that may be lost. */
export const messageSignals = defineEvents({
  watchChat: {
    summary: 'The chat on screen, or none: cursors and typing of it are told from now on.',
    payload: z.object({
      chatId: z.nullable(ChatId),
      /** Somebody looks at it (the page is visible and they are not away): for now nothing of it is pushed. */
      isSeen: z.optional(z.boolean()),
    }),
  },
  type: { summary: 'I am writing here.', payload: z.object({ chatId: ChatId }) },
});
