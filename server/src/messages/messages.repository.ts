import type { Cursor, Role } from '@dialog/shared/chats';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { SqlValue, Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';
import { hidesReading } from './messages.receipts.ts';
import {
  BY_THREAD,
  MESSAGE_COLUMNS,
  toStoredMessage,
  type MessageColumns,
  type StoredMessage,
} from './messages.stored.ts';
import { passingOver, withheldRepository } from './messages.withheld.ts';

const INSERT_MESSAGES =
  'INSERT INTO messages (chat_id, position, id, sender_id, kind, body, posted_at, revision, reply_to, expires_at, is_silent, thread) VALUES :rows';

function rowOf(message: StoredMessage): SqlValue[] {
  const { chatId, position, id, senderId, kind, body, postedAt, revision, replyTo } = message;
  const { expiresAt, isSilent, thread } = message;
  return [
    toBytes(chatId),
    position,
    toBytes(id),
    toBytes(senderId),
    kind,
    body,
    postedAt,
    revision,
    replyTo,
    expiresAt,
    isSilent,
    thread,
  ];
}

type PersonColumns = UserColumns & {
  role: Role | null;
  revision: number;
  readPosition: number;
  deliveredPosition: number;
  bars: number;
};

export interface MemberWithCursor {
  readonly user: User;
  readonly role: Role | null;
  readonly revision: number;
  readonly cursor: Cursor;
}

interface Before {
  readonly chatId: ChatId;
  readonly thread?: number | null;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
}

export interface RemovedRange {
  readonly chatId: ChatId;
  readonly until: number;
  readonly limit: number;
}

export type MessageRepository = typeof messageRepository;

export const messageRepository = {
  /** @throws ER_DUP_ENTRY when one of these ids is already a message; then none of them was stored. */
  async insert(tx: Tx, messages: readonly StoredMessage[]): Promise<void> {
    await tx.run(INSERT_MESSAGES, { rows: messages.map(rowOf) });
  },

  /** As `insert`, in the round trip of the COMMIT, which then fails with the same error. */
  insertAtCommit(tx: WriteTx, messages: readonly StoredMessage[]): void {
    tx.atCommit(INSERT_MESSAGES, { rows: messages.map(rowOf) });
  },

  async withIds(tx: Tx, ids: readonly MessageId[]): Promise<StoredMessage[]> {
    const rows = await tx.rows<MessageColumns>(`SELECT ${MESSAGE_COLUMNS} FROM messages x WHERE x.id IN (:ids)`, {
      ids: ids.map(toBytes),
    });
    return rows.map(toStoredMessage);
  },

  /** Of the conversation itself (thread null), or of a thread; newest first, those between two positions. */
  async pageBefore(tx: Tx, { chatId, thread = null, ...page }: Before): Promise<StoredMessage[]> {
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages x ${BY_THREAD}
       WHERE x.chat_id = :chatId AND ${inThread(thread)} AND x.position < :before AND x.position > :after
       ORDER BY x.position DESC LIMIT :limit`,
      { ...page, thread, chatId: toBytes(chatId) },
    );
    return rows.map(toStoredMessage);
  },

  /** As `pageBefore`; oldest first. */
  async pageAfter(
    tx: Tx,
    { chatId, thread = null, ...page }: { chatId: ChatId; thread?: number | null; after: number; limit: number },
  ): Promise<StoredMessage[]> {
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages x ${BY_THREAD}
       WHERE x.chat_id = :chatId AND ${inThread(thread)} AND x.position > :after ORDER BY x.position LIMIT :limit`,
      { ...page, thread, chatId: toBytes(chatId) },
    );
    return rows.map(toStoredMessage);
  },

  async atPositions(tx: Tx, chatId: ChatId, positions: readonly number[]): Promise<StoredMessage[]> {
    if (positions.length === 0) return [];
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages x WHERE x.chat_id = :chatId AND x.position IN (:positions)
       ORDER BY x.position`,
      { chatId: toBytes(chatId), positions },
    );
    return rows.map(toStoredMessage);
  },

  /** Where and when the first message of the conversation itself at or after a position was posted. */
  async postedFrom(
    tx: Tx,
    chatId: ChatId,
    position: number,
  ): Promise<{ position: number; postedAt: Date } | undefined> {
    const [row] = await tx.rows<{ position: number; postedAt: Date }>(
      `SELECT position, posted_at AS postedAt FROM messages ${BY_THREAD}
       WHERE chat_id = :chatId AND thread IS NULL AND position >= :position ORDER BY position LIMIT 1`,
      { chatId: toBytes(chatId), position },
    );
    return row;
  },

  /** Those after a position whose last change is after `since` and no later than `until`. */
  async changed(
    tx: Tx,
    range: { chatId: ChatId; after: number; since: number; until: number; limit: number },
  ): Promise<StoredMessage[]> {
    const rows = await tx.rows<MessageColumns>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages x
       WHERE x.chat_id = :chatId AND x.revision > :since AND x.revision <= :until AND x.position > :after
       ORDER BY x.revision LIMIT :limit`,
      { ...range, chatId: toBytes(range.chatId) },
    );
    return rows.map(toStoredMessage);
  },

  /** Members and former members whose row changed after `since`. */
  async membersChanged(
    tx: Tx,
    range: { chatId: ChatId; viewer: UserId; since: number; limit: number },
  ): Promise<MemberWithCursor[]> {
    const rows = await tx.rows<PersonColumns>(
      `${SELECT_PERSONS} WHERE m.chat_id = :chatId AND m.revision > :since ORDER BY m.revision LIMIT :limit`,
      { ...range, chatId: toBytes(range.chatId), viewer: toBytes(range.viewer) },
    );
    return rows.map(toMember);
  },

  /** The present members in the order of their ids, from the first; each with the cursor that the viewer may know. */
  async firstMembers(
    tx: Tx,
    { chatId, viewer, limit }: { chatId: ChatId; viewer: UserId; limit: number },
  ): Promise<MemberWithCursor[]> {
    const rows = await tx.rows<PersonColumns>(
      `${SELECT_PERSONS} WHERE m.chat_id = :chatId AND m.role IS NOT NULL ORDER BY m.user_id LIMIT :limit`,
      { chatId: toBytes(chatId), viewer: toBytes(viewer), limit },
    );
    const seatOf = (row: PersonColumns) => ({ chatId, userId: fromBytes<UserId>(row.userId), bars: row.bars });
    const stretchesOf = await withheldRepository.stretches(tx, rows.map(seatOf));
    return rows.map((row) => {
      const member = toMember(row);
      return { ...member, cursor: passingOver(member.cursor, stretchesOf(seatOf(row))) };
    });
  },

  /** Some of a chat's messages up to a position, oldest first; 0 when none is left. Only what nobody is shown any more. */
  async removeSome(tx: Tx, { chatId, until, limit }: RemovedRange): Promise<number> {
    const { affected } = await tx.run(
      'DELETE FROM messages WHERE chat_id = :chatId AND position <= :until ORDER BY position LIMIT :limit',
      { chatId: toBytes(chatId), until, limit },
    );
    return affected;
  },
};

/** One's own cursors are exact; of others one learns what is told of them (they may be invisible). */
const SELECT_PERSONS = `SELECT ${USER_COLUMNS}, m.role, m.revision, m.bars,
  IF(m.user_id = :viewer, m.read_position, IF(${hidesReading(':viewer')}, CAST(0 AS UNSIGNED), m.shown_read_position)) AS readPosition,
  IF(m.user_id = :viewer, m.delivered_position, m.shown_delivered_position) AS deliveredPosition
  FROM members m JOIN users u ON u.id = m.user_id`;

/** Written out: an index is used for what is known when the statement is planned. */
function inThread(thread: number | null): string {
  return thread === null ? 'x.thread IS NULL' : 'x.thread = :thread';
}

function toMember(row: PersonColumns): MemberWithCursor {
  const userId = fromBytes<UserId>(row.userId);
  const { role, revision, readPosition, deliveredPosition } = row;
  return {
    user: toUser(row),
    role,
    revision,
    cursor: { userId, readPosition, deliveredPosition },
  };
}
