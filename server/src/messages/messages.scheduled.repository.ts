import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredScheduled {
  readonly id: MessageId;
  readonly chatId: ChatId;
  readonly senderId: UserId;
  /** Sealed. */
  readonly body: Buffer;
  readonly replyTo: number | null;
  readonly isSilent: boolean;
  readonly sendAt: Date;
}

type ScheduledColumns = {
  id: Buffer;
  chatId: Buffer;
  senderId: Buffer;
  body: Buffer;
  replyTo: number | null;
  isSilent: number;
  sendAt: Date;
};

const SELECT_SCHEDULED = `SELECT s.id, s.chat_id AS chatId, s.sender_id AS senderId, s.body, s.reply_to AS replyTo,
  s.is_silent AS isSilent, s.send_at AS sendAt FROM scheduled_messages s`;

export type ScheduledRepository = typeof scheduledRepository;

export const scheduledRepository = {
  /** How many this person has, holding their row so that no two count at once. */
  async countOf(tx: Tx, senderId: UserId): Promise<number> {
    const values = { senderId: toBytes(senderId) };
    await tx.rows('SELECT id FROM users WHERE id = :senderId FOR UPDATE', values);
    const [row] = await tx.rows<{ scheduled: number }>(
      'SELECT COUNT(*) AS scheduled FROM scheduled_messages WHERE sender_id = :senderId',
      values,
    );
    return row?.scheduled ?? 0;
  },

  async insert(tx: Tx, scheduled: StoredScheduled): Promise<void> {
    await tx.run(
      `INSERT INTO scheduled_messages (id, chat_id, sender_id, body, reply_to, is_silent, send_at)
       VALUES (:id, :chatId, :senderId, :body, :replyTo, :isSilent, :sendAt)`,
      valuesOf(scheduled),
    );
  },

  async withId(tx: Tx, id: MessageId): Promise<StoredScheduled | undefined> {
    const [row] = await tx.rows<ScheduledColumns>(`${SELECT_SCHEDULED} WHERE s.id = :id`, { id: toBytes(id) });
    return row && toScheduled(row);
  },

  /** The next one first. */
  async inChat(tx: Tx, senderId: UserId, chatId: ChatId): Promise<StoredScheduled[]> {
    const rows = await tx.rows<ScheduledColumns>(
      `${SELECT_SCHEDULED} WHERE s.sender_id = :senderId AND s.chat_id = :chatId ORDER BY s.send_at, s.id`,
      { senderId: toBytes(senderId), chatId: toBytes(chatId) },
    );
    return rows.map(toScheduled);
  },

  /** Of everyone; locked. */
  async lockInChat(tx: Tx, chatId: ChatId): Promise<StoredScheduled[]> {
    const rows = await tx.rows<ScheduledColumns>(`${SELECT_SCHEDULED} WHERE s.chat_id = :chatId FOR UPDATE`, {
      chatId: toBytes(chatId),
    });
    return rows.map(toScheduled);
  },

  /** What somebody who has left wanted to say there, or all of a chat that is gone. */
  async removeOf(tx: Tx, chatId: ChatId, senderId: UserId | null): Promise<void> {
    await tx.run(
      `DELETE FROM scheduled_messages WHERE chat_id = :chatId ${senderId ? 'AND sender_id = :senderId' : ''}`,
      { chatId: toBytes(chatId), senderId: senderId && toBytes(senderId) },
    );
  },

  /** Locked, unless somebody is posting it. */
  async free(tx: Tx, id: MessageId, now: Date): Promise<StoredScheduled | undefined> {
    const [row] = await tx.rows<ScheduledColumns>(
      `${SELECT_SCHEDULED} WHERE s.id = :id AND (s.taken_until IS NULL OR s.taken_until <= :now) FOR UPDATE`,
      { id: toBytes(id), now },
    );
    return row && toScheduled(row);
  },

  /** Due and free, locked; rows that another node has locked are passed over. Not early where a node's clock runs ahead. */
  async due(tx: Tx, now: Date, limit: number): Promise<StoredScheduled[]> {
    const rows = await tx.rows<ScheduledColumns>(
      `${SELECT_SCHEDULED} WHERE s.send_at <= LEAST(:now, UTC_TIMESTAMP(3)) AND (s.taken_until IS NULL OR s.taken_until <= :now)
       ORDER BY s.send_at LIMIT :limit FOR UPDATE SKIP LOCKED`,
      { now, limit },
    );
    return rows.map(toScheduled);
  },

  async take(tx: Tx, scheduled: readonly StoredScheduled[], until: Date): Promise<void> {
    await tx.run('UPDATE scheduled_messages SET taken_until = :until WHERE id IN (:ids)', {
      until,
      ids: scheduled.map(({ id }) => toBytes(id)),
    });
  },

  async release(tx: Tx, id: MessageId): Promise<void> {
    await tx.run('UPDATE scheduled_messages SET taken_until = NULL WHERE id = :id', { id: toBytes(id) });
  },

  async change(tx: Tx, scheduled: StoredScheduled): Promise<void> {
    await tx.run(
      'UPDATE scheduled_messages SET body = :body, reply_to = :replyTo, send_at = :sendAt WHERE id = :id',
      valuesOf(scheduled),
    );
  },

  async remove(tx: Tx, id: MessageId): Promise<void> {
    await tx.run('DELETE FROM scheduled_messages WHERE id = :id', { id: toBytes(id) });
  },
};

function valuesOf({ id, chatId, senderId, ...rest }: StoredScheduled) {
  return { ...rest, id: toBytes(id), chatId: toBytes(chatId), senderId: toBytes(senderId) };
}

function toScheduled(row: ScheduledColumns): StoredScheduled {
  return {
    ...row,
    id: fromBytes<MessageId>(row.id),
    chatId: fromBytes<ChatId>(row.chatId),
    senderId: fromBytes<UserId>(row.senderId),
    isSilent: row.isSilent === 1,
  };
}
