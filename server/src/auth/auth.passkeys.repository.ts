import type { PasskeyId } from '@dialog/shared/auth.passkeys.values';
import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredPasskey {
  readonly id: PasskeyId;
  readonly userId: UserId;
  readonly credentialId: Buffer;
  readonly rpId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: string;
  readonly name: string;
  readonly madeAt: Date;
  readonly lastUsedAt: Date | null;
}

type Columns = Omit<StoredPasskey, 'id' | 'userId'> & { readonly id: Buffer; readonly userId: Buffer };

const COLUMNS = `id, user_id AS userId, credential_id AS credentialId, rp_id AS rpId, public_key AS publicKey, counter,
  transports, name, made_at AS madeAt, last_used_at AS lastUsedAt`;

export const passkeyRepository = {
  /** Oldest first. */
  async list(tx: Tx, userId: UserId): Promise<StoredPasskey[]> {
    const rows = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM passkeys WHERE user_id = :userId ORDER BY made_at, id`,
      {
        userId: toBytes(userId),
      },
    );
    return rows.map(passkeyOf);
  },

  async findByCredential(tx: Tx, credentialId: Buffer): Promise<StoredPasskey | undefined> {
    const [row] = await tx.rows<Columns>(`SELECT ${COLUMNS} FROM passkeys WHERE credential_id = :credentialId`, {
      credentialId,
    });
    return row && passkeyOf(row);
  },

  async insert(tx: Tx, passkey: StoredPasskey): Promise<void> {
    await tx.run(
      `INSERT INTO passkeys
         (id, user_id, credential_id, rp_id, public_key, counter, transports, name, made_at, last_used_at)
       VALUES (:id, :userId, :credentialId, :rpId, :publicKey, :counter, :transports, :name, :madeAt, :lastUsedAt)`,
      { ...passkey, id: toBytes(passkey.id), userId: toBytes(passkey.userId) },
    );
  },

  async rename(tx: Tx, userId: UserId, { id, name }: { id: PasskeyId; name: string }): Promise<boolean> {
    const { affected } = await tx.run('UPDATE passkeys SET name = :name WHERE id = :id AND user_id = :userId', {
      id: toBytes(id),
      userId: toBytes(userId),
      name,
    });
    return affected === 1;
  },

  async remove(tx: Tx, userId: UserId, id: PasskeyId): Promise<boolean> {
    const { affected } = await tx.run('DELETE FROM passkeys WHERE id = :id AND user_id = :userId', {
      id: toBytes(id),
      userId: toBytes(userId),
    });
    return affected === 1;
  },

  /** Whether its count went up, or there is none: a count that does not rise is that of a copy. */
  async markUsed(tx: Tx, id: PasskeyId, { counter, at }: { counter: number; at: Date }): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE passkeys SET counter = :counter, last_used_at = :at
       WHERE id = :id AND (counter < :counter OR (counter = 0 AND :counter = 0))`,
      { id: toBytes(id), counter, at },
    );
    return affected === 1;
  },

  async hasStep(tx: Tx, userId: UserId): Promise<boolean> {
    const rows = await tx.rows('SELECT 1 FROM users WHERE id = :id AND has_passkey_step', { id: toBytes(userId) });
    return rows.length > 0;
  },

  /** Whether it was otherwise. */
  async setStep(tx: Tx, userId: UserId, isOn: boolean): Promise<boolean> {
    const { affected } = await tx.run(
      'UPDATE users SET has_passkey_step = :isOn WHERE id = :id AND has_passkey_step <> :isOn',
      { id: toBytes(userId), isOn },
    );
    return affected > 0;
  },
};

export type PasskeyRepository = typeof passkeyRepository;

function passkeyOf(row: Columns): StoredPasskey {
  return {
    ...row,
    id: fromBytes<PasskeyId>(row.id),
    userId: fromBytes<UserId>(row.userId),
  };
}
