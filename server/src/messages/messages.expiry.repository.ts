import type { ChatId } from '@dialog/shared/contract/values';
import type { Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { StoredMessage } from './messages.stored.ts';

export interface ExpiringMessage {
  readonly expiresAt: Date;
  readonly chatId: ChatId;
  readonly position: number;
}

export type ExpiryRepository = typeof expiryRepository;

/** Writes down, with the COMMIT, which of these go by themselves and when. Where none does it costs nothing. */
export function expireAtCommit(tx: WriteTx, messages: readonly StoredMessage[]): void {
  const rows = messages.flatMap(({ expiresAt, chatId, position }) =>
    expiresAt === null ? [] : [[expiresAt, toBytes(chatId), position]],
  );
  if (rows.length > 0)
    tx.atCommit('INSERT INTO expiring_messages (expires_at, chat_id, position) VALUES :rows', { rows });
}

/** Messages whose time is written down. */
export const expiryRepository = {
  /** The longest overdue first. By the database's clock as well: one node's that runs ahead must not take back too much. */
  async due(tx: Tx, now: Date, limit: number): Promise<ExpiringMessage[]> {
    const rows = await tx.rows<{ expiresAt: Date; chatId: Buffer; position: number }>(
      `SELECT expires_at AS expiresAt, chat_id AS chatId, position FROM expiring_messages
       WHERE expires_at <= LEAST(:now, UTC_TIMESTAMP(3)) ORDER BY expires_at LIMIT :limit`,
      { now, limit },
    );
    return rows.map((row) => ({ ...row, chatId: fromBytes<ChatId>(row.chatId) }));
  },

  async remove(tx: Tx, messages: readonly ExpiringMessage[]): Promise<void> {
    await tx.run('DELETE FROM expiring_messages WHERE (expires_at, chat_id, position) IN (:keys)', {
      keys: messages.map(({ expiresAt, chatId, position }) => [expiresAt, toBytes(chatId), position]),
    });
  },

  async postpone(tx: Tx, messages: readonly ExpiringMessage[], until: Date): Promise<void> {
    await tx.run('UPDATE expiring_messages SET expires_at = :until WHERE (expires_at, chat_id, position) IN (:keys)', {
      until,
      keys: messages.map(({ expiresAt, chatId, position }) => [expiresAt, toBytes(chatId), position]),
    });
  },
};
