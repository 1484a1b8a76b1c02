import type { DeviceLinkId } from '@dialog/shared/auth.linking';
import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** Waiting for an answer; let in, and not yet taken; refused; taken. */
export type LinkState = 'waiting' | 'let-in' | 'refused' | 'used';

export interface StoredLink {
  readonly id: DeviceLinkId;
  readonly secretHash: Buffer;
  readonly device: string;
  readonly address: string;
  readonly state: LinkState;
  readonly answeredBy: { readonly userId: UserId; readonly sessionId: SessionId } | null;
  readonly expiresAt: Date;
}

export interface NewLink extends Pick<StoredLink, 'id' | 'secretHash' | 'device' | 'address' | 'expiresAt'> {
  readonly codeHash: Buffer;
  readonly shortCodeHash: Buffer;
}

type LinkRow = Record<'id' | 'secret_hash', Buffer> &
  Record<'device' | 'address', string> & {
    state: LinkState;
    user_id: Buffer | null;
    session_id: Buffer | null;
    expires_at: Date;
  };

/** Rows removed in one statement. */
const SWEPT_AT_ONCE = 1_000;

const COLUMNS = 'id, secret_hash, device, address, state, user_id, session_id, expires_at';

export const linkRepository = {
  async insert(tx: Tx, link: NewLink): Promise<void> {
    await tx.run(
      `INSERT INTO device_links (id, code_hash, short_code_hash, secret_hash, device, address, state, expires_at)
       VALUES (:id, :codeHash, :shortCodeHash, :secretHash, :device, :address, 'waiting', :expiresAt)`,
      { ...link, id: toBytes(link.id) },
    );
  },

  async find(tx: Tx, id: DeviceLinkId): Promise<StoredLink | undefined> {
    const [row] = await tx.rows<LinkRow>(`SELECT ${COLUMNS} FROM device_links WHERE id = :id`, { id: toBytes(id) });
    return row && linkOf(row);
  },

  async lock(tx: Tx, id: DeviceLinkId): Promise<StoredLink | undefined> {
    const [row] = await tx.rows<LinkRow>(`SELECT ${COLUMNS} FROM device_links WHERE id = :id FOR UPDATE`, {
      id: toBytes(id),
    });
    return row && linkOf(row);
  },

  /** By the hash of the code, whether scanned or typed; the newest, should two be typed alike. */
  async findByCode(tx: Tx, hash: Buffer): Promise<StoredLink | undefined> {
    const [row] = await tx.rows<LinkRow>(
      `SELECT ${COLUMNS} FROM device_links WHERE code_hash = :hash OR short_code_hash = :hash ORDER BY id DESC LIMIT 1`,
      { hash },
    );
    return row && linkOf(row);
  },

  async answer(tx: Tx, id: DeviceLinkId, answer: { state: LinkState; userId: UserId; sessionId: SessionId }) {
    await tx.run('UPDATE device_links SET state = :state, user_id = :userId, session_id = :sessionId WHERE id = :id', {
      state: answer.state,
      userId: toBytes(answer.userId),
      sessionId: toBytes(answer.sessionId),
      id: toBytes(id),
    });
  },

  async markUsed(tx: Tx, id: DeviceLinkId): Promise<void> {
    await tx.run("UPDATE device_links SET state = 'used' WHERE id = :id", { id: toBytes(id) });
  },

  /** Whether there may be more. */
  async removeExpired(tx: Tx, before: Date): Promise<boolean> {
    const { affected } = await tx.run(
      `DELETE FROM device_links WHERE expires_at < :before ORDER BY expires_at LIMIT ${SWEPT_AT_ONCE}`,
      { before },
    );
    return affected === SWEPT_AT_ONCE;
  },
};

export type LinkRepository = typeof linkRepository;

function linkOf(row: LinkRow): StoredLink {
  const { user_id: userId, session_id: sessionId } = row;
  return {
    id: fromBytes<DeviceLinkId>(row.id),
    secretHash: row.secret_hash,
    device: row.device,
    address: row.address,
    state: row.state,
    answeredBy:
      userId && sessionId ? { userId: fromBytes<UserId>(userId), sessionId: fromBytes<SessionId>(sessionId) } : null,
    expiresAt: row.expires_at,
  };
}
