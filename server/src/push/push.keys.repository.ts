import type { Tx } from '../platform/database.ts';

interface StoredKeys {
  readonly publicKey: string;
  /** Sealed. */
  readonly privateKey: Buffer;
}

export type PushKeyRepository = typeof pushKeyRepository;

export const pushKeyRepository = {
  async find(tx: Tx): Promise<StoredKeys | undefined> {
    const [row] = await tx.rows<{ publicKey: string; privateKey: Buffer }>(
      'SELECT public_key AS publicKey, private_key AS privateKey FROM push_keys WHERE id = 1',
    );
    return row;
  },

  /** Of all nodes that start at once the first one's stand. */
  async insert(tx: Tx, keys: StoredKeys): Promise<void> {
    await tx.run('INSERT IGNORE INTO push_keys (id, public_key, private_key) VALUES (1, :publicKey, :privateKey)', {
      ...keys,
    });
  },
};
