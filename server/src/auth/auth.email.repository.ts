import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredEmail {
  readonly userId: UserId;
  /** Confirmed. */
  readonly address: string | null;
  readonly claim: { readonly address: string; readonly expiresAt: Date } | null;
  /** Of whoever wrote the address down. */
  readonly language: string;
}

export interface NewClaim {
  readonly userId: UserId;
  readonly address: string;
  readonly hash: Buffer;
  readonly expiresAt: Date;
  readonly language: string;
}

type EmailRow = { user_id: Buffer; language: string } & Record<'address' | 'claimed_address', string | null> & {
    claim_expires_at: Date | null;
  };

/** Rows removed in one statement. */
const SWEPT_AT_ONCE = 1_000;

const COLUMNS = 'user_id, address, claimed_address, claim_expires_at, language';

/** One row a person: the confirmed address, and the one that waits, of which the newest counts. */
export const emailRepository = {
  async find(tx: Tx, userId: UserId): Promise<StoredEmail | undefined> {
    const [row] = await tx.rows<EmailRow>(`SELECT ${COLUMNS} FROM emails WHERE user_id = :userId`, {
      userId: toBytes(userId),
    });
    return row && emailOf(row);
  },

  /** As `find`; other changes of this person's address wait. */
  async lock(tx: Tx, userId: UserId): Promise<StoredEmail | undefined> {
    const [row] = await tx.rows<EmailRow>(`SELECT ${COLUMNS} FROM emails WHERE user_id = :userId FOR UPDATE`, {
      userId: toBytes(userId),
    });
    return row && emailOf(row);
  },

  async lockClaim(tx: Tx, hash: Buffer): Promise<StoredEmail | undefined> {
    const [row] = await tx.rows<EmailRow>(`SELECT ${COLUMNS} FROM emails WHERE claim_hash = :hash FOR UPDATE`, {
      hash,
    });
    return row && emailOf(row);
  },

  async claim(tx: Tx, { userId, address, hash, expiresAt, language }: NewClaim): Promise<void> {
    await tx.run(
      `INSERT INTO emails (user_id, claimed_address, claim_hash, claim_expires_at, language)
       VALUES (:userId, :address, :hash, :expiresAt, :language)
       ON DUPLICATE KEY UPDATE claimed_address = VALUES(claimed_address), claim_hash = VALUES(claim_hash),
         claim_expires_at = VALUES(claim_expires_at), language = VALUES(language)`,
      { userId: toBytes(userId), address, hash, expiresAt, language },
    );
  },

  /** Fails with a duplicate key when somebody else has confirmed it. */
  async confirm(tx: Tx, userId: UserId, confirmed: { readonly address: string; readonly at: Date }): Promise<void> {
    await tx.run(
      `UPDATE emails SET address = :address, confirmed_at = :at,
         claimed_address = NULL, claim_hash = NULL, claim_expires_at = NULL WHERE user_id = :userId`,
      { ...confirmed, userId: toBytes(userId) },
    );
  },

  /** The address that waits, and its link. */
  async removeClaim(tx: Tx, userId: UserId): Promise<void> {
    await tx.run(
      'UPDATE emails SET claimed_address = NULL, claim_hash = NULL, claim_expires_at = NULL WHERE user_id = :userId',
      { userId: toBytes(userId) },
    );
  },

  async remove(tx: Tx, userId: UserId): Promise<void> {
    await tx.run('DELETE FROM emails WHERE user_id = :userId', { userId: toBytes(userId) });
  },

  async insertRecovery(tx: Tx, userId: UserId, link: { readonly hash: Buffer; readonly expiresAt: Date }) {
    await tx.run('INSERT INTO recoveries (token_hash, user_id, expires_at) VALUES (:hash, :userId, :expiresAt)', {
      ...link,
      userId: toBytes(userId),
    });
  },

  /** Whose link this is, while it holds. Another one who opens it waits. */
  async lockRecovery(tx: Tx, hash: Buffer, now: Date): Promise<UserId | undefined> {
    const [row] = await tx.rows<{ user_id: Buffer }>(
      'SELECT user_id FROM recoveries WHERE token_hash = :hash AND expires_at > :now FOR UPDATE',
      { hash, now },
    );
    return row && fromBytes<UserId>(row.user_id);
  },

  /** One used link is the end of all. */
  async removeRecoveries(tx: Tx, userId: UserId): Promise<void> {
    await tx.run('DELETE FROM recoveries WHERE user_id = :userId', { userId: toBytes(userId) });
  },

  /** Whether there may be more. */
  async removeExpired(tx: Tx, now: Date): Promise<boolean> {
    const { affected } = await tx.run(
      `DELETE FROM recoveries WHERE expires_at < :now ORDER BY expires_at LIMIT ${SWEPT_AT_ONCE}`,
      { now },
    );
    return affected === SWEPT_AT_ONCE;
  },
};

export type EmailRepository = typeof emailRepository;

function emailOf(row: EmailRow): StoredEmail {
  const { claimed_address: claimed, claim_expires_at: expiresAt } = row;
  return {
    userId: fromBytes<UserId>(row.user_id),
    address: row.address,
    claim: claimed === null || expiresAt === null ? null : { address: claimed, expiresAt },
    language: row.language,
  };
}
