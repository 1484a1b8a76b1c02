import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { COMMON_CHATS_MAX } from '@dialog/shared/users.profile';
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

/** Groups that both are in now, the newest first; a few. */
export async function commonChats(tx: Tx, one: UserId, other: UserId): Promise<ChatId[]> {
  const rows = await tx.rows<{ chatId: Buffer }>(
    `SELECT theirs.chat_id AS chatId FROM members theirs JOIN members mine ON mine.chat_id = theirs.chat_id
       JOIN chats c ON c.id = theirs.chat_id
     WHERE theirs.user_id = :other AND mine.user_id = :one AND theirs.role IS NOT NULL AND mine.role IS NOT NULL
       AND c.kind = 'group'
     ORDER BY c.id DESC LIMIT :limit`,
    { one: toBytes(one), other: toBytes(other), limit: COMMON_CHATS_MAX },
  );
  return rows.map((row) => fromBytes<ChatId>(row.chatId));
}
