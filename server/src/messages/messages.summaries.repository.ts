import type { Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { StoredPlace } from '../chats/chats.arranging.ts';
import type { StoredChat } from '../chats/chats.change.ts';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { IS_EXPIRED, SAID_BY_PEOPLE } from './messages.content.ts';
import {
  BY_THREAD,
  MESSAGE_COLUMNS,
  toStoredMessage,
  type MessageColumns,
  type StoredMessage,
} from './messages.stored.ts';
import { toSummary, type SummaryColumns } from './messages.summaries.rows.ts';

/** Unread counts stop here: nobody reads the difference, and a count reads as many rows. */
const UNREAD_COUNTED_MAX = 1_000;

/** A chat in which everything has expired long ago must not be read to its beginning for one line of a list. */
const LOOKED_BACK_MAX = 2_000;

/** A chat in one person's list, as it is stored. */
export interface StoredSummary {
  readonly memberId: UserId;
  readonly role: Role;
  readonly readPosition: number;
  readonly chat: StoredChat;
  readonly peer: User | null;
  readonly lastMessage: StoredMessage | null;
  /** The last message is deleted for this person, or has expired: what stands before it is to be shown. */
  readonly isLastHidden: boolean;
  readonly place: StoredPlace;
  /** `BARS` */
  readonly bars: number;
  readonly blocksSomebody: boolean;
}

/** What to count: other people's texts in one chat after one person's read cursor, up to the summary's moment. */
interface UnreadQuestion {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly after: number;
  readonly until: number;
  /** Without what is deleted for them. */
  readonly skipsHidden: boolean;
  /** Without what those said whom they have blocked. */
  readonly skipsBlocked: boolean;
}

export type SummaryRepository = typeof summaryRepository;

export const summaryRepository = {
  /** Chats that left this person's list after a revision. */
  async goneSince(tx: Tx, userId: UserId, since: number): Promise<ChatId[]> {
    const rows = await tx.rows<{ chatId: Buffer }>(
      'SELECT chat_id AS chatId FROM members WHERE user_id = :userId AND person_revision > :since AND role IS NULL',
      { userId: toBytes(userId), since },
    );
    return rows.map((row) => fromBytes<ChatId>(row.chatId));
  },

  /** These chats as they stand in this person's list; those they are not in are left out. */
  async ofPerson(tx: Tx, userId: UserId, chatIds: readonly ChatId[]): Promise<StoredSummary[]> {
    if (chatIds.length === 0) return [];
    const rows = await tx.rows<SummaryColumns>(
      `${SELECT_SUMMARIES} AND m.user_id = :userId AND m.chat_id IN (:chatIds)`,
      {
        userId: toBytes(userId),
        chatIds: chatIds.map(toBytes),
      },
    );
    return rows.map(toSummary);
  },

  /** This chat as it stands in these people's lists. */
  async ofChat(tx: Tx, chatId: ChatId, userIds: readonly UserId[]): Promise<StoredSummary[]> {
    if (userIds.length === 0) return [];
    const rows = await tx.rows<SummaryColumns>(
      `${SELECT_SUMMARIES} AND m.chat_id = :chatId AND m.user_id IN (:userIds)`,
      {
        chatId: toBytes(chatId),
        userIds: userIds.map(toBytes),
      },
    );
    return rows.map(toSummary);
  },

  /**
   * The newest message of each of these chats that this person is shown, if it is among the last of the chat; by the
   * order of the questions.
   */
  async lastVisible(
    tx: Tx,
    places: readonly { chatId: ChatId; userId: UserId; after: number; until: number }[],
  ): Promise<(StoredMessage | undefined)[]> {
    if (places.length === 0) return [];
    const values: Record<string, SqlValue> = {};
    const parts = places.map(({ chatId, userId, after, until }, part) => {
      values[`from${part}`] = Math.max(after, until - LOOKED_BACK_MAX);
      values[`chat${part}`] = toBytes(chatId);
      values[`user${part}`] = toBytes(userId);
      return `(SELECT ${part} AS part, ${MESSAGE_COLUMNS} FROM messages x ${BY_THREAD}
        LEFT JOIN message_marks hidden ON hidden.user_id = :user${part} AND hidden.chat_id = x.chat_id
          AND hidden.position = x.position AND hidden.is_hidden
        WHERE x.chat_id = :chat${part} AND x.position > :from${part} AND x.thread IS NULL AND hidden.position IS NULL AND NOT ${IS_EXPIRED}
        ORDER BY x.position DESC LIMIT 1)`;
    });
    const rows = await tx.rows<MessageColumns & { part: number }>(parts.join(' UNION ALL '), values);
    const found = new Map(rows.map(({ part, ...row }) => [part, toStoredMessage(row)]));
    return places.map((_, part) => found.get(part));
  },

  /**
   * Answers by the order of the questions. With the cursors written in as constants each count is a range scan on
   * one key; correlated, both databases would read the whole chat.
   */
  async countUnread(tx: Tx, questions: readonly UnreadQuestion[]): Promise<number[]> {
    const counts = questions.map(() => 0);
    const asked = questions.flatMap((question, at) => (question.until > question.after ? [{ ...question, at }] : []));
    if (asked.length === 0) return counts;
    const values: Record<string, SqlValue> = {};
    const parts = asked.map(({ chatId, userId, after, until, ...skips }, part) => {
      values[`chat${part}`] = toBytes(chatId);
      values[`user${part}`] = toBytes(userId);
      values[`after${part}`] = after;
      values[`until${part}`] = until;
      return `SELECT ${part} AS part, COUNT(*) AS unread FROM (SELECT 1 FROM messages x ${BY_THREAD} WHERE chat_id = :chat${part}
        AND thread IS NULL AND position > :after${part} AND position <= :until${part} AND kind IN ${SAID_BY_PEOPLE}
        AND sender_id <> :user${part} ${skips.skipsHidden ? notHidden(part) : ''} ${skips.skipsBlocked ? notBlocked(part) : ''} LIMIT ${UNREAD_COUNTED_MAX}) unread${part}`;
    });
    for (const { part, unread } of await tx.rows<{ part: number; unread: number }>(parts.join(' UNION ALL '), values)) {
      const question = asked[part];
      if (question) counts[question.at] = unread;
    }
    return counts;
  },
};

function notHidden(part: number): string {
  return `AND NOT EXISTS (SELECT 1 FROM message_marks k WHERE k.user_id = :user${part} AND k.chat_id = x.chat_id
    AND k.position = x.position AND k.is_hidden)`;
}

function notBlocked(part: number): string {
  return `AND NOT EXISTS (SELECT 1 FROM relations b WHERE b.user_id = :user${part} AND b.other_id = x.sender_id AND b.is_blocked)`;
}

/** By an index of its own: one look for each row, and whoever blocks nobody pays for nothing else. */
const BLOCKS_SOMEBODY = 'EXISTS (SELECT 1 FROM relations b WHERE b.user_id = m.user_id AND b.is_blocked = TRUE)';

const SELECT_SUMMARIES = `SELECT m.user_id AS memberId, m.role, m.bars, m.read_position AS readPosition,
  ${BLOCKS_SOMEBODY} AS blocksSomebody,
  c.id, c.kind, c.title, c.revision, c.own_revision AS ownRevision, c.epoch, c.last_position AS lastPosition,
  c.member_count AS memberCount, c.call_id AS callId, c.call_started_by AS callStartedBy,
  c.call_started_at AS callStartedAt, c.call_way AS callWay, c.call_is_sealed AS callIsSealed, c.description, c.picture_id AS pictureId, c.emoji_revision AS emojiRevision,
  c.is_announcement_only AS isAnnouncementOnly,
  c.slow_mode_seconds AS slowModeSeconds, c.created_at AS createdAt,
  c.message_lifetime_seconds AS messageLifetimeSeconds, c.cleared_position AS clearedPosition,
  c.key_number AS keyNumber, m.cleared_position AS ownClearedPosition,
  p.id AS peerId, p.user_name AS peerUserName, p.display_name AS peerDisplayName,
  p.avatar_id AS peerAvatarId, p.profile_revision AS peerProfileRevision,
  x.id AS messageId, x.position, x.sender_id AS senderId, x.kind AS messageKind, x.body, x.posted_at AS postedAt,
  x.revision AS messageRevision, x.reply_to AS replyTo, x.edited_at AS editedAt, x.reactions, x.is_pinned AS isPinned,
  x.preview, x.expires_at AS expiresAt, x.is_silent AS isSilent, x.poll, x.replies,
  hidden.is_hidden AS isLastHidden, m.person_revision AS personRevision,
  l.pin_order AS pinOrder, l.archived_at AS archivedAt, l.muted_until AS mutedUntil, l.notification_level AS level,
  l.is_marked_unread AS isMarkedUnread, l.draft, l.drafted_at AS draftedAt
  FROM members m JOIN chats c ON c.id = m.chat_id
    LEFT JOIN users p ON c.kind = 'direct' AND p.id = IF(SUBSTRING(c.direct_key, 1, 16) = m.user_id,
      SUBSTRING(c.direct_key, 17, 16), SUBSTRING(c.direct_key, 1, 16))
    LEFT JOIN messages x ON x.chat_id = c.id AND x.position = c.last_position
      AND x.position > GREATEST(m.cleared_position, c.cleared_position)
    LEFT JOIN message_marks hidden ON hidden.user_id = m.user_id AND hidden.chat_id = c.id
      AND hidden.position = c.last_position
    LEFT JOIN places l ON l.user_id = m.user_id AND l.chat_id = m.chat_id
  WHERE m.role IS NOT NULL`;
