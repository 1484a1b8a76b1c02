import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface Account extends User {
  readonly passwordHash: string;
}

type AccountRow = { id: Buffer } & Record<'user_name' | 'display_name' | 'password_hash', string>;

const ACCOUNT_COLUMNS = 'id, user_name, display_name, password_hash';

/** Accounts as far as signing in needs them. */
export const authRepository = {
  async insertAccount(tx: Tx, account: Account & { readonly createdAt: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO users (id, user_name, display_name, password_hash, created_at)
       VALUES (:id, :userName, :displayName, :passwordHash, :createdAt)`,
      { ...account, id: toBytes(account.id) },
    );
  },

  /** By user name, or by confirmed e-mail address: one question either way. */
  async findAccountByName(tx: Tx, name: string): Promise<Account | undefined> {
    const [row] = await tx.rows<AccountRow>(
      name.includes('@')
        ? `SELECT ${ACCOUNT_COLUMNS} FROM users WHERE id = (SELECT user_id FROM emails WHERE address = :name)`
        : `SELECT ${ACCOUNT_COLUMNS} FROM users WHERE user_name = :name`,
      { name },
    );
    return row && accountOf(row);
  },

  async findAccount(tx: Tx, id: UserId): Promise<Account | undefined> {
    const [row] = await tx.rows<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM users WHERE id = :id`, { id: toBytes(id) });
    return row && accountOf(row);
  },

  /** As `findAccount`; another change of this person's password or sessions waits. */
  async lockAccount(tx: Tx, id: UserId): Promise<Account | undefined> {
    const [row] = await tx.rows<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM users WHERE id = :id FOR UPDATE`, {
      id: toBytes(id),
    });
    return row && accountOf(row);
  },

  async changePasswordHash(tx: Tx, id: UserId, passwordHash: string): Promise<void> {
    await tx.run('UPDATE users SET password_hash = :passwordHash WHERE id = :id', { id: toBytes(id), passwordHash });
  },
};

export type AuthRepository = typeof authRepository;

function accountOf(row: AccountRow): Account {
  return {
    id: fromBytes<UserId>(row.id),
    userName: row.user_name,
    displayName: row.display_name,
    passwordHash: row.password_hash,
  };
}
