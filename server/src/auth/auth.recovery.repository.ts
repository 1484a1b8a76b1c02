import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';

/** Each code opens once: using one is removing its row. */
export const recoveryRepository = {
  async replace(
    tx: Tx,
    userId: UserId,
    made: { readonly hashes: readonly Buffer[]; readonly at: Date },
  ): Promise<void> {
    const id = toBytes(userId);
    await tx.run('DELETE FROM recovery_codes WHERE user_id = :id', { id });
    await tx.run('INSERT INTO recovery_codes (user_id, code_hash, made_at) VALUES :rows', {
      rows: made.hashes.map((hash) => [id, hash, made.at]),
    });
    await tx.run('UPDATE users SET recovery_kept_at = NULL WHERE id = :id', { id });
  },

  async markKept(tx: Tx, userId: UserId, at: Date): Promise<void> {
    await tx.run('UPDATE users SET recovery_kept_at = COALESCE(recovery_kept_at, :at) WHERE id = :id', {
      id: toBytes(userId),
      at,
    });
  },

  /** Whether it was there. Of several at once exactly one finds it so. */
  async remove(tx: Tx, userId: UserId, hash: Buffer): Promise<boolean> {
    const { affected } = await tx.run('DELETE FROM recovery_codes WHERE user_id = :id AND code_hash = :hash', {
      id: toBytes(userId),
      hash,
    });
    return affected === 1;
  },

  async count(tx: Tx, userId: UserId): Promise<number> {
    const [row] = await tx.rows<{ left: number }>('SELECT COUNT(*) AS `left` FROM recovery_codes WHERE user_id = :id', {
      id: toBytes(userId),
    });
    return row?.left ?? 0;
  },

  async areKept(tx: Tx, userId: UserId): Promise<boolean> {
    const rows = await tx.rows('SELECT 1 FROM users WHERE id = :id AND recovery_kept_at IS NOT NULL', {
      id: toBytes(userId),
    });
    return rows.length > 0;
  },
};

export type RecoveryRepository = typeof recoveryRepository;
