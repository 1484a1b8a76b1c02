import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Replies } from '@dialog/shared/messages.values';
import type { Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { MarkOwner } from './messages.marks.repository.ts';
import {
  MESSAGE_COLUMNS,
  repliesOf,
  toStoredMessage,
  type MessageColumns,
  type StoredMessage,
} from './messages.stored.ts';
import { WRITERS_SHOWN } from './messages.threads.batch.ts';

interface Place {
  readonly chatId: ChatId;
  readonly thread?: number;
}

interface RootPage {
  readonly chatId: ChatId;
  /** Of the last reply. */
  readonly before: number;
  /** Of the root: what is at or before it was cleared. */
  readonly after: number;
  readonly limit: number;
}

export type ThreadRepository = typeof threadRepository;

const SAVE_REPLIES = `UPDATE messages SET replies = :replies, last_reply = :lastReply, revision = :revision
  WHERE chat_id = :chatId AND position = :position`;

export const threadRepository = {
  /** What stands where these say that their threads begin, in groups. No thread, no query. */
  async rootsOf(tx: Tx, places: readonly Place[]): Promise<StoredMessage[]> {
    const keys = new Map(
      places.flatMap(({ chatId, thread }) =>
        thread === undefined ? [] : [[`${chatId} ${thread}`, [toBytes(chatId), thread]] as const],
      ),
    );
    if (keys.size === 0) return [];
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages x JOIN chats c ON c.id = x.chat_id AND c.kind = 'group' AND x.position > c.cleared_position
       WHERE (x.chat_id, x.position) IN (:keys)`,
      { keys: [...keys.values()] },
    );
    return rows.map(toStoredMessage);
  },

  /** With the COMMIT; the chat's row is held. */
  saveRepliesAtCommit(tx: WriteTx, root: StoredMessage): void {
    tx.atCommit(SAVE_REPLIES, savedOf(root));
  },

  async saveReplies(tx: Tx, root: StoredMessage): Promise<void> {
    await tx.run(SAVE_REPLIES, savedOf(root));
  },

  /** What is said in a thread, from the replies that stand; null when none does. */
  async countReplies(tx: Tx, chatId: ChatId, root: number): Promise<Replies | null> {
    const rows = await tx.rows<{ senderId: Buffer; count: number; lastPosition: number; lastAt: Date }>(
      `SELECT sender_id AS senderId, COUNT(*) AS count, MAX(position) AS lastPosition, MAX(posted_at) AS lastAt
       FROM messages WHERE chat_id = :chatId AND thread = :root AND kind <> 'deleted'
       GROUP BY sender_id ORDER BY lastPosition DESC`,
      { chatId: toBytes(chatId), root },
    );
    const [last] = rows;
    if (!last) return null;
    return {
      count: rows.reduce((sum, { count }) => sum + count, 0),
      lastPosition: last.lastPosition,
      lastAt: last.lastAt.toISOString(),
      writers: rows.slice(0, WRITERS_SHOWN).map(({ senderId }) => fromBytes<UserId>(senderId)),
    };
  },

  /** Messages with a thread, the one answered last first. */
  async roots(tx: Tx, page: RootPage): Promise<StoredMessage[]> {
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages x
       WHERE x.chat_id = :chatId AND x.last_reply < :before AND x.position > :after ORDER BY x.last_reply DESC LIMIT :limit`,
      { ...page, chatId: toBytes(page.chatId) },
    );
    return rows.map(toStoredMessage);
  },

  /** As `roots`, those that this person follows. */
  async followed(tx: Tx, page: RootPage & { readonly userId: UserId }): Promise<StoredMessage[]> {
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM message_marks k
         JOIN messages x ON x.chat_id = k.chat_id AND x.position = k.position
       WHERE k.user_id = :userId AND k.chat_id = :chatId AND k.follows_thread = TRUE AND x.last_reply < :before
         AND x.position > :after
       ORDER BY x.last_reply DESC LIMIT :limit`,
      { ...page, userId: toBytes(page.userId), chatId: toBytes(page.chatId) },
    );
    return rows.map(toStoredMessage);
  },

  /** What one person has to do with a thread; the rest of their mark of the root stays as it is. */
  async putMark(
    tx: Tx,
    { userId, chatId, revision }: MarkOwner,
    mark: { root: number; isFollowing: boolean; readPosition: number },
  ): Promise<void> {
    await tx.run(
      `INSERT INTO message_marks (user_id, chat_id, position, follows_thread, thread_read_position, revision)
       VALUES (:userId, :chatId, :root, :isFollowing, :readPosition, :revision)
       ON DUPLICATE KEY UPDATE follows_thread = VALUES(follows_thread), revision = VALUES(revision),
         thread_read_position = GREATEST(thread_read_position, VALUES(thread_read_position))`,
      { ...mark, userId: toBytes(userId), chatId: toBytes(chatId), revision },
    );
  },

  /** Where they were called in this thread so far; whether there was anything to forget. */
  async forgetMentions(
    tx: Tx,
    { userId, chatId, root, until }: { userId: UserId; chatId: ChatId; root: number; until: number },
  ): Promise<boolean> {
    const { affected } = await tx.run(
      `DELETE FROM mentions
       WHERE chat_id = :chatId AND user_id = :userId AND thread = :root AND position <= :until`,
      { chatId: toBytes(chatId), userId: toBytes(userId), root, until },
    );
    return affected > 0;
  },
};

function savedOf(root: StoredMessage) {
  const { chatId, position, replies, revision } = root;
  return {
    chatId: toBytes(chatId),
    position,
    replies,
    lastReply: repliesOf(root)?.lastPosition ?? null,
    revision,
  };
}
