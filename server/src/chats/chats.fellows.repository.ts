import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

type Pair = { readonly userId: UserId; readonly userIds: readonly UserId[] };

/** Those of these people whose chats are this person's as well. */
export async function sharing(tx: Tx, { userId, userIds }: Pair, only: string): Promise<UserId[]> {
  if (userIds.length === 0) return [];
  const rows = await tx.rows<{ userId: Buffer }>(
    `SELECT DISTINCT theirs.user_id AS userId FROM members theirs JOIN members mine ON mine.chat_id = theirs.chat_id
     WHERE theirs.user_id IN (:userIds) AND mine.user_id = :userId ${only}`,
    { userId: toBytes(userId), userIds: userIds.map(toBytes) },
  );
  return rows.map((row) => fromBytes<UserId>(row.userId));
}
