import type { Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';

export type ToldProfileRepository = typeof toldProfileRepository;

/** Which profile of each member a chat was told. */
export const toldProfileRepository = {
  /** Chats this person is in that were not told their newest profile: those of two first, then the smaller ones. */
  async untold(
    tx: Tx,
    userId: UserId,
    { besides, limit }: { readonly besides: readonly ChatId[]; readonly limit: number },
  ): Promise<ChatId[]> {
    const rows = await tx.rows<{ chatId: Buffer }>(
      `SELECT m.chat_id AS chatId FROM members m JOIN users u ON u.id = m.user_id JOIN chats c ON c.id = m.chat_id
       WHERE m.user_id = :userId AND m.role IS NOT NULL AND m.profile_revision < u.profile_revision
         ${besides.length > 0 ? 'AND m.chat_id NOT IN (:besides)' : ''}
       ORDER BY c.member_count, c.id LIMIT :limit`,
      { userId: toBytes(userId), besides: besides.map(toBytes), limit },
    );
    return rows.map((row) => fromBytes<ChatId>(row.chatId));
  },

  /** Under the chat's lock. */
  async untoldMember(tx: Tx, chatId: ChatId, userId: UserId): Promise<{ user: User; role: Role } | undefined> {
    const [row] = await tx.rows<UserColumns & { role: Role }>(
      `SELECT ${USER_COLUMNS}, m.role FROM members m JOIN users u ON u.id = m.user_id
       WHERE m.chat_id = :chatId AND m.user_id = :userId AND m.role IS NOT NULL
         AND m.profile_revision < u.profile_revision`,
      { chatId: toBytes(chatId), userId: toBytes(userId) },
    );
    return row && { user: toUser(row), role: row.role };
  },
};
