import { ChatId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { ChatService } from './chats.service.ts';
import type { ToldProfileRepository } from './chats.profiles.repository.ts';

/** The name of the job that whoever changes a profile writes into its transaction. */
export const PROFILE_CHANGED = 'chats.profileChanged';

/** One after the other: so many take a second or two, well within the time of a job. */
const CHATS_AT_A_TIME = 200;
/** More chats than these do not fail one by one: something is wrong with the server. */
const PASSED_MAX = 1_000;

const Payload = z.object({ userId: UserId, passed: z.optional(z.array(ChatId)) });

interface Deps {
  readonly db: Database;
  readonly jobs: Jobs;
  readonly chats: Pick<ChatService, 'changeChatAsServer'>;
  readonly repository: ToldProfileRepository;
  readonly onError: (error: unknown) => void;
}

/**
 * A person has another name or picture: each of their chats learns of it as of any change of a member, at its next
 * revision (R1). Every membership says which profile its chat was told, so the walk finds what is left to do by itself: it
 * may run again, twice at once, or for several changes together, and tells each chat the newest once. A chat that cannot be
 * told (its key does not open) is passed over, and tried again when all others know.
 */
export function createProfileWalk({ db, jobs, chats, repository, onError }: Deps): void {
  jobs.handle(PROFILE_CHANGED, async (payload) => {
    const { userId, passed = [] } = z.parse(Payload, payload);
    const chatIds = await repository.untold(db, userId, { besides: passed, limit: CHATS_AT_A_TIME });
    const failed: { readonly chatId: ChatId; readonly error: unknown }[] = [];
    for (const chatId of chatIds) {
      // oxlint-disable-next-line no-await-in-loop -- a person of a thousand chats holds up nobody else
      await tell(chatId, userId).catch((error: unknown) => failed.push({ chatId, error }));
    }
    const all = [...passed, ...failed.map(({ chatId }) => chatId)];
    const hasMore = chatIds.length === CHATS_AT_A_TIME && all.length <= PASSED_MAX;
    // The last ones are tried again with this job.
    if (failed.length > 0 && !hasMore) throw failed[0]?.error;
    for (const { error } of failed) onError(error);
    if (!hasMore) return;
    await db.transaction((tx) => jobs.add(tx, PROFILE_CHANGED, { userId, passed: all }));
    jobs.kick();
  });

  async function tell(chatId: ChatId, userId: UserId): Promise<void> {
    try {
      await chats.changeChatAsServer({ chatId, actorId: userId }, async (change) => {
        const member = await repository.untoldMember(change.tx, chatId, userId);
        if (member) await change.refreshMember(member.user, member.role);
      });
    } catch (error) {
      // The chat went meanwhile.
      if (!(error instanceof AppError && error.code === 'chat-not-found')) throw error;
    }
  }
}
