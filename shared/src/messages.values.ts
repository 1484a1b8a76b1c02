import * as z from 'zod/mini';
import { CallId, ChatId, MessageId, Revision, Timestamp, UserId } from './contract/values.ts';

export const MESSAGE_TEXT_MAX = 4_000;

const Role = z.enum(['owner', 'admin', 'member']);

/** What the chat says of itself; each client puts it into words in its own language. */
export const SystemNote = z.discriminatedUnion('what', [
  z.object({ what: z.literal('groupCreated'), title: z.string() }),
  z.object({ what: z.literal('groupRenamed'), title: z.string() }),
  z.object({ what: z.literal('membersAdded'), userIds: z.array(UserId) }),
  z.object({ what: z.literal('memberRemoved'), userId: UserId }),
  z.object({ what: z.literal('memberLeft') }),
  z.object({ what: z.literal('roleChanged'), userId: UserId, role: Role }),
  z.object({ what: z.literal('callStarted'), callId: CallId }),
  z.object({ what: z.literal('callEnded'), callId: CallId, durationMs: z.int() }),
]);
export type SystemNote = z.infer<typeof SystemNote>;

export const MessageContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('system'), note: SystemNote }),
  /** What stands where this version of Dialog cannot read the stored row. */
  z.object({ kind: z.literal('unreadable') }),
]);
export type MessageContent = z.infer<typeof MessageContent>;

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
});
export type Message = z.infer<typeof Message>;
