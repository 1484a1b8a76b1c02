import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';

export const usersRepository = {
  async findByName(tx: Tx, userName: string): Promise<User | undefined> {
    const sql = `SELECT ${USER_COLUMNS} FROM users u WHERE u.user_name = :userName`;
    const [row] = await tx.rows<UserColumns>(sql, { userName });
    return row && toUser(row);
  },

  /** Those of `ids` that exist. */
  async list(tx: Tx, ids: readonly UserId[]): Promise<User[]> {
    if (ids.length === 0) return [];
    const sql = `SELECT ${USER_COLUMNS} FROM users u WHERE u.id IN (:ids)`;
    return (await tx.rows<UserColumns>(sql, { ids: ids.map(toBytes) })).map(toUser);
  },
};

export type UsersRepository = typeof usersRepository;
