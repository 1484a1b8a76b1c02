import type { UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import type { AttachmentRepository } from './attachments.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<AttachmentRepository, 'bytesOf' | 'bytesOfAll' | 'bytesOfHeld'>;
  readonly files: Pick<SealedFiles, 'hasRoom'>;
  readonly userQuotaBytes: number;
  readonly totalQuotaBytes: number | null;
}

export interface Room {
  /** Before anything is done for it. @throws AppError `storage-full` or `quota-used-up` for a file of this size. */
  require(userId: UserId, size: number): Promise<void>;
  /** In the transaction that puts it down, where no other of theirs comes between. @throws AppError `quota-used-up` */
  hold(tx: Tx, userId: UserId, size: number): Promise<void>;
}

/** The sum over all rows is asked for this often at most. */
const TOTAL_KEPT_MS = 30_000;

/** Whether there is room for one more file: on the disk, of this person's share, of the server's (SECURITY 16). */
export function createRoom({ db, repository, files, userQuotaBytes, totalQuotaBytes }: Deps): Room {
  let total = { bytes: 0, at: Number.NEGATIVE_INFINITY };

  return {
    async require(userId, size) {
      if (!(await files.hasRoom())) throw new AppError('storage-full', 'the disk is nearly full');
      if ((await repository.bytesOf(db, userId)) + size > userQuotaBytes) throw new AppError('quota-used-up');
      if (totalQuotaBytes === null) return;
      if (performance.now() - total.at > TOTAL_KEPT_MS)
        total = { bytes: await repository.bytesOfAll(db), at: performance.now() };
      if (total.bytes + size > totalQuotaBytes) throw new AppError('storage-full', 'the quota of the server');
      total.bytes += size;
    },

    async hold(tx, userId, size) {
      if ((await repository.bytesOfHeld(tx, userId)) + size > userQuotaBytes) throw new AppError('quota-used-up');
    },
  };
}
