import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

interface Place {
  readonly userId: UserId;
  readonly chatId: ChatId;
}

export interface SealedDraft {
  readonly userId: UserId;
  readonly body: Buffer;
}

export type ClearingRepository = typeof clearingRepository;

export const clearingRepository = {
  /** The chat's newest revision and how far this person, who is in it, has cleared it. */
  async headOf(tx: Tx, { userId, chatId }: Place): Promise<{ head: number; cleared: number } | undefined> {
    const [row] = await tx.rows<{ head: number; cleared: number }>(
      `SELECT c.revision AS head, m.cleared_position AS cleared FROM members m JOIN chats c ON c.id = m.chat_id
       WHERE m.user_id = :userId AND m.chat_id = :chatId AND m.role IS NOT NULL`,
      { userId: toBytes(userId), chatId: toBytes(chatId) },
    );
    return row;
  },

  /** What is cleared has been read, and asks no more to be looked at. */
  async clearFor(tx: Tx, { userId, chatId }: Place, position: number): Promise<void> {
    await tx.run(
      `UPDATE members m LEFT JOIN places p ON p.user_id = m.user_id AND p.chat_id = m.chat_id
       SET m.cleared_position = :position, m.read_position = GREATEST(m.read_position, :position),
         m.delivered_position = GREATEST(m.delivered_position, :position), p.is_marked_unread = FALSE
       WHERE m.chat_id = :chatId AND m.user_id = :userId`,
      { userId: toBytes(userId), chatId: toBytes(chatId), position },
    );
  },

  /** How far all who are in the chat have cleared it. */
  async clearedByAll(tx: Tx, chatId: ChatId): Promise<number> {
    const [row] = await tx.rows<{ cleared: number | null }>(
      'SELECT MIN(cleared_position) AS cleared FROM members WHERE chat_id = :chatId AND role IS NOT NULL',
      { chatId: toBytes(chatId) },
    );
    return row?.cleared ?? 0;
  },

  /** Held until the transaction ends. */
  async draftsIn(tx: Tx, chatId: ChatId): Promise<SealedDraft[]> {
    const rows = await tx.rows<{ userId: Buffer; body: Buffer }>(
      `SELECT user_id AS userId, draft AS body FROM places
       WHERE chat_id = :chatId AND drafted_at IS NOT NULL AND draft IS NOT NULL FOR UPDATE`,
      { chatId: toBytes(chatId) },
    );
    return rows.map(({ userId, body }) => ({ userId: fromBytes<UserId>(userId), body }));
  },

  /** The same words, sealed anew: nothing that anybody is told of. */
  async putDraft(tx: Tx, { userId, chatId }: Place, body: Buffer): Promise<void> {
    await tx.run('UPDATE places SET draft = :body WHERE user_id = :userId AND chat_id = :chatId', {
      userId: toBytes(userId),
      chatId: toBytes(chatId),
      body,
    });
  },
};
