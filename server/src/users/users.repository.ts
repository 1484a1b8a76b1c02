import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

type UserRow = { id: Buffer } & Record<'user_name' | 'display_name', string>;

export const usersRepository = {
  async findByName(tx: Tx, userName: string): Promise<User | undefined> {
    const [row] = await tx.rows<UserRow>('SELECT id, user_name, display_name FROM users WHERE user_name = :userName', {
      userName,
    });
    return row && userOf(row);
  },

  /** Those of `ids` that exist. */
  async list(tx: Tx, ids: readonly UserId[]): Promise<User[]> {
    if (ids.length === 0) return [];
    const rows = await tx.rows<UserRow>('SELECT id, user_name, display_name FROM users WHERE id IN (:ids)', {
      ids: ids.map(toBytes),
    });
    return rows.map(userOf);
  },
};

export type UsersRepository = typeof usersRepository;

function userOf(row: UserRow): User {
  return { id: fromBytes<UserId>(row.id), userName: row.user_name, displayName: row.display_name };
}
