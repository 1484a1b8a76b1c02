import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';

export const secondFactorRepository = {
  /** What a right password does not suffice without. */
  async findSteps(tx: Tx, userId: UserId): Promise<{ readonly totp: boolean; readonly passkey: boolean }> {
    const [row] = await tx.rows<{ totp: number; passkey: number }>(
      `SELECT EXISTS (SELECT 1 FROM totp WHERE user_id = :id AND turned_on_at IS NOT NULL) AS totp,
              has_passkey_step AND EXISTS (SELECT 1 FROM passkeys WHERE user_id = :id) AS passkey
       FROM users WHERE id = :id`,
      { id: toBytes(userId) },
    );
    return { totp: Number(row?.totp) === 1, passkey: Number(row?.passkey) === 1 };
  },
};

export type SecondFactorRepository = typeof secondFactorRepository;
