import { type ChatId, UserId } from '@dialog/shared/contract/values';
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

interface Deps {
  readonly db: Database;
  readonly jobs: Jobs;
  readonly chats: Pick<ChatService, 'changeChatAsServer'>;
  readonly repository: ToldProfileRepository;
}

/**
 * A person has another name or picture: each of their chats learns of it as of any change of a member, at its next
 * revision (R1). Every membership says which profile its chat was told, so the walk finds what is left to do by itself: it
 * may run again, twice at once, or for several changes together, and tells each chat the newest once.
 */
export function createProfileWalk({ db, jobs, chats, repository }: Deps): void {
  jobs.handle(PROFILE_CHANGED, async (payload) => {
    const { userId } = z.parse(z.object({ userId: UserId }), payload);
    const chatIds = await repository.untold(db, userId, CHATS_AT_A_TIME);
    // oxlint-disable-next-line no-await-in-loop -- a person of a thousand chats holds up nobody else
    for (const chatId of chatIds) await tell(chatId, userId);
    if (chatIds.length < CHATS_AT_A_TIME) return;
    await db.transaction((tx) => jobs.add(tx, PROFILE_CHANGED, { userId }));
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
