import type { CallWay } from '@dialog/shared/calls.values';
import type { Chat } from '@dialog/shared/chats';
import type { GroupPictureId } from '@dialog/shared/chats.values';
import type { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
import type { MessageLifetime } from '@dialog/shared/messages.values';
import { fromBytes } from '../platform/ids.ts';

/** A chat as it is stored: its title sealed, its heads at hand. */
export interface StoredChat {
  readonly id: ChatId;
  readonly kind: Chat['kind'];
  readonly title: Buffer | null;
  readonly revision: number;
  readonly ownRevision: number;
  readonly epoch: number;
  readonly lastPosition: number;
  readonly memberCount: number;
  readonly call: Chat['call'];
  /** Sealed. */
  readonly description: Buffer | null;
  readonly pictureId: GroupPictureId | null;
  readonly emojiRevision: number | null;
  readonly isAnnouncementOnly: boolean;
  readonly slowModeSeconds: number;
  readonly createdAt: Date;
  readonly messageLifetimeSeconds: MessageLifetime | null;
  /** Cleared for everyone up to here; 0: never. */
  readonly clearedPosition: number;
  /** Names the key that its title and description, and whatever is said from now on, are sealed with. */
  readonly keyNumber: number;
}

export type ChatColumns = {
  id: Buffer;
  kind: Chat['kind'];
  title: Buffer | null;
  revision: number;
  ownRevision: number;
  epoch: number;
  lastPosition: number;
  memberCount: number;
  callId: Buffer | null;
  callStartedBy: Buffer | null;
  callStartedAt: Date | null;
  callWay: CallWay;
  callIsSealed: number;
  description: Buffer | null;
  pictureId: Buffer | null;
  emojiRevision: number | null;
  isAnnouncementOnly: number;
  slowModeSeconds: number;
  createdAt: Date;
  messageLifetimeSeconds: MessageLifetime | null;
  clearedPosition: number;
  keyNumber: number;
};

export const CHAT_COLUMNS = `c.id, c.kind, c.title, c.revision, c.own_revision AS ownRevision, c.epoch,
  c.last_position AS lastPosition, c.member_count AS memberCount, c.call_id AS callId,
  c.call_started_by AS callStartedBy, c.call_started_at AS callStartedAt, c.call_way AS callWay, c.call_is_sealed AS callIsSealed, c.description, c.picture_id AS pictureId,
  c.emoji_revision AS emojiRevision, c.is_announcement_only AS isAnnouncementOnly,
  c.slow_mode_seconds AS slowModeSeconds, c.created_at AS createdAt,
  c.message_lifetime_seconds AS messageLifetimeSeconds, c.cleared_position AS clearedPosition,
  c.key_number AS keyNumber`;

export function toStoredChat(row: ChatColumns): StoredChat {
  const { id, pictureId, callId, callStartedBy, callStartedAt, callWay, callIsSealed, ...rest } = row;
  const call =
    callId && callStartedBy && callStartedAt
      ? {
          id: fromBytes<CallId>(callId),
          startedBy: fromBytes<UserId>(callStartedBy),
          startedAt: callStartedAt.toISOString(),
          way: callWay,
          ...(callIsSealed === 1 ? { isSealed: true as const } : {}),
        }
      : null;
  return {
    ...rest,
    id: fromBytes<ChatId>(id),
    pictureId: pictureId && fromBytes<GroupPictureId>(pictureId),
    call,
    isAnnouncementOnly: row.isAnnouncementOnly === 1,
  };
}
