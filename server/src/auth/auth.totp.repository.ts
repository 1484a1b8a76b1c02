import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';

interface StoredTotp {
  /** Sealed. */
  readonly secret: Buffer;
  readonly isOn: boolean;
}

/** One-time codes from an app: one secret a person. */
export const totpRepository = {
  async find(tx: Tx, userId: UserId): Promise<StoredTotp | undefined> {
    const [row] = await tx.rows<{ secret: Buffer; isOn: number }>(
      'SELECT secret, turned_on_at IS NOT NULL AS isOn FROM totp WHERE user_id = :id',
      { id: toBytes(userId) },
    );
    return row && { secret: row.secret, isOn: row.isOn === 1 };
  },

  /** In place of one that never came on. */
  async begin(tx: Tx, userId: UserId, secret: Buffer): Promise<void> {
    await tx.run(
      `INSERT INTO totp (user_id, secret) VALUES (:id, :secret) ON DUPLICATE KEY UPDATE
       secret = IF(turned_on_at IS NULL, VALUES(secret), secret)`,
      { id: toBytes(userId), secret },
    );
  },

  /** Whether it was this secret, and not on. */
  async turnOn(tx: Tx, userId: UserId, first: { secret: Buffer; step: number; at: Date }): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE totp SET turned_on_at = :at, last_step = :step
       WHERE user_id = :id AND secret = :secret AND turned_on_at IS NULL`,
      { ...first, id: toBytes(userId) },
    );
    return affected === 1;
  },

  /** Whether no code of this step, or of a later one, was taken before. Of several at once exactly one hears so. */
  async takeStep(tx: Tx, userId: UserId, step: number): Promise<boolean> {
    const { affected } = await tx.run(
      'UPDATE totp SET last_step = :step WHERE user_id = :id AND turned_on_at IS NOT NULL AND last_step < :step',
      { id: toBytes(userId), step },
    );
    return affected === 1;
  },

  /** Whether it was on. */
  async remove(tx: Tx, userId: UserId): Promise<boolean> {
    const values = { id: toBytes(userId) };
    const { affected } = await tx.run('DELETE FROM totp WHERE user_id = :id AND turned_on_at IS NOT NULL', values);
    await tx.run('DELETE FROM totp WHERE user_id = :id', values);
    return affected > 0;
  },
};

export type TotpRepository = typeof totpRepository;
