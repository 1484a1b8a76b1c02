import type { Cursor } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { ReactionCount } from '@dialog/shared/messages.values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';
import { hidesReading } from './messages.receipts.ts';
import type { SealedContent } from './messages.content.ts';
import type { RemovedRange } from './messages.repository.ts';
import { MESSAGE_COLUMNS, toStoredMessage, type MessageColumns, type StoredMessage } from './messages.stored.ts';
import { IS_PASSED_OVER } from './messages.withheld.ts';

interface At {
  readonly chatId: ChatId;
  readonly position: number;
}

/** What a message said before an edit. */
export interface StoredVersion extends SealedContent {
  readonly revision: number;
  readonly writtenAt: Date;
}

export type MessageActsRepository = typeof messageActsRepository;

/** What is done to messages that stand. */
export const messageActsRepository = {
  async save(tx: Tx, message: StoredMessage): Promise<void> {
    const { chatId, position, kind, body, revision, replyTo, editedAt, reactions, isPinned } = message;
    const { preview, expiresAt, isSilent, poll } = message;
    await tx.run(
      `UPDATE messages SET kind = :kind, body = :body, revision = :revision, reply_to = :replyTo,
         edited_at = :editedAt, reactions = :reactions, is_pinned = :isPinned, preview = :preview, expires_at = :expiresAt,
         is_silent = :isSilent, poll = :poll
       WHERE chat_id = :chatId AND position = :position`,
      {
        chatId: toBytes(chatId),
        position,
        kind,
        body,
        revision,
        replyTo,
        editedAt,
        reactions,
        isPinned,
        preview,
        expiresAt,
        isSilent,
        poll,
      },
    );
  },

  async addVersion(tx: Tx, { chatId, position }: At, version: StoredVersion): Promise<void> {
    await tx.run(
      `INSERT INTO message_versions (chat_id, position, revision, kind, body, written_at)
       VALUES (:chatId, :position, :revision, :kind, :body, :writtenAt)`,
      { ...version, chatId: toBytes(chatId), position },
    );
  },

  /** Newest first. */
  async versionsOf(tx: Tx, { chatId, position }: At, limit: number): Promise<StoredVersion[]> {
    return tx.rows<StoredVersion & Record<string, unknown>>(
      `SELECT revision, kind, body, written_at AS writtenAt FROM message_versions
       WHERE chat_id = :chatId AND position = :position ORDER BY revision DESC LIMIT :limit`,
      { chatId: toBytes(chatId), position, limit },
    );
  },

  /** Whether that changed anything. */
  async addReaction(tx: Tx, { chatId, position }: At, by: { userId: UserId; emoji: string; at: Date }) {
    const { affected } = await tx.run(
      `INSERT IGNORE INTO reactions (chat_id, position, user_id, emoji, reacted_at)
       VALUES (:chatId, :position, :userId, :emoji, :at)`,
      { chatId: toBytes(chatId), position, userId: toBytes(by.userId), emoji: by.emoji, at: by.at },
    );
    return affected > 0;
  },

  /** Whether that changed anything. */
  async removeReaction(tx: Tx, { chatId, position }: At, by: { userId: UserId; emoji: string }) {
    const { affected } = await tx.run(
      `DELETE FROM reactions
       WHERE chat_id = :chatId AND position = :position AND user_id = :userId AND emoji = :emoji`,
      { chatId: toBytes(chatId), position, userId: toBytes(by.userId), emoji: by.emoji },
    );
    return affected > 0;
  },

  /** In the order in which each emoji came first. */
  async countReactions(tx: Tx, { chatId, position }: At): Promise<ReactionCount[]> {
    return tx.rows<ReactionCount>(
      `SELECT emoji, COUNT(*) AS count FROM reactions WHERE chat_id = :chatId AND position = :position
       GROUP BY emoji ORDER BY MIN(reacted_at), emoji`,
      { chatId: toBytes(chatId), position },
    );
  },

  /** In the order of their ids. */
  async peopleWhoReacted(
    tx: Tx,
    { chatId, position }: At,
    page: { emoji: string; after: UserId | null; limit: number },
  ): Promise<User[]> {
    const rows = await tx.rows<UserColumns>(
      `SELECT ${USER_COLUMNS} FROM reactions r JOIN users u ON u.id = r.user_id
       WHERE r.chat_id = :chatId AND r.position = :position AND r.emoji = :emoji AND r.user_id > :after
       ORDER BY r.user_id LIMIT :limit`,
      { chatId: toBytes(chatId), position, emoji: page.emoji, after: afterOf(page.after), limit: page.limit },
    );
    return rows.map(toUser);
  },

  /**
   * Present members but for one, in the order of their ids, with how far they are told to have got as to a message:
   * nowhere, where it was withheld from them.
   */
  async readersAfter(
    tx: Tx,
    { chatId, position }: At,
    { besides, after, limit }: { besides: UserId; after: UserId | null; limit: number },
  ): Promise<{ user: User; cursor: Cursor }[]> {
    const rows = await tx.rows<UserColumns & { readPosition: number; deliveredPosition: number }>(
      `SELECT ${USER_COLUMNS}, IF(${hidesReading(':besides')} OR ${IS_PASSED_OVER}, CAST(0 AS UNSIGNED), m.shown_read_position) AS readPosition,
         IF(${IS_PASSED_OVER}, CAST(0 AS UNSIGNED), m.shown_delivered_position) AS deliveredPosition
       FROM members m JOIN users u ON u.id = m.user_id
       WHERE m.chat_id = :chatId AND m.user_id > :after AND m.user_id <> :besides AND m.role IS NOT NULL
       ORDER BY m.user_id LIMIT :limit`,
      { chatId: toBytes(chatId), position, besides: toBytes(besides), after: afterOf(after), limit },
    );
    return rows.map(({ readPosition, deliveredPosition, ...person }) => {
      const user = toUser(person);
      return { user, cursor: { userId: user.id, readPosition, deliveredPosition } };
    });
  },

  async pin(tx: Tx, { chatId, position }: At, revision: number): Promise<void> {
    await tx.run(
      `INSERT INTO pins (chat_id, position, revision) VALUES (:chatId, :position, :revision)
       ON DUPLICATE KEY UPDATE revision = VALUES(revision)`,
      { chatId: toBytes(chatId), position, revision },
    );
  },

  async unpin(tx: Tx, { chatId, position }: At): Promise<void> {
    await tx.run('DELETE FROM pins WHERE chat_id = :chatId AND position = :position', {
      chatId: toBytes(chatId),
      position,
    });
  },

  async countPins(tx: Tx, chatId: ChatId): Promise<number> {
    const [row] = await tx.rows<{ pins: number }>('SELECT COUNT(*) AS pins FROM pins WHERE chat_id = :chatId', {
      chatId: toBytes(chatId),
    });
    return row?.pins ?? 0;
  },

  /** The last pinned first. */
  async pinned(tx: Tx, page: { chatId: ChatId; after: number; limit: number }): Promise<StoredMessage[]> {
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM pins p JOIN messages x ON x.chat_id = p.chat_id AND x.position = p.position
       WHERE p.chat_id = :chatId AND p.position > :after ORDER BY p.revision DESC LIMIT :limit`,
      { ...page, chatId: toBytes(page.chatId) },
    );
    return rows.map(toStoredMessage);
  },

  /** All that hangs on these messages and is everybody's. */
  async removeWhatHangsOn(tx: Tx, chatId: ChatId, positions: readonly number[]): Promise<void> {
    const values = { chatId: toBytes(chatId), positions };
    await tx.run('DELETE FROM message_versions WHERE chat_id = :chatId AND position IN (:positions)', values);
    await tx.run('DELETE FROM reactions WHERE chat_id = :chatId AND position IN (:positions)', values);
    await tx.run('DELETE FROM pins WHERE chat_id = :chatId AND position IN (:positions)', values);
    await tx.run('DELETE FROM poll_votes WHERE chat_id = :chatId AND position IN (:positions)', values);
  },

  /** Some of what hangs on the messages of a chat up to a position; 0 when nothing is left. */
  async removeSomeOf(tx: Tx, { chatId, until, limit }: RemovedRange): Promise<number> {
    const values = { chatId: toBytes(chatId), until, limit };
    let removed = 0;
    for (const table of HANGING) {
      const sql = `DELETE FROM ${table} WHERE chat_id = :chatId AND position <= :until LIMIT :limit`;
      // oxlint-disable-next-line no-await-in-loop -- one connection
      removed += (await tx.run(sql, values)).affected;
    }
    return removed;
  },
};

/** Where something belongs to a message. */
const HANGING = [
  'message_versions',
  'reactions',
  'pins',
  'message_marks',
  'mentions',
  'poll_votes',
  'expiring_messages',
] as const;

function afterOf(userId: UserId | null): Buffer {
  return userId ? toBytes(userId) : Buffer.alloc(0);
}
