import type { Ban } from '@dialog/shared/chats.groups';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';

type BanColumns = UserColumns & { bannedBy: Buffer; bannedAt: Date };

export type BanRepository = typeof banRepository;

/** Who may not come into a group again. Written under the chat's row lock, so that nobody slips in beside it. */
export const banRepository = {
  /** Someone banned before stays so, by whom and since when they were. */
  async put(tx: Tx, chatId: ChatId, ban: { userId: UserId; bannedBy: UserId; at: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO bans (chat_id, user_id, banned_by, banned_at) VALUES (:chatId, :userId, :bannedBy, :at)
       ON DUPLICATE KEY UPDATE user_id = VALUES(user_id)`,
      { chatId: toBytes(chatId), userId: toBytes(ban.userId), bannedBy: toBytes(ban.bannedBy), at: ban.at },
    );
  },

  async remove(tx: Tx, chatId: ChatId, userId: UserId): Promise<void> {
    await tx.run('DELETE FROM bans WHERE chat_id = :chatId AND user_id = :userId', {
      chatId: toBytes(chatId),
      userId: toBytes(userId),
    });
  },

  async removeAll(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM bans WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  },

  async isAnyBanned(tx: Tx, chatId: ChatId, userIds: readonly UserId[]): Promise<boolean> {
    if (userIds.length === 0) return false;
    const rows = await tx.rows('SELECT 1 FROM bans WHERE chat_id = :chatId AND user_id IN (:userIds) LIMIT 1', {
      chatId: toBytes(chatId),
      userIds: userIds.map(toBytes),
    });
    return rows.length > 0;
  },

  /** In the order of their ids. */
  async page(tx: Tx, page: { chatId: ChatId; after: UserId | null; limit: number }): Promise<Ban[]> {
    const rows = await tx.rows<BanColumns>(
      `SELECT ${USER_COLUMNS}, b.banned_by AS bannedBy, b.banned_at AS bannedAt
       FROM bans b JOIN users u ON u.id = b.user_id
       WHERE b.chat_id = :chatId AND b.user_id > :after ORDER BY b.user_id LIMIT :limit`,
      { chatId: toBytes(page.chatId), after: page.after ? toBytes(page.after) : Buffer.alloc(0), limit: page.limit },
    );
    return rows.map(({ bannedBy, bannedAt, ...row }) => ({
      user: toUser(row),
      bannedBy: fromBytes<UserId>(bannedBy),
      bannedAt: bannedAt.toISOString(),
    }));
  },
};
