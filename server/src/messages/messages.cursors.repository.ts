import type { Cursor } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** One member's cursors, and what telling them of needs of the chat. */
export interface CursorPlace {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly memberCount: number;
  /** The chat's newest revision: no cursor goes beyond it. */
  readonly head: number;
  readonly cursor: Cursor;
}

type PlaceColumns = {
  chatId: Buffer;
  epoch: number;
  memberCount: number;
  head: number;
  readPosition: number;
  deliveredPosition: number;
};

export type CursorRepository = typeof cursorRepository;

export const cursorRepository = {
  /** This member's cursors in those of these chats that they are in. */
  async placesOf(tx: Tx, userId: UserId, chatIds: readonly ChatId[]): Promise<CursorPlace[]> {
    const rows = await tx.rows<PlaceColumns>(
      `SELECT m.chat_id AS chatId, c.epoch, c.member_count AS memberCount, c.revision AS head,
         m.read_position AS readPosition, m.delivered_position AS deliveredPosition
       FROM members m JOIN chats c ON c.id = m.chat_id
       WHERE m.user_id = :userId AND m.chat_id IN (:chatIds) AND m.role IS NOT NULL`,
      { userId: toBytes(userId), chatIds: chatIds.map(toBytes) },
    );
    return rows.map(({ chatId, epoch, memberCount, head, readPosition, deliveredPosition }) => ({
      chatId: fromBytes<ChatId>(chatId),
      epoch,
      memberCount,
      head,
      cursor: { userId, readPosition, deliveredPosition },
    }));
  },

  /** The person's revision; holds their row, before any member's, as everywhere. */
  async lockPerson(tx: Tx, userId: UserId): Promise<number> {
    const [row] = await tx.rows<{ revision: number }>('SELECT revision FROM users WHERE id = :userId FOR UPDATE', {
      userId: toBytes(userId),
    });
    return row?.revision ?? 0;
  },

  /** Forward only; what is read is not marked as unread. False when another device was further, or the person is out. */
  async moveRead(tx: Tx, at: { userId: UserId; chatId: ChatId; position: number; revision: number }): Promise<boolean> {
    const values = { ...at, userId: toBytes(at.userId), chatId: toBytes(at.chatId) };
    const { affected } = await tx.run(
      `UPDATE members m LEFT JOIN places p ON p.user_id = m.user_id AND p.chat_id = m.chat_id
       SET m.delivered_position = GREATEST(m.delivered_position, :position), m.read_position = :position,
         m.person_revision = :revision, p.is_marked_unread = FALSE
       WHERE m.chat_id = :chatId AND m.user_id = :userId AND m.role IS NOT NULL AND m.read_position < :position`,
      values,
    );
    if (affected > 0) await tx.run('UPDATE users SET revision = :revision WHERE id = :userId', values);
    return affected > 0;
  },

  /** Forward only. */
  async moveDelivered(tx: Tx, userId: UserId, positions: ReadonlyMap<ChatId, number>): Promise<void> {
    const values: Record<string, SqlValue> = { userId: toBytes(userId) };
    const cases = [...positions].map(([chatId, position], at) => {
      values[`chat${at}`] = toBytes(chatId);
      values[`position${at}`] = position;
      return `WHEN :chat${at} THEN :position${at}`;
    });
    values['chatIds'] = [...positions.keys()].map(toBytes);
    await tx.run(
      `UPDATE members SET delivered_position = GREATEST(delivered_position, CASE chat_id ${cases.join(' ')} ELSE 0 END)
       WHERE user_id = :userId AND chat_id IN (:chatIds) AND role IS NOT NULL`,
      values,
    );
  },
};
