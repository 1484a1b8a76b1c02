import * as z from 'zod/mini';
import { ChatId, FolderId, lineOfText, Revision, Timestamp } from './contract/values.ts';
import { MESSAGE_TEXT_MAX } from './messages.values.ts';

export const GroupPictureId = z.uuid().brand<'GroupPictureId'>();
export type GroupPictureId = z.infer<typeof GroupPictureId>;

export const FOLDER_NAME_MAX = 40;
export const FOLDERS_MAX = 20;
export const CHATS_PER_FOLDER_MAX = 200;
export const PINNED_MAX = 50;
/** More than a message takes, so that what is too long to be sent is not lost on the way to another device. */
export const DRAFT_TEXT_MAX = 2 * MESSAGE_TEXT_MAX;
/** Muted until this moment is muted for good. */
export const MUTED_FOR_GOOD = '9999-12-31T23:59:59.000Z';

/** What of a chat a person wants to be told of; for those who tell, the list does not depend on it. */
export const NotificationLevel = z.enum(['all', 'mentions', 'nothing']);
export type NotificationLevel = z.infer<typeof NotificationLevel>;

/** What was begun and not sent. */
export const Draft = z.object({
  text: z.string(),
  /** When it was written, by the server's clock: of two devices the later words stand. */
  writtenAt: Timestamp,
});
export type Draft = z.infer<typeof Draft>;

/** How one person keeps a chat in their list. Nobody else learns of it. */
export const ChatPlace = z.object({
  /** The person's revision when their part of this chat last changed (R2). */
  revision: Revision,
  /** Where it stands among the pinned ones, the smallest first; null when it is not pinned. */
  pinOrder: z.nullable(z.int()),
  /** Archived up to this position: a later message brings the chat back, unless it is muted. */
  archivedAt: z.nullable(Revision),
  mutedUntil: z.nullable(Timestamp),
  /** Null: as the person's settings say for chats of its kind. */
  level: z.nullable(NotificationLevel),
  isMarkedUnread: z.boolean(),
  draft: z.nullable(Draft),
  /** What this person has cleared for themselves: to them nothing stands at or before this position. */
  clearedPosition: z.optional(Revision),
});
export type ChatPlace = z.infer<typeof ChatPlace>;

export const FolderName = lineOfText(FOLDER_NAME_MAX);

/** A person's own choice of chats, in the order of their ids. A chat may be in several. */
export const Folder = z.object({ id: FolderId, name: z.string(), chatIds: z.array(ChatId) });
export type Folder = z.infer<typeof Folder>;
