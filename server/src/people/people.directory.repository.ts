import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

interface Beginning {
  readonly beginning: string;
  readonly limit: number;
}

export type DirectoryRepository = typeof directoryRepository;

/** Who is found by more than their exact name, where the operator opened the directory. */
export const directoryRepository = {
  async findExactly(tx: Tx, userName: string): Promise<UserId | undefined> {
    const [row] = await tx.rows<{ id: Buffer }>('SELECT id FROM users WHERE user_name = :userName', { userName });
    return row && fromBytes<UserId>(row.id);
  },

  /** By the beginning of a user name or display name; the letters are taken as they are, also `%` and `_`. */
  async findByBeginning(tx: Tx, { beginning, limit }: Beginning): Promise<UserId[]> {
    const pattern = `${beginning.replaceAll(/[!%_]/g, '!$&')}%`;
    const byUserName = /^[\w.]+$/.test(beginning)
      ? `(SELECT u.id FROM users u LEFT JOIN unlisted_people n ON n.user_id = u.id
           WHERE u.user_name LIKE :userName ESCAPE '!' AND n.user_id IS NULL ORDER BY u.user_name LIMIT :limit)
         UNION`
      : '';
    const rows = await tx.rows<{ id: Buffer }>(
      `${byUserName} (SELECT u.id FROM users u LEFT JOIN unlisted_people n ON n.user_id = u.id
         WHERE u.display_name LIKE :displayName ESCAPE '!' AND n.user_id IS NULL ORDER BY u.display_name LIMIT :limit)`,
      { userName: pattern.toLowerCase(), displayName: pattern, limit },
    );
    return rows.slice(0, limit).map((row) => fromBytes<UserId>(row.id));
  },

  async setListed(tx: Tx, userId: UserId, isListed: boolean): Promise<void> {
    const sql = isListed
      ? 'DELETE FROM unlisted_people WHERE user_id = :userId'
      : 'INSERT IGNORE INTO unlisted_people (user_id) VALUES (:userId)';
    await tx.run(sql, { userId: toBytes(userId) });
  },
};
