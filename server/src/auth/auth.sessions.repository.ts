import type { SessionEnd, SignInMethod } from '@dialog/shared/auth.values';
import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredSession {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly device: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly name: string | null;
  readonly method: SignInMethod;
}

interface NewSession extends StoredSession {
  readonly tokenHash: Buffer;
  readonly confirmedAt: Date | null;
}

export type SessionRow = Record<'id' | 'user_id', Buffer> &
  Record<'device' | 'address', string> &
  Record<'created_at' | 'last_seen_at', Date> & { name: string | null; method: SignInMethod };

export const SESSION_COLUMNS = 'id, user_id, device, address, created_at, last_seen_at, name, method';

/** Sessions live that began after one moment and were in use after the other. */
export interface SessionBounds {
  readonly createdAfter: Date;
  readonly seenAfter: Date;
}

/** A revoked session stays a row, and is nobody's. */
export const sessionRepository = {
  async insertSession(tx: Tx, session: NewSession): Promise<void> {
    await tx.run(
      `INSERT INTO sessions (id, user_id, token_hash, device, address, created_at, last_seen_at, confirmed_at, method)
       VALUES (:id, :userId, :tokenHash, :device, :address, :createdAt, :lastSeenAt, :confirmedAt, :method)`,
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

  /** Whoever begins or ends sessions of this person meanwhile waits. */
  async lockPerson(tx: Tx, userId: UserId): Promise<void> {
    await tx.rows('SELECT id FROM users WHERE id = :userId FOR UPDATE', { userId: toBytes(userId) });
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
  async listAlive(tx: Tx, ids: readonly SessionId[], bounds: SessionBounds): Promise<SessionId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      `SELECT id FROM sessions
       WHERE id IN (:ids) AND revoked_at IS NULL AND created_at > :createdAfter AND last_seen_at > :seenAfter`,
      { ...bounds, ids: ids.map(toBytes) },
    );
    return rows.map((row) => fromBytes<SessionId>(row.id));
  },

  async revokeSessions(tx: Tx, ids: readonly SessionId[], end: { readonly at: Date; readonly how: SessionEnd }) {
    await tx.run('UPDATE sessions SET revoked_at = :at, end_reason = :how WHERE id IN (:ids) AND revoked_at IS NULL', {
      ids: ids.map(toBytes),
      ...end,
    });
  },

  /** Some of those that nobody ended and that are too old, the ones that were used longest ago first. */
  async listRunOut(tx: Tx, bounds: SessionBounds, max: number): Promise<SessionId[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      `SELECT id FROM sessions WHERE revoked_at IS NULL AND (last_seen_at <= :seenAfter OR created_at <= :createdAfter)
       ORDER BY last_seen_at LIMIT :max`,
      { ...bounds, max },
    );
    return rows.map((row) => fromBytes<SessionId>(row.id));
  },

  /** Of these, those that still are; held until the commit. */
  async lockRunOut(tx: Tx, ids: readonly SessionId[], bounds: SessionBounds): Promise<StoredSession[]> {
    const rows = await tx.rows<SessionRow>(
      `SELECT ${SESSION_COLUMNS} FROM sessions WHERE id IN (:ids) AND revoked_at IS NULL
         AND (last_seen_at <= :seenAfter OR created_at <= :createdAfter) ORDER BY id FOR UPDATE`,
      { ...bounds, ids: ids.map(toBytes) },
    );
    return rows.map(sessionOf);
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

  /** Of the account of this user name, or of this e-mail address. */
  async listAddresses(tx: Tx, name: string): Promise<string[]> {
    const rows = await tx.rows<{ address: string }>(
      `SELECT DISTINCT sessions.address FROM sessions JOIN users ON users.id = sessions.user_id
       WHERE ${name.includes('@') ? 'users.id = (SELECT user_id FROM emails WHERE address = :name)' : 'users.user_name = :name'}
         AND sessions.revoked_at IS NULL LIMIT 100`,
      { name },
    );
    return rows.map((row) => row.address);
  },

  async isConfirmed(tx: Tx, id: SessionId, since: Date): Promise<boolean> {
    const rows = await tx.rows(
      'SELECT 1 FROM sessions WHERE id = :id AND revoked_at IS NULL AND confirmed_at > :since',
      { id: toBytes(id), since },
    );
    return rows.length > 0;
  },

  async markConfirmed(tx: Tx, id: SessionId, at: Date): Promise<void> {
    await tx.run('UPDATE sessions SET confirmed_at = :at WHERE id = :id AND revoked_at IS NULL', {
      id: toBytes(id),
      at,
    });
  },
};

export type SessionRepository = typeof sessionRepository;

export function sessionOf(row: SessionRow): StoredSession {
  return {
    id: fromBytes<SessionId>(row.id),
    userId: fromBytes<UserId>(row.user_id),
    device: row.device,
    address: row.address,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    name: row.name,
    method: row.method,
  };
}
