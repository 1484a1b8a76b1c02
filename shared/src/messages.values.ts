import * as z from 'zod/mini';
import { Attachment } from './attachments.values.ts';
import { CallOutcome } from './calls.values.ts';
import { CallId, ChatId, MessageId, Reaction, Revision, Timestamp, UserId } from './contract/values.ts';
import { Preview } from './previews.values.ts';

export const MESSAGE_TEXT_MAX = 4_000;
/** Different emoji on one message. */
export const REACTIONS_MAX = 20;

/** How long messages may stand where they disappear: an hour, a day, a week, thirty days. */
export const MESSAGE_LIFETIMES = [3_600, 86_400, 604_800, 2_592_000] as const;
export const MessageLifetime = z.literal(MESSAGE_LIFETIMES);
export type MessageLifetime = z.infer<typeof MessageLifetime>;

const Role = z.enum(['owner', 'admin', 'member']);

/** What the chat says of itself; each client puts it into words in its own language. */
export const SystemNote = z.discriminatedUnion('what', [
  z.object({ what: z.literal('groupCreated'), title: z.string() }),
  z.object({ what: z.literal('groupRenamed'), title: z.string() }),
  z.object({ what: z.literal('descriptionChanged'), isEmpty: z.boolean() }),
  z.object({ what: z.literal('pictureChanged'), isRemoved: z.boolean() }),
  z.object({ what: z.literal('announcementOnlyChanged'), isOn: z.boolean() }),
  z.object({ what: z.literal('slowModeChanged'), seconds: z.int() }),
  z.object({ what: z.literal('membersAdded'), userIds: z.array(UserId) }),
  /** By a link. */
  z.object({ what: z.literal('memberJoined') }),
  z.object({ what: z.literal('memberRemoved'), userId: UserId }),
  z.object({ what: z.literal('memberBanned'), userId: UserId }),
  z.object({ what: z.literal('memberLeft') }),
  z.object({ what: z.literal('roleChanged'), userId: UserId, role: Role }),
  z.object({ what: z.literal('messagePinned'), position: Revision }),
  /** For everyone; nothing stands before it. */
  z.object({ what: z.literal('historyCleared') }),
  /** From now on; null: messages stay. */
  z.object({ what: z.literal('lifetimeChanged'), seconds: z.nullable(MessageLifetime) }),
  z.object({ what: z.literal('callStarted'), callId: CallId }),
  z.object({
    what: z.literal('callEnded'),
    callId: CallId,
    durationMs: z.int(),
    /** Absent in what older versions wrote: it had its end, and nobody kept which. */
    outcome: z.optional(CallOutcome),
    isVideo: z.optional(z.boolean()),
  }),
]);
export type SystemNote = z.infer<typeof SystemNote>;

export const TextContent = z.object({
  kind: z.literal('text'),
  text: z.string(),
  /** The display name of who wrote it first, where a message was passed on. */
  forwardedFrom: z.optional(z.string()),
  /** Then the text may be empty. */
  attachments: z.optional(z.array(Attachment)),
});
export type TextContent = z.infer<typeof TextContent>;

export const PollContent = z.object({
  kind: z.literal('poll'),
  question: z.string(),
  options: z.array(z.string()),
  isMultiple: z.boolean(),
  /** Nobody is told who voted for what. */
  isAnonymous: z.boolean(),
  closesAt: z.optional(Timestamp),
});
export type PollContent = z.infer<typeof PollContent>;

export const MessageContent = z.discriminatedUnion('kind', [
  TextContent,
  PollContent,
  z.object({ kind: z.literal('system'), note: SystemNote }),
  /** Taken back for everyone: the tombstone of a message (R2). */
  z.object({
    kind: z.literal('deleted'),
    /** Its time was over: nobody is shown that anything stood there. */
    reason: z.optional(z.literal('expired')),
  }),
  /** What stands where this version of Dialog cannot read the stored row. */
  z.object({ kind: z.literal('unreadable') }),
]);
export type MessageContent = z.infer<typeof MessageContent>;

/** How many reacted with one emoji; who is asked for, and which are mine says my `MessageMark`. */
export const ReactionCount = z.object({ emoji: Reaction, count: z.int() });
export type ReactionCount = z.infer<typeof ReactionCount>;

/** How a poll stands; which votes are mine says my `MessageMark`. */
export const PollTally = z.object({
  /** By the order of the options. */
  counts: z.array(z.int()),
  voters: z.int(),
  /** When somebody closed it, if not its own time did. */
  closedAt: z.optional(Timestamp),
});
export type PollTally = z.infer<typeof PollTally>;

/** What is said about a message in its thread. */
export const Replies = z.object({
  count: z.int(),
  /** Of the newest reply. */
  lastPosition: Revision,
  lastAt: Timestamp,
  /** Who wrote last, the last one first; three at most. */
  writers: z.array(UserId),
});
export type Replies = z.infer<typeof Replies>;

export const Message = z.object({
  /** Made by the sender, so a retry is the same message and not a second one (R6). */
  id: MessageId,
  chatId: ChatId,
  senderId: UserId,
  content: MessageContent,
  postedAt: Timestamp,
  /** The chat's revision when this was posted: its place in the conversation, for good. */
  position: Revision,
  /** The chat's revision when this last changed (R2). */
  revision: Revision,
  /** The position of the message that this one answers. */
  replyTo: z.optional(Revision),
  /** It stands in the thread of the message at this position, and not in the conversation itself. */
  thread: z.optional(Revision),
  /** Its own thread, once there is one. */
  replies: z.optional(Replies),
  editedAt: z.optional(Timestamp),
  /** In the order in which each emoji came first. */
  reactions: z.optional(z.array(ReactionCount)),
  isPinned: z.optional(z.literal(true)),
  /** Of the first address in it, once it is found. */
  preview: z.optional(Preview),
  /** Absent until somebody votes or closes it. */
  poll: z.optional(PollTally),
  /** Nobody's device makes a sound for it. */
  isSilent: z.optional(z.literal(true)),
  /** When it goes by itself; devices stop showing it then, whether or not they hear of it. */
  expiresAt: z.optional(Timestamp),
});
export type Message = z.infer<typeof Message>;

/** What one person alone has to do with a message; nobody else is told. */
export const MessageMark = z.object({
  chatId: ChatId,
  position: Revision,
  isStarred: z.boolean(),
  /** Deleted for this person. */
  isHidden: z.boolean(),
  reactions: z.array(Reaction),
  /** The options that this person voted for, by their index. */
  votes: z.optional(z.array(z.int())),
  /** Absent until the person takes part in its thread, or says whether they want to hear of it. */
  thread: z.optional(
    z.object({
      isFollowing: z.boolean(),
      /** Replies at or before this position are read. */
      readPosition: Revision,
    }),
  ),
  /** The person's revision when this last changed. */
  revision: Revision,
});
export type MessageMark = z.infer<typeof MessageMark>;
