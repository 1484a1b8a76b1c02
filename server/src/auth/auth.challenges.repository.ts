import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** Spent or dead rows removed in one statement. */
const SWEPT_AT_ONCE = 1_000;

interface Waiting {
  readonly hash: Buffer;
  readonly purpose: string;
}

/** What was asked of somebody and waits for its answer. Of a row, exactly one `remove` succeeds. */
export const challengeRepository = {
  async insert(tx: Tx, row: Waiting & { readonly userId: UserId | null; readonly expiresAt: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO auth_challenges (challenge_hash, purpose, user_id, expires_at)
       VALUES (:hash, :purpose, :userId, :expiresAt)`,
      { ...row, userId: row.userId && toBytes(row.userId) },
    );
  },

  /** The person it is bound to (null: nobody yet), or undefined when no such thing was asked. Locks. */
  async find(tx: Tx, { hash, purpose }: Waiting, at: Date): Promise<UserId | null | undefined> {
    const [row] = await tx.rows<{ user_id: Buffer | null }>(
      `SELECT user_id FROM auth_challenges
       WHERE challenge_hash = :hash AND purpose = :purpose AND expires_at > :at FOR UPDATE`,
      { hash, purpose, at },
    );
    return row && row.user_id && fromBytes<UserId>(row.user_id);
  },

  async remove(tx: Tx, hash: Buffer): Promise<boolean> {
    const { affected } = await tx.run('DELETE FROM auth_challenges WHERE challenge_hash = :hash', { hash });
    return affected === 1;
  },

  /** Whether there was another try. */
  async countTry(tx: Tx, { hash, purpose }: Waiting, triesMax: number): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE auth_challenges SET tries = tries + 1
       WHERE challenge_hash = :hash AND purpose = :purpose AND tries < :triesMax`,
      { hash, purpose, triesMax },
    );
    return affected === 1;
  },

  async removeOf(tx: Tx, userId: UserId): Promise<void> {
    await tx.run('DELETE FROM auth_challenges WHERE user_id = :userId', { userId: toBytes(userId) });
  },

  /** Whether there may be more. */
  async removeExpired(tx: Tx, at: Date): Promise<boolean> {
    const { affected } = await tx.run(
      `DELETE FROM auth_challenges WHERE expires_at < :at ORDER BY expires_at LIMIT ${SWEPT_AT_ONCE}`,
      { at },
    );
    return affected === SWEPT_AT_ONCE;
  },
};

export type ChallengeRepository = typeof challengeRepository;
