import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { SAID_BY_PEOPLE } from './messages.content.ts';
import {
  BY_THREAD,
  MESSAGE_COLUMNS,
  toStoredMessage,
  type MessageColumns,
  type StoredMessage,
} from './messages.stored.ts';

/** What changed in a chat after one revision and no later than another. */
export interface ChangedRange {
  readonly chatId: ChatId;
  readonly since: number;
  readonly until: number;
}

export interface MessagePlace {
  readonly chatId: ChatId;
  readonly position: number;
}

interface OwnReaction extends MessagePlace {
  readonly userId: UserId;
  readonly emoji: string;
}

/** The end of a conversation, or of a thread of it, after one position and up to another. */
export interface Tail {
  readonly chatId: ChatId;
  readonly thread: number | null;
  readonly after: number;
  readonly until: number;
}

export type ReadingRepository = typeof readingRepository;

/** Messages of many chats at once, for who reads them on behalf of others. */
export const readingRepository = {
  /** Of each chat those that changed first, at most `limit`; none that was cleared for everyone. */
  async changedIn(tx: Tx, ranges: readonly ChangedRange[], limit: number): Promise<StoredMessage[]> {
    if (ranges.length === 0) return [];
    const values: Record<string, SqlValue> = { limit };
    const parts = ranges.map(({ chatId, since, until }, at) => {
      values[`chat${at}`] = toBytes(chatId);
      values[`since${at}`] = since;
      values[`until${at}`] = until;
      return `(SELECT ${MESSAGE_COLUMNS} FROM messages x WHERE x.chat_id = :chat${at} AND x.revision > :since${at}
        AND x.revision <= :until${at} AND x.position > (SELECT cleared_position FROM chats WHERE id = :chat${at})
        ORDER BY x.revision LIMIT :limit)`;
    });
    return (await tx.rows<MessageColumns>(parts.join(' UNION ALL '), values)).map(toStoredMessage);
  },

  /** Of each place the newest things that people said, at most `limit`; none that was cleared for everyone. */
  async newestIn(tx: Tx, tails: readonly Tail[], limit: number): Promise<StoredMessage[]> {
    if (tails.length === 0) return [];
    const values: Record<string, SqlValue> = { limit };
    const parts = tails.map(({ chatId, thread, after, until }, at) => {
      values[`chat${at}`] = toBytes(chatId);
      values[`thread${at}`] = thread;
      values[`after${at}`] = after;
      values[`until${at}`] = until;
      return `(SELECT ${MESSAGE_COLUMNS} FROM messages x ${BY_THREAD} WHERE x.chat_id = :chat${at} AND x.thread <=> :thread${at}
        AND x.position > :after${at} AND x.position <= :until${at} AND x.kind IN ${SAID_BY_PEOPLE}
        AND x.position > (SELECT cleared_position FROM chats WHERE id = :chat${at})
        ORDER BY x.position DESC LIMIT :limit)`;
    });
    return (await tx.rows<MessageColumns>(parts.join(' UNION ALL '), values)).map(toStoredMessage);
  },

  /** Who wrote what stands there. */
  async sendersAt(tx: Tx, places: readonly MessagePlace[]): Promise<(MessagePlace & { readonly senderId: UserId })[]> {
    if (places.length === 0) return [];
    const values: Record<string, SqlValue> = {};
    const parts = places.map(({ chatId, position }, at) => {
      values[`chat${at}`] = toBytes(chatId);
      values[`position${at}`] = position;
      return `(x.chat_id = :chat${at} AND x.position = :position${at})`;
    });
    const rows = await tx.rows<{ chatId: Buffer; position: number; senderId: Buffer }>(
      `SELECT x.chat_id AS chatId, x.position, x.sender_id AS senderId FROM messages x WHERE ${parts.join(' OR ')}`,
      values,
    );
    return rows.map(({ chatId, position, senderId }) => ({
      chatId: fromBytes<ChatId>(chatId),
      position,
      senderId: fromBytes<UserId>(senderId),
    }));
  },

  /** Whether this person's reaction stands there at this moment. */
  async hasReacted(tx: Tx, { chatId, position, userId, emoji }: OwnReaction): Promise<boolean> {
    const rows = await tx.rows(
      'SELECT 1 FROM reactions WHERE chat_id = :chatId AND position = :position AND user_id = :userId AND emoji = :emoji',
      { chatId: toBytes(chatId), position, userId: toBytes(userId), emoji },
    );
    return rows.length > 0;
  },

  /**
   * Those of these messages that this person may see at this moment: in their chats, neither deleted for them nor cleared.
   * The way to them is plain; to weigh the others takes the database longer than to go it.
   */
  async visibleTo(tx: Tx, userId: UserId, places: readonly MessagePlace[]): Promise<StoredMessage[]> {
    if (places.length === 0) return [];
    const values: Record<string, SqlValue> = { userId: toBytes(userId) };
    const parts = places.map(({ chatId, position }, at) => {
      values[`chat${at}`] = toBytes(chatId);
      values[`position${at}`] = position;
      return `(x.chat_id = :chat${at} AND x.position = :position${at})`;
    });
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages x FORCE INDEX (PRIMARY)
         STRAIGHT_JOIN members m ON m.chat_id = x.chat_id AND m.user_id = :userId AND m.role IS NOT NULL
         STRAIGHT_JOIN chats c ON c.id = x.chat_id
         LEFT JOIN message_marks k ON k.user_id = :userId AND k.chat_id = x.chat_id AND k.position = x.position
       WHERE (${parts.join(' OR ')}) AND k.is_hidden IS NOT TRUE
         AND x.position > GREATEST(m.cleared_position, c.cleared_position)`,
      values,
    );
    return rows.map(toStoredMessage);
  },
};
