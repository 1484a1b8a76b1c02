import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredLink {
  readonly userId: UserId;
  readonly codeHash: Buffer;
  /** Sealed. */
  readonly code: Buffer;
}

export type LinkRepository = typeof linkRepository;

export const linkRepository = {
  /** Its code, as it is stored. */
  async find(tx: Tx, userId: UserId): Promise<Buffer | undefined> {
    const [row] = await tx.rows<{ code: Buffer }>('SELECT code FROM add_links WHERE user_id = :userId', {
      userId: toBytes(userId),
    });
    return row?.code;
  },

  async put(tx: Tx, { userId, codeHash, code }: StoredLink): Promise<void> {
    await tx.run(
      `INSERT INTO add_links (user_id, code_hash, code) VALUES (:userId, :codeHash, :code)
       ON DUPLICATE KEY UPDATE code_hash = VALUES(code_hash), code = VALUES(code)`,
      { userId: toBytes(userId), codeHash, code },
    );
  },

  async remove(tx: Tx, userId: UserId): Promise<void> {
    await tx.run('DELETE FROM add_links WHERE user_id = :userId', { userId: toBytes(userId) });
  },

  async ownerOf(tx: Tx, codeHash: Buffer): Promise<UserId | undefined> {
    const [row] = await tx.rows<{ userId: Buffer }>(
      'SELECT user_id AS userId FROM add_links WHERE code_hash = :codeHash',
      { codeHash },
    );
    return row && fromBytes<UserId>(row.userId);
  },
};
