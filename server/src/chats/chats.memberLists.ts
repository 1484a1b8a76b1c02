import { MEMBERS_FOUND_MAX, MEMBERS_PAGE, type Member, type Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Database, Tx } from '../platform/database.ts';
import type { ChatRepository } from './chats.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<ChatRepository, 'pageOfMembers' | 'membersByName'>;
  /** @throws chat-not-found */
  readonly requireMember: (tx: Tx, userId: UserId, chatId: ChatId) => Promise<Role>;
}

/**
 * Who is in a chat, to its members: page by page, or by the beginning of a name. Both name the same people: whom one of them
 * leaves out would know of a block.
 */
export function createMemberLists({ db, repository, requireMember }: Deps) {
  return {
    async listMembers(
      userId: UserId,
      chatId: ChatId,
      after: UserId | null,
    ): Promise<{ members: Member[]; hasMore: boolean }> {
      await requireMember(db, userId, chatId);
      const rows = await repository.pageOfMembers(db, { chatId, after, limit: MEMBERS_PAGE + 1 });
      return {
        members: rows.slice(0, MEMBERS_PAGE).map((row) => ({ chatId, ...row })),
        hasMore: rows.length > MEMBERS_PAGE,
      };
    },

    async findMembers(userId: UserId, chatId: ChatId, name: string): Promise<{ members: Member[] }> {
      await requireMember(db, userId, chatId);
      const rows = await repository.membersByName(db, { chatId, beginning: name, limit: MEMBERS_FOUND_MAX });
      return { members: rows.map((row) => ({ chatId, ...row })) };
    },
  };
}
