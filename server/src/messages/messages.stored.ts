import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { PollTally, Replies } from '@dialog/shared/messages.values';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import { fromBytes } from '../platform/ids.ts';
import { openContent, type StoredKind } from './messages.content.ts';
import { openPreview, shownPreview } from './messages.previews.sealed.ts';
import { seenBy } from './messages.seen.ts';

/** A message as it is stored: its words sealed. */
export interface StoredMessage {
  readonly chatId: ChatId;
  readonly position: number;
  readonly id: MessageId;
  readonly senderId: UserId;
  readonly kind: StoredKind;
  readonly body: Buffer;
  readonly postedAt: Date;
  readonly revision: number;
  readonly replyTo: number | null;
  readonly editedAt: Date | null;
  /** JSON, as it travels; or what it is to each of two people (messages.seen.ts). */
  readonly reactions: string | null;
  readonly isPinned: boolean;
  /** Sealed. */
  readonly preview: Buffer | null;
  readonly expiresAt: Date | null;
  readonly isSilent: boolean;
  /** JSON, as it travels. */
  readonly poll: string | null;
  /** The position of the root, where it stands in a thread. */
  readonly thread: number | null;
  /** What is said in its own thread; JSON, as it travels. */
  readonly replies: string | null;
}

/** What a message has that is nothing special and that nobody has done anything to yet. */
export const UNTOUCHED = {
  editedAt: null,
  reactions: null,
  isPinned: false,
  preview: null,
  expiresAt: null,
  isSilent: false,
  poll: null,
} as const;

/** In no thread, and without one. */
export const UNTHREADED = { thread: null, replies: null } as const;

export type MessageColumns = {
  chatId: Buffer;
  position: number;
  id: Buffer;
  senderId: Buffer;
  kind: StoredKind;
  body: Buffer;
  postedAt: Date;
  revision: number;
  replyTo: number | null;
  editedAt: Date | null;
  reactions: string | null;
  isPinned: number;
  preview: Buffer | null;
  expiresAt: Date | null;
  isSilent: number;
  poll: string | null;
  thread: number | null;
  replies: string | null;
};

export const MESSAGE_COLUMNS = `x.chat_id AS chatId, x.position, x.id, x.sender_id AS senderId, x.kind, x.body,
  x.posted_at AS postedAt, x.revision, x.reply_to AS replyTo, x.edited_at AS editedAt, x.reactions,
  x.is_pinned AS isPinned, x.preview, x.expires_at AS expiresAt, x.is_silent AS isSilent, x.poll, x.thread, x.replies`;

/**
 * The index for a stretch of a conversation or of a thread. Left to themselves, both databases rather read all that was
 * posted in that time, whatever stands in threads.
 */
export const BY_THREAD = 'FORCE INDEX (messages_by_thread)';

export function toStoredMessage(row: MessageColumns): StoredMessage {
  return {
    ...row,
    chatId: fromBytes<ChatId>(row.chatId),
    id: fromBytes<MessageId>(row.id),
    senderId: fromBytes<UserId>(row.senderId),
    isPinned: row.isPinned === 1,
    isSilent: row.isSilent === 1,
  };
}

/** The message as it travels, to this person; to nobody in particular, as it is to whoever acted on it last. */
export function toMessage(stored: StoredMessage, key: SealingKey | undefined, viewer?: UserId): Message {
  const { id, chatId, senderId, postedAt, position, revision, replyTo, editedAt } = stored;
  const { reactions, isPinned, poll } = seenBy(stored, viewer);
  const { expiresAt, isSilent } = stored;
  const preview = shownPreview(openPreview(key, stored));
  return {
    id,
    chatId,
    senderId,
    content: openContent(key, stored),
    postedAt: postedAt.toISOString(),
    position,
    revision,
    ...(replyTo === null ? {} : { replyTo }),
    ...threadingOf(stored),
    ...(editedAt === null ? {} : { editedAt: editedAt.toISOString() }),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very code, and checked on its way out
    ...(reactions === null ? {} : { reactions: JSON.parse(reactions) as NonNullable<Message['reactions']> }),
    ...(isPinned ? { isPinned } : {}),
    ...(preview === undefined ? {} : { preview }),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    ...(poll === null ? {} : { poll: JSON.parse(poll) as PollTally }),
    ...(isSilent ? { isSilent } : {}),
    ...(expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() }),
  };
}

function threadingOf(stored: StoredMessage): Pick<Message, 'thread' | 'replies'> {
  const { thread } = stored;
  const replies = repliesOf(stored);
  return { ...(thread === null ? {} : { thread }), ...(replies === null ? {} : { replies }) };
}

/** What is said in the thread of a message. */
export function repliesOf({ replies }: Pick<StoredMessage, 'replies'>): Replies | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very code, and checked on its way out
  return replies === null ? null : (JSON.parse(replies) as Replies);
}
