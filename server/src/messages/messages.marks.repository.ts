import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { MessageMark } from '@dialog/shared/messages';
import type { OwnMark } from '../chats/chats.change.ts';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { MESSAGE_COLUMNS, toStoredMessage, type MessageColumns, type StoredMessage } from './messages.stored.ts';

export interface MarkOwner {
  readonly userId: UserId;
  readonly chatId: ChatId;
  /** The person's revision. */
  readonly revision: number;
}

type MarkColumns = {
  chatId: Buffer;
  position: number;
  starredRevision: number | null;
  isHidden: number;
  reactions: string;
  votes: string | null;
  followsThread: number | null;
  threadReadPosition: number;
  revision: number;
};

const MARK_COLUMNS = `k.chat_id AS chatId, k.position, k.starred_revision AS starredRevision, k.is_hidden AS isHidden,
  k.reactions, k.votes, k.follows_thread AS followsThread, k.thread_read_position AS threadReadPosition, k.revision`;

export type MarkRepository = typeof markRepository;

/** What one person alone has to do with messages. */
export const markRepository = {
  async put(tx: Tx, owner: MarkOwner, marks: readonly OwnMark[]): Promise<void> {
    const [user, chat] = [toBytes(owner.userId), toBytes(owner.chatId)];
    await tx.run(
      `INSERT INTO message_marks (user_id, chat_id, position, starred_revision, is_hidden, reactions, votes, revision)
       VALUES :rows
       ON DUPLICATE KEY UPDATE
         starred_revision = IF(VALUES(starred_revision) IS NULL, NULL, COALESCE(starred_revision, VALUES(starred_revision))),
         is_hidden = VALUES(is_hidden), reactions = VALUES(reactions), votes = VALUES(votes), revision = VALUES(revision)`,
      {
        rows: marks.map(({ position, isStarred, isHidden, reactions, votes }) => [
          user,
          chat,
          position,
          isStarred ? owner.revision : null,
          isHidden,
          JSON.stringify(reactions),
          votes ? JSON.stringify(votes) : null,
          owner.revision,
        ]),
      },
    );
  },

  /** Of one person in one chat, from one position up to and including another. */
  async between(
    tx: Tx,
    range: { userId: UserId; chatId: ChatId; from: number; until: number },
  ): Promise<MessageMark[]> {
    const rows = await tx.rows<MarkColumns>(
      `SELECT ${MARK_COLUMNS} FROM message_marks k
       WHERE k.user_id = :userId AND k.chat_id = :chatId AND k.position BETWEEN :from AND :until`,
      { ...range, userId: toBytes(range.userId), chatId: toBytes(range.chatId) },
    );
    return rows.map(toMark);
  },

  async at(
    tx: Tx,
    { userId, chatId }: Omit<MarkOwner, 'revision'>,
    positions: readonly number[],
  ): Promise<MessageMark[]> {
    if (positions.length === 0) return [];
    const rows = await tx.rows<MarkColumns>(
      `SELECT ${MARK_COLUMNS} FROM message_marks k
       WHERE k.user_id = :userId AND k.chat_id = :chatId AND k.position IN (:positions)`,
      { userId: toBytes(userId), chatId: toBytes(chatId), positions },
    );
    return rows.map(toMark);
  },

  /** Of one person, changed after their revision `since`, in the order of changing; of one chat or of all. */
  async changed(
    tx: Tx,
    { userId, since, chatId, limit }: { userId: UserId; since: number; chatId?: ChatId; limit: number },
  ): Promise<MessageMark[]> {
    const rows = await tx.rows<MarkColumns>(
      `SELECT ${MARK_COLUMNS} FROM message_marks k WHERE k.user_id = :userId AND k.revision > :since
       ${chatId ? 'AND k.chat_id = :chatId' : ''} ORDER BY k.revision LIMIT :limit`,
      { userId: toBytes(userId), since, chatId: chatId ? toBytes(chatId) : null, limit },
    );
    return rows.map(toMark);
  },

  /** Starred messages of chats that the person is in, the last starred first, with what `before` takes on. */
  async starred(
    tx: Tx,
    { userId, before, limit }: { userId: UserId; before: number | null; limit: number },
  ): Promise<{ message: StoredMessage; starredRevision: number }[]> {
    const rows = await tx.rows<MessageColumns & { starredRevision: number }>(
      `SELECT ${MESSAGE_COLUMNS}, k.starred_revision AS starredRevision
       FROM message_marks k
         JOIN members m ON m.chat_id = k.chat_id AND m.user_id = k.user_id AND m.role IS NOT NULL
         JOIN chats c ON c.id = k.chat_id
         JOIN messages x ON x.chat_id = k.chat_id AND x.position = k.position AND x.kind <> 'deleted'
       WHERE k.user_id = :userId AND k.starred_revision IS NOT NULL AND NOT k.is_hidden
         AND k.position > GREATEST(m.cleared_position, c.cleared_position)
         ${before === null ? '' : 'AND k.starred_revision < :before'}
       ORDER BY k.starred_revision DESC LIMIT :limit`,
      { userId: toBytes(userId), before, limit },
    );
    return rows.map(({ starredRevision, ...row }) => ({ message: toStoredMessage(row), starredRevision }));
  },

  /**
   * The message is gone for everyone: what is left of its marks is who had deleted it for themselves, and who follows its
   * thread, which stays.
   */
  async removeOf(tx: Tx, chatId: ChatId, positions: readonly number[]): Promise<void> {
    const values = { chatId: toBytes(chatId), positions };
    await tx.run(
      `DELETE FROM message_marks WHERE chat_id = :chatId AND position IN (:positions)
         AND NOT is_hidden AND follows_thread IS NULL`,
      values,
    );
    await tx.run(
      `UPDATE message_marks SET starred_revision = NULL, reactions = '[]', votes = NULL
       WHERE chat_id = :chatId AND position IN (:positions)`,
      values,
    );
  },

  /** Whoever has left begins anew should they come back. */
  async removeOwn(tx: Tx, { userId, chatId }: Omit<MarkOwner, 'revision'>): Promise<void> {
    await tx.run('DELETE FROM message_marks WHERE user_id = :userId AND chat_id = :chatId', {
      userId: toBytes(userId),
      chatId: toBytes(chatId),
    });
  },

  /** Some of one person's marks in one chat up to a position; 0 when none is left. */
  async removeSomeOf(tx: Tx, range: { userId: UserId; chatId: ChatId; until: number; limit: number }): Promise<number> {
    const { affected } = await tx.run(
      `DELETE FROM message_marks WHERE user_id = :userId AND chat_id = :chatId AND position <= :until
       ORDER BY position LIMIT :limit`,
      { ...range, userId: toBytes(range.userId), chatId: toBytes(range.chatId) },
    );
    return affected;
  },

  /** The person's next revision; holds their row, before any member's, as everywhere. */
  async raisePerson(tx: Tx, userId: UserId): Promise<number> {
    const values = { userId: toBytes(userId) };
    await tx.run('UPDATE users SET revision = revision + 1 WHERE id = :userId', values);
    const [row] = await tx.rows<{ revision: number }>('SELECT revision FROM users WHERE id = :userId', values);
    return row?.revision ?? 0;
  },

  async personRevision(tx: Tx, userId: UserId): Promise<number> {
    const [row] = await tx.rows<{ revision: number }>('SELECT revision FROM users WHERE id = :userId', {
      userId: toBytes(userId),
    });
    return row?.revision ?? 0;
  },

  /** The chat stands otherwise in this person's list as of their revision. */
  async touchPlace(tx: Tx, { userId, chatId, revision }: MarkOwner): Promise<void> {
    await tx.run('UPDATE members SET person_revision = :revision WHERE chat_id = :chatId AND user_id = :userId', {
      userId: toBytes(userId),
      chatId: toBytes(chatId),
      revision,
    });
  },
};

function toMark(row: MarkColumns): MessageMark {
  const { chatId, position, starredRevision, isHidden, reactions, votes, revision } = row;
  const { followsThread, threadReadPosition } = row;
  return {
    chatId: fromBytes<ChatId>(chatId),
    position,
    isStarred: starredRevision !== null,
    isHidden: isHidden === 1,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very code, and checked on its way out
    reactions: JSON.parse(reactions) as string[],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    ...(votes === null ? {} : { votes: JSON.parse(votes) as number[] }),
    ...(followsThread === null
      ? {}
      : { thread: { isFollowing: followsThread === 1, readPosition: threadReadPosition } }),
    revision,
  };
}
