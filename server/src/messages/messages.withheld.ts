import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { SqlValues, Tx, WriteTx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import type { Posted } from './messages.batch.ts';

interface Withheld {
  readonly chatId: ChatId;
  readonly senderId: UserId;
  readonly position: number;
}

/**
 * What somebody says to one who has blocked them. To the one it stands as sent; to the other it is deleted from the
 * beginning (a mark, as of what one deletes for oneself), also once the block ends. Their devices hear of neither, and of
 * the marks with their next catching up.
 */
export const withheldRepository = {
  hideAtCommit(tx: WriteTx, posted: readonly Posted[]): void {
    for (const { message, isWithheld } of posted)
      if (isWithheld) for (const { sql, values } of statementsFor(message)) tx.atCommit(sql, values);
  },

  /** In an act of the one who is blocked. */
  async hide(tx: Tx, withheld: Withheld): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- one connection, one after the other
    for (const { sql, values } of statementsFor(withheld)) await tx.run(sql, values);
  },
};

function statementsFor({ chatId, senderId, position }: Withheld): { sql: string; values: SqlValues }[] {
  const values = { chatId: toBytes(chatId), senderId: toBytes(senderId), position };
  const theOther = 'm.chat_id = :chatId AND m.user_id <> :senderId';
  return [
    {
      sql: `UPDATE users u JOIN members m ON m.user_id = u.id
        SET u.revision = u.revision + 1, m.bars = m.bars | ${BARS.missed} WHERE ${theOther}`,
      values,
    },
    {
      sql: `INSERT INTO message_marks (user_id, chat_id, position, starred_revision, is_hidden, reactions, votes, revision)
        SELECT u.id, :chatId, :position, NULL, TRUE, '[]', NULL, u.revision
        FROM members m JOIN users u ON u.id = m.user_id WHERE ${theOther}
        ON DUPLICATE KEY UPDATE is_hidden = TRUE, revision = VALUES(revision)`,
      values,
    },
  ];
}
