import { type Cursor, PASSED_OVER_MAX } from '@dialog/shared/chats.cursor';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { SqlValues, Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
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
      if (isWithheld)
        for (const { sql, values } of [...statementsFor(message), stretching(message)]) tx.atCommit(sql, values);
  },

  /** In an act of the one who is blocked. */
  async hide(tx: Tx, withheld: Withheld): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- one connection, one after the other
    for (const { sql, values } of statementsFor(withheld)) await tx.run(sql, values);
  },

  /** What was withheld from members of these chats, of those who ever missed something there; the newest first. */
  async stretches(tx: Tx, places: readonly Missed[]): Promise<(place: Missed) => Stretches> {
    const missed = places.filter(({ bars }) => (bars & BARS.missed) > 0);
    const found = new Map<string, { from: number; until: number }[]>();
    if (missed.length > 0)
      for (const { chatId, userId, from, until } of await stretchesOf(tx, missed)) {
        const place = `${fromBytes<ChatId>(chatId)} ${fromBytes<UserId>(userId)}`;
        const known = found.get(place) ?? [];
        found.set(place, known);
        if (known.length < PASSED_OVER_MAX) known.push({ from, until });
      }
    return ({ chatId, userId }) => found.get(`${chatId} ${userId}`) ?? [];
  },
};

type Stretches = NonNullable<Cursor['passedOver']>;

/** A member who may have missed something: their `BARS` say so. */
interface Missed {
  readonly chatId: ChatId;
  readonly userId: UserId;
  readonly bars: number;
}

/** Rows in one answer; nobody blocks anybody more often within reason. */
const STRETCHES_MAX = 1_000;

/** Whether what stands at a position was withheld from the member `m`: SQL. */
export const IS_PASSED_OVER = `(m.bars & ${BARS.missed} > 0 AND EXISTS (SELECT 1 FROM withheld_stretches w
  WHERE w.chat_id = m.chat_id AND w.user_id = m.user_id AND :position BETWEEN w.from_position AND w.until_position))`;

/** As others are told of it: with what it moved past and never met, once it has. */
export function passingOver(cursor: Cursor, stretches: Stretches): Cursor {
  const reached = Math.max(cursor.readPosition, cursor.deliveredPosition);
  const passedOver = stretches.filter(({ from }) => from <= reached);
  return passedOver.length > 0 ? { ...cursor, passedOver } : cursor;
}

function stretchesOf(tx: Tx, missed: readonly Missed[]) {
  return tx.rows<{ chatId: Buffer; userId: Buffer; from: number; until: number }>(
    `SELECT chat_id AS chatId, user_id AS userId, from_position AS \`from\`, until_position AS \`until\`
     FROM withheld_stretches WHERE chat_id IN (:chatIds) AND user_id IN (:userIds) ORDER BY epoch DESC LIMIT :limit`,
    {
      chatIds: [...new Set(missed.map(({ chatId }) => chatId))].map(toBytes),
      userIds: [...new Set(missed.map(({ userId }) => userId))].map(toBytes),
      limit: STRETCHES_MAX,
    },
  );
}

/** Persons before members, as everywhere. The chat is held, and names the other one. */
function statementsFor({ chatId, senderId, position }: Withheld): { sql: string; values: SqlValues }[] {
  const values = { chatId: toBytes(chatId), senderId: toBytes(senderId), position };
  const theOther = 'm.chat_id = :chatId AND m.user_id <> :senderId';
  return [
    {
      sql: `UPDATE chats c STRAIGHT_JOIN users u ON u.id = IF(SUBSTRING(c.direct_key, 1, 16) = :senderId,
          SUBSTRING(c.direct_key, 17, 16), SUBSTRING(c.direct_key, 1, 16))
        SET u.revision = u.revision + 1 WHERE c.id = :chatId`,
      values,
    },
    { sql: `UPDATE members m SET m.bars = m.bars | ${BARS.missed} WHERE ${theOther}`, values },
    {
      sql: `INSERT INTO message_marks (user_id, chat_id, position, starred_revision, is_hidden, reactions, votes, revision)
        SELECT u.id, :chatId, :position, NULL, TRUE, '[]', NULL, u.revision
        FROM members m JOIN users u ON u.id = m.user_id WHERE ${theOther}
        ON DUPLICATE KEY UPDATE is_hidden = TRUE, revision = VALUES(revision)`,
      values,
    },
  ];
}

/** The stretch of this block grows; all that is posted in it is withheld, for whoever blocks writes nothing. */
function stretching({ chatId, senderId, position }: Withheld): { sql: string; values: SqlValues } {
  return {
    sql: `INSERT INTO withheld_stretches (chat_id, user_id, epoch, from_position, until_position)
      SELECT m.chat_id, m.user_id, c.epoch, :position, :position
      FROM chats c STRAIGHT_JOIN members m ON m.chat_id = c.id AND m.user_id <> :senderId WHERE c.id = :chatId
      ON DUPLICATE KEY UPDATE until_position = GREATEST(until_position, VALUES(until_position))`,
    values: { chatId: toBytes(chatId), senderId: toBytes(senderId), position },
  };
}
