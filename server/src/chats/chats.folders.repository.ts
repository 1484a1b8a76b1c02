import type { UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';

export interface StoredFolders {
  /** The person's revision when they last changed. */
  readonly revision: number;
  /** Sealed. */
  readonly body: Buffer;
}

export type FolderRepository = typeof folderRepository;

export const folderRepository = {
  async find(tx: Tx, userId: UserId): Promise<StoredFolders | undefined> {
    const [row] = await tx.rows<{ revision: number; body: Buffer }>(
      'SELECT revision, body FROM folder_lists WHERE user_id = :userId',
      { userId: toBytes(userId) },
    );
    return row;
  },

  async save(tx: Tx, userId: UserId, { revision, body }: StoredFolders): Promise<void> {
    await tx.run(
      `INSERT INTO folder_lists (user_id, revision, body) VALUES (:userId, :revision, :body)
       ON DUPLICATE KEY UPDATE revision = VALUES(revision), body = VALUES(body)`,
      { userId: toBytes(userId), revision, body },
    );
  },
};
