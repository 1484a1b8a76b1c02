import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredSettings {
  /** The person's revision when they last changed. */
  readonly revision: number;
  /** JSON. */
  readonly body: string;
}

export type SettingsRepository = typeof settingsRepository;

export const settingsRepository = {
  /** Of these people, what those chose who chose anything. */
  async find(tx: Tx, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, StoredSettings>> {
    if (userIds.length === 0) return new Map();
    const rows = await tx.rows<{ user_id: Buffer; revision: number; body: string }>(
      'SELECT user_id, revision, body FROM settings WHERE user_id IN (:userIds)',
      { userIds: userIds.map(toBytes) },
    );
    return new Map(rows.map(({ user_id: userId, revision, body }) => [fromBytes<UserId>(userId), { revision, body }]));
  },

  async save(tx: Tx, userId: UserId, { revision, body }: StoredSettings): Promise<void> {
    await tx.run(
      `INSERT INTO settings (user_id, revision, body) VALUES (:userId, :revision, :body)
       ON DUPLICATE KEY UPDATE revision = VALUES(revision), body = VALUES(body)`,
      { userId: toBytes(userId), revision, body },
    );
  },
};
