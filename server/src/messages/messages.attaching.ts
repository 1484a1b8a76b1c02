import type { Attachment } from '@dialog/shared/attachments';
import type { AttachmentId, MessageId } from '@dialog/shared/contract/values';
import type { AttachmentService } from '../attachments/attachments.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Tx } from '../platform/database.ts';
import type { KeyedDraft } from './messages.drafts.ts';

/** What becomes of the files that a draft names: they are its own now, or why not. */
export type Claims = ReadonlyMap<MessageId, readonly Attachment[] | AppError>;

/**
 * Claims the files of these drafts, under lock until the batch commits. One that cannot be had refuses its draft and no
 * other; of two drafts that name the same file the first gets it.
 */
export async function claimAttachments(
  attachments: Pick<AttachmentService, 'claim'>,
  tx: Tx,
  drafts: readonly KeyedDraft[],
): Promise<Claims> {
  const claims = new Map<MessageId, readonly Attachment[] | AppError>();
  const taken = new Set<AttachmentId>();
  for (const { id, chatId, senderId, key, attachmentIds: ids = [], isScheduled: isHeld = false } of drafts) {
    if (ids.some((one) => taken.has(one))) {
      claims.set(id, new AppError('attachment-not-ready', 'twice in a batch'));
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop -- one connection
    const claimed = await attachments.claim(tx, { chatId, senderId, ids, isHeld }, key).catch(asRefusal);
    claims.set(id, claimed);
    if (!(claimed instanceof AppError)) ids.forEach((one) => taken.add(one));
  }
  return claims;
}

/** A database that is busy is everyone's trouble; a file that is not there is its sender's. */
function asRefusal(error: unknown): AppError {
  if (error instanceof AppError && error.code !== 'busy') return error;
  throw error;
}
