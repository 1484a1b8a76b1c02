import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface Account extends User {
  readonly passwordHash: string;
}

export interface StoredSession {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly device: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

export interface NewSession extends StoredSession {
  readonly tokenHash: Buffer;
}

type SessionRow = Record<'id' | 'user_id', Buffer> &
  Record<'device' | 'address', string> &
  Record<'created_at' | 'last_seen_at', Date>;
type AccountRow = { id: Buffer } & Record<'user_name' | 'display_name' | 'password_hash', string>;

const SESSION_COLUMNS = 'id, user_id, device, address, created_at, last_seen_at';
const ACCOUNT_COLUMNS = 'id, user_name, display_name, password_hash';

/** Accounts as far as signing in needs them, and sessions. A revoked session stays a row, and is nobody's. */
export const authRepository = {
  async insertAccount(tx: Tx, account: Account & { readonly createdAt: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO users (id, user_name, display_name, password_hash, created_at)
       VALUES (:id, :userName, :displayName, :passwordHash, :createdAt)`,
      { ...account, id: toBytes(account.id) },
    );
  },

  async findAccountByName(tx: Tx, userName: string): Promise<Account | undefined> {
    const [row] = await tx.rows<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM users WHERE user_name = :userName`, {
      userName,
    });
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

  async insertSession(tx: Tx, session: NewSession): Promise<void> {
    await tx.run(
      `INSERT INTO sessions (id, user_id, token_hash, device, address, created_at, last_seen_at)
       VALUES (:id, :userId, :tokenHash, :device, :address, :createdAt, :lastSeenAt)`,
      { ...session, id: toBytes(session.id), userId: toBytes(session.userId) },
    );
  },

  /** By the hash of the token, in hex. */
  async findSessions(tx: Tx, tokenHashes: readonly string[]): Promise<ReadonlyMap<string, StoredSession>> {
    const rows = await tx.rows<SessionRow & { token_hash: Buffer }>(
      `SELECT ${SESSION_COLUMNS}, token_hash FROM sessions WHERE token_hash IN (:hashes) AND revoked_at IS NULL`,
      { hashes: tokenHashes.map((hash) => Buffer.from(hash, 'hex')) },
    );
    return new Map(rows.map((row) => [row.token_hash.toString('hex'), sessionOf(row)]));
  },

  /** Newest first. */
  async listSessions(tx: Tx, userId: UserId): Promise<StoredSession[]> {
    const rows = await tx.rows<SessionRow>(
      `SELECT ${SESSION_COLUMNS} FROM sessions WHERE user_id = :userId AND revoked_at IS NULL ORDER BY created_at DESC, id DESC`,
      { userId: toBytes(userId) },
    );
    return rows.map(sessionOf);
  },

  /** Of these sessions, those that nobody ended and that are not too old. */
  async listAlive(
    tx: Tx,
    ids: readonly SessionId[],
    bounds: { readonly createdAfter: Date; readonly seenAfter: Date },
  ): Promise<SessionId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      `SELECT id FROM sessions
       WHERE id IN (:ids) AND revoked_at IS NULL AND created_at > :createdAfter AND last_seen_at > :seenAfter`,
      { ...bounds, ids: ids.map(toBytes) },
    );
    return rows.map((row) => fromBytes<SessionId>(row.id));
  },

  async revokeSessions(tx: Tx, ids: readonly SessionId[], at: Date): Promise<void> {
    await tx.run('UPDATE sessions SET revoked_at = :at WHERE id IN (:ids) AND revoked_at IS NULL', {
      ids: ids.map(toBytes),
      at,
    });
  },

  async changeToken(tx: Tx, id: SessionId, tokenHash: Buffer): Promise<void> {
    await tx.run('UPDATE sessions SET token_hash = :tokenHash WHERE id = :id', { id: toBytes(id), tokenHash });
  },

  /** Writes only where the last mark is older than `before`. */
  async markSeen(
    tx: Tx,
    ids: readonly SessionId[],
    times: { readonly at: Date; readonly before: Date },
  ): Promise<void> {
    await tx.run('UPDATE sessions SET last_seen_at = :at WHERE id IN (:ids) AND last_seen_at < :before', {
      ...times,
      ids: ids.map(toBytes),
    });
  },

  async markAddress(tx: Tx, id: SessionId, address: string): Promise<void> {
    await tx.run('UPDATE sessions SET address = :address WHERE id = :id', { id: toBytes(id), address });
  },

  async listAddresses(tx: Tx, userName: string): Promise<string[]> {
    const rows = await tx.rows<{ address: string }>(
      `SELECT DISTINCT sessions.address FROM sessions JOIN users ON users.id = sessions.user_id
       WHERE users.user_name = :userName AND sessions.revoked_at IS NULL LIMIT 100`,
      { userName },
    );
    return rows.map((row) => row.address);
  },
};

export type AuthRepository = typeof authRepository;

function sessionOf(row: SessionRow): StoredSession {
  return {
    id: fromBytes<SessionId>(row.id),
    userId: fromBytes<UserId>(row.user_id),
    device: row.device,
    address: row.address,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}

function accountOf(row: AccountRow): Account {
  return {
    id: fromBytes<UserId>(row.id),
    userName: row.user_name,
    displayName: row.display_name,
    passwordHash: row.password_hash,
  };
}
