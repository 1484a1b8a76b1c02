import { BARS } from '../platform/mysql/memberBars.ts';
import { AppError } from '../platform/appError.ts';
import type { LockedHead, LockedSender } from './messages.posting.repository.ts';

/**
 * Why this member may not post now: to whom they blocked, or who does not let them; where only owners and admins do; not so
 * soon. Whoever is blocked is not refused. `postedAt` of their last message
 * is null while they have not posted under slow mode.
 */
export function refusalOf(head: LockedHead, sender: LockedSender, now: Date): AppError | null {
  if ((sender.bars & BARS.blocks) > 0) return new AppError('blocked-by-you');
  if ((sender.bars & BARS.refused) > 0) return new AppError('not-reachable');
  if (sender.role !== 'member') return null;
  if (head.isAnnouncementOnly) return new AppError('announcement-only');
  if (head.slowModeSeconds === 0 || !sender.lastPostedAt) return null;
  const waitMs = sender.lastPostedAt.getTime() + head.slowModeSeconds * 1_000 - now.getTime();
  if (waitMs <= 0) return null;
  // Another node's clock may be ahead; nobody waits longer than the group says.
  const retryAfterSeconds = Math.min(head.slowModeSeconds, Math.ceil(waitMs / 1_000));
  return new AppError('slow-mode', undefined, { retryAfterSeconds });
}

/** When this member posts must be written down. */
export function isPaced(head: LockedHead, sender: LockedSender): boolean {
  return head.slowModeSeconds > 0 && sender.role === 'member';
}
