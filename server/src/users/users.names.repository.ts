import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export type UserNamesRepository = typeof userNamesRepository;

/** User names that were given up. */
export const userNamesRepository = {
  async remember(tx: Tx, given: { userId: UserId; oldName: string; changedAt: Date }): Promise<void> {
    await tx.run(
      'INSERT INTO user_name_changes (user_id, changed_at, old_name) VALUES (:userId, :changedAt, :oldName)',
      { ...given, userId: toBytes(given.userId) },
    );
  },

  async countSince(tx: Tx, userId: UserId, since: Date): Promise<number> {
    const [row] = await tx.rows<{ changes: number }>(
      'SELECT COUNT(*) AS changes FROM user_name_changes WHERE user_id = :userId AND changed_at > :since',
      { userId: toBytes(userId), since },
    );
    return row?.changes ?? 0;
  },

  async removeBefore(tx: Tx, userId: UserId, before: Date): Promise<void> {
    await tx.run('DELETE FROM user_name_changes WHERE user_id = :userId AND changed_at <= :before', {
      userId: toBytes(userId),
      before,
    });
  },

  /** Who last gave this name up since then. */
  async lastOwner(tx: Tx, oldName: string, since: Date): Promise<UserId | undefined> {
    const [row] = await tx.rows<{ userId: Buffer }>(
      `SELECT user_id AS userId FROM user_name_changes WHERE old_name = :oldName AND changed_at > :since
       ORDER BY changed_at DESC LIMIT 1`,
      { oldName, since },
    );
    return row && fromBytes<UserId>(row.userId);
  },
};
