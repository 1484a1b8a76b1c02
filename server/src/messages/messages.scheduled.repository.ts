import type { ErrorCode } from '@dialog/shared/contract/errors';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { StoredKind } from './messages.content.ts';

export interface StoredScheduled {
  readonly id: MessageId;
  readonly chatId: ChatId;
  readonly senderId: UserId;
  /** Sealed, as it will be in the message. */
  readonly kind: StoredKind;
  readonly body: Buffer;
  readonly replyTo: number | null;
  readonly isSilent: boolean;
  readonly sendAt: Date;
  readonly failure: ErrorCode | null;
}

type ScheduledColumns = {
  id: Buffer;
  chatId: Buffer;
  senderId: Buffer;
  kind: StoredKind;
  body: Buffer;
  replyTo: number | null;
  isSilent: number;
  sendAt: Date;
  failure: ErrorCode | null;
};

const SELECT_SCHEDULED = `SELECT s.id, s.chat_id AS chatId, s.sender_id AS senderId, s.kind, s.body, s.reply_to AS replyTo,
  s.is_silent AS isSilent, s.send_at AS sendAt, s.failure FROM scheduled_messages s`;

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
      `INSERT INTO scheduled_messages (id, chat_id, sender_id, kind, body, reply_to, is_silent, send_at)
       VALUES (:id, :chatId, :senderId, :kind, :body, :replyTo, :isSilent, :sendAt)`,
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

  async removeOfChat(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM scheduled_messages WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
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
      `${SELECT_SCHEDULED} WHERE s.send_at <= LEAST(:now, UTC_TIMESTAMP(3)) AND (s.failure IS NULL OR s.failure = 'slow-mode')
         AND (s.taken_until IS NULL OR s.taken_until <= :now)
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

  async change(tx: Tx, scheduled: StoredScheduled): Promise<void> {
    await tx.run(
      `UPDATE scheduled_messages SET kind = :kind, body = :body, reply_to = :replyTo, send_at = :sendAt, failure = :failure
       WHERE id = :id`,
      valuesOf(scheduled),
    );
  },

  /** It was refused, and nobody is posting it any more. */
  async giveBack(tx: Tx, scheduled: Pick<StoredScheduled, 'id' | 'failure' | 'sendAt'>): Promise<void> {
    await tx.run(
      'UPDATE scheduled_messages SET failure = :failure, send_at = :sendAt, taken_until = NULL WHERE id = :id',
      { ...scheduled, id: toBytes(scheduled.id) },
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
