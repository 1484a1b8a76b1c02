import type { ChatChanges } from '@dialog/shared/chats';
import { BANS_PAGE, type Ban } from '@dialog/shared/chats.groups';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { UserService } from '../users/users.service.ts';
import type { ChatAct } from './chats.acts.ts';
import type { BanRepository } from './chats.bans.repository.ts';
import { requireGroupManager } from './chats.rights.ts';
import type { ChatRepository } from './chats.repository.ts';
import type { ChatService } from './chats.service.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'changeChat' | 'requireManager'>;
  readonly users: Pick<UserService, 'load'>;
  readonly members: Pick<ChatRepository, 'membersAmong'>;
  readonly repository: BanRepository;
  readonly now: () => Date;
}

export type Bans = ReturnType<typeof createBans>;

/** Keeping somebody out of a group: removed if they are in it, and not to come back in any way until it is lifted. */
export function createBans({ db, chats, users, members, repository, now }: Deps) {
  return {
    async ban(act: ChatAct, userId: UserId): Promise<ChatChanges> {
      const { changes } = await chats.changeChat(act, async (change) => {
        requireGroupManager(change);
        if (userId === act.actorId) throw new AppError('not-allowed', 'nobody bans themselves');
        const user = (await users.load(change.tx, [userId])).get(userId);
        if (!user) throw new AppError('user-not-found');
        const [member] = await members.membersAmong(change.tx, act.chatId, [userId]);
        if (change.actorRole === 'admin' && member && member.role !== 'member')
          throw new AppError('not-allowed', 'admins ban plain members');
        if (!member && (await repository.isAnyBanned(change.tx, act.chatId, [userId]))) return;
        await repository.put(change.tx, act.chatId, { userId, bannedBy: act.actorId, at: now() });
        if (member) await change.endMembership(user);
        await change.note({ what: 'memberBanned', userId });
      });
      return changes;
    },

    /** Who is not banned may be let in anyway: there is nothing to refuse. */
    async lift(act: ChatAct, userId: UserId): Promise<void> {
      await chats.changeChat(act, async (change) => {
        requireGroupManager(change);
        await repository.remove(change.tx, act.chatId, userId);
      });
    },

    async list(actorId: UserId, chatId: ChatId, after: UserId | null): Promise<{ bans: Ban[]; hasMore: boolean }> {
      await chats.requireManager(db, actorId, chatId);
      const bans = await repository.page(db, { chatId, after, limit: BANS_PAGE + 1 });
      return { bans: bans.slice(0, BANS_PAGE), hasMore: bans.length > BANS_PAGE };
    },
  };
}
