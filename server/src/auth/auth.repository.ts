import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';

export interface Account extends User {
  readonly passwordHash: string;
}

type AccountRow = UserColumns & { passwordHash: string };

const ACCOUNT_COLUMNS = `${USER_COLUMNS}, u.password_hash AS passwordHash`;

/** Accounts as far as signing in needs them. */
export const authRepository = {
  async insertAccount(tx: Tx, account: Account & { readonly createdAt: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO users (id, user_name, display_name, password_hash, created_at)
       VALUES (:id, :userName, :displayName, :passwordHash, :createdAt)`,
      {
        id: toBytes(account.id),
        userName: account.userName,
        displayName: account.displayName,
        passwordHash: account.passwordHash,
        createdAt: account.createdAt,
      },
    );
  },

  /** By user name, or by confirmed e-mail address: one question either way. */
  async findAccountByName(tx: Tx, name: string): Promise<Account | undefined> {
    const [row] = await tx.rows<AccountRow>(
      name.includes('@')
        ? `SELECT ${ACCOUNT_COLUMNS} FROM users u WHERE u.id = (SELECT user_id FROM emails WHERE address = :name)`
        : `SELECT ${ACCOUNT_COLUMNS} FROM users u WHERE u.user_name = :name`,
      { name },
    );
    return row && accountOf(row);
  },

  async findAccount(tx: Tx, id: UserId): Promise<Account | undefined> {
    const [row] = await tx.rows<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM users u WHERE u.id = :id`, {
      id: toBytes(id),
    });
    return row && accountOf(row);
  },

  /** As `findAccount`; another change of this person's password or sessions waits. */
  async lockAccount(tx: Tx, id: UserId): Promise<Account | undefined> {
    const [row] = await tx.rows<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM users u WHERE u.id = :id FOR UPDATE`, {
      id: toBytes(id),
    });
    return row && accountOf(row);
  },

  async changePasswordHash(tx: Tx, id: UserId, passwordHash: string): Promise<void> {
    await tx.run('UPDATE users SET password_hash = :passwordHash WHERE id = :id', { id: toBytes(id), passwordHash });
  },
};

export type AuthRepository = typeof authRepository;

/** Who gave a user name up so short a while ago that it is nobody else's. */
export type FormerOwner = (tx: Tx, userName: string) => Promise<UserId | undefined>;

/**
 * Finds people by names as well that they gave up lately: whoever changed one may not have been its person. Both are asked
 * for each name, so that there is no less work where nobody has it.
 */
export function withFormerNames(formerOwner: FormerOwner): AuthRepository {
  return {
    ...authRepository,
    async findAccountByName(tx, name) {
      const account = await authRepository.findAccountByName(tx, name);
      const former = await formerOwner(tx, name);
      return account ?? (former && authRepository.findAccount(tx, former));
    },
  };
}

function accountOf(row: AccountRow): Account {
  return { ...toUser(row), passwordHash: row.passwordHash };
}
