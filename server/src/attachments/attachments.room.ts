import type { UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { SealedFiles } from '../platform/files/sealedFiles.ts';
import type { AttachmentRepository } from './attachments.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<AttachmentRepository, 'bytesOf' | 'bytesOfAll'>;
  readonly files: Pick<SealedFiles, 'hasRoom'>;
  readonly userQuotaBytes: number;
  readonly totalQuotaBytes: number | null;
}

/** @throws AppError `storage-full` or `quota-used-up` when a file of this size is not to be taken. */
export type RequireRoom = (userId: UserId, size: number) => Promise<void>;

/** The sum over all rows is asked for this often at most. */
const TOTAL_KEPT_MS = 30_000;

/** Whether there is room for one more file: on the disk, of this person's share, of the server's (SECURITY 16). */
export function createRoom({ db, repository, files, userQuotaBytes, totalQuotaBytes }: Deps): RequireRoom {
  let total = { bytes: 0, at: Number.NEGATIVE_INFINITY };

  return async (userId, size) => {
    if (!(await files.hasRoom())) throw new AppError('storage-full', 'the disk is nearly full');
    if ((await repository.bytesOf(db, userId)) + size > userQuotaBytes) throw new AppError('quota-used-up');
    if (totalQuotaBytes === null) return;
    if (performance.now() - total.at > TOTAL_KEPT_MS)
      total = { bytes: await repository.bytesOfAll(db), at: performance.now() };
    if (total.bytes + size > totalQuotaBytes) throw new AppError('storage-full', 'the quota of the server');
    total.bytes += size;
  };
}
