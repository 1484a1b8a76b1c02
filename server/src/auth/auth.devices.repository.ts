import type { SessionEnd } from '@dialog/shared/auth.values';
import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import { SESSION_COLUMNS, sessionOf, type SessionRow, type StoredSession } from './auth.sessions.repository.ts';

export interface PastSession extends StoredSession {
  readonly revokedAt: Date | null;
  readonly endReason: SessionEnd | null;
}

/** What the list of devices and the history read of sessions, ended ones too. */
export const deviceRepository = {
  async rename(tx: Tx, userId: UserId, session: { readonly id: SessionId; readonly name: string | null }) {
    await tx.run('UPDATE sessions SET name = :name WHERE id = :id AND user_id = :userId AND revoked_at IS NULL', {
      name: session.name,
      id: toBytes(session.id),
      userId: toBytes(userId),
    });
  },

  async find(tx: Tx, id: SessionId): Promise<StoredSession | undefined> {
    const [row] = await tx.rows<SessionRow>(`SELECT ${SESSION_COLUMNS} FROM sessions WHERE id = :id`, {
      id: toBytes(id),
    });
    return row && sessionOf(row);
  },

  /** The newest first. */
  async listPast(
    tx: Tx,
    userId: UserId,
    page: { readonly before: string | undefined; readonly max: number },
  ): Promise<PastSession[]> {
    const rows = await tx.rows<SessionRow & { revoked_at: Date | null; end_reason: SessionEnd | null }>(
      `SELECT ${SESSION_COLUMNS}, revoked_at, end_reason FROM sessions
       WHERE user_id = :userId ${page.before === undefined ? '' : 'AND id < :before'} ORDER BY id DESC LIMIT :max`,
      { userId: toBytes(userId), before: page.before === undefined ? null : toBytes(page.before), max: page.max },
    );
    return rows.map((row) => ({ ...sessionOf(row), revokedAt: row.revoked_at, endReason: row.end_reason }));
  },

  /** Some of the sessions that ended before then; how many went. */
  async removePast(tx: Tx, endedBefore: Date, max: number): Promise<number> {
    const { affected } = await tx.run(
      'DELETE FROM sessions WHERE revoked_at < :endedBefore ORDER BY revoked_at LIMIT :max',
      { endedBefore, max },
    );
    return affected;
  },
};

export type DeviceRepository = typeof deviceRepository;
