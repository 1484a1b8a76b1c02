import { ChatId, Revision, UserId } from '@dialog/shared/contract/values';
import { mentionsIn } from '@dialog/shared/mentions';
import * as z from 'zod';
import { AppError } from '../platform/appError.ts';
import type { WriteTx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Posted } from './messages.batch.ts';
import { repliesOf } from './messages.stored.ts';
import type { Threads } from './messages.threads.ts';

const TOPIC = 'messages.followThread';

const Joined = z.object({
  chatId: ChatId,
  root: Revision,
  userId: UserId,
  /** What they have seen of it, or written. */
  readPosition: Revision,
  /** They wrote in it: that counts more than that they once did not want to hear of it. */
  isWriter: z.boolean(),
});
type Joined = z.infer<typeof Joined>;

interface Deps {
  readonly threads: Pick<Threads, 'change'>;
  readonly jobs: Pick<Jobs, 'addAtCommit' | 'handle' | 'kick'>;
}

/**
 * Who wrote a message follows its thread, and so does who writes in it or is called by name there. It is their own state,
 * under locks that posting does not take: an outbox row of the same transaction asks for it (R8), where there is somebody
 * new; among those who wrote last nobody is.
 */
export function createThreadFollowing({ threads, jobs }: Deps) {
  jobs.handle(TOPIC, async (payload) => {
    const { isWriter, readPosition, ...look } = z.parse(Joined, payload);
    await threads
      .change(look, async (known) => {
        if (known && (known.isFollowing || !isWriter)) return null;
        return { isFollowing: true, readPosition };
      })
      .catch((error: unknown) => {
        // Out of the group, or the group is gone.
        if (!(error instanceof AppError) || error.code !== 'chat-not-found') throw error;
      });
  });

  return {
    followAtCommit(tx: WriteTx, posted: readonly Posted[]): void {
      const joined = posted.flatMap(joinedBy);
      if (joined.length > 0) jobs.addAtCommit(tx, TOPIC, joined);
    },

    /** After the commit. */
    told(changed: readonly { readonly thread?: number | undefined }[]): void {
      if (changed.some(({ thread }) => thread !== undefined)) jobs.kick();
    },
  };
}

function joinedBy({ message, root }: Posted): Joined[] {
  if (!root) return [];
  const { chatId, senderId, position, content } = message;
  const thread = { chatId, root: root.position };
  const before = repliesOf(root);
  const joined: Joined[] = [];
  if (!before && root.senderId !== senderId)
    joined.push({ ...thread, userId: root.senderId, readPosition: 0, isWriter: false });
  if (!before?.writers.includes(senderId))
    joined.push({ ...thread, userId: senderId, readPosition: position, isWriter: true });
  const called = content.kind === 'text' ? mentionsIn(content.text).userIds : [];
  for (const userId of called)
    if (userId !== senderId) joined.push({ ...thread, userId, readPosition: position - 1, isWriter: false });
  return joined;
}
