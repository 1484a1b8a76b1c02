import { chatRoutes, type Member } from '@dialog/shared/chats';
import { type Ban, groupRoutes, type GroupSettings } from '@dialog/shared/chats.groups';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Call } from '../platform/api.ts';
import type { ChatSync } from './chats.sync.ts';

/** What owners and admins do to a group. Each rejects with an ApiError and changes nothing then. */
export interface GroupActions {
  change(chatId: ChatId, settings: GroupSettings): Promise<void>;
  /** Members whose name begins with this, a few; however large the group is. */
  findMembers(chatId: ChatId, name: string): Promise<readonly Member[]>;
  ban(chatId: ChatId, userId: UserId): Promise<void>;
  liftBan(chatId: ChatId, userId: UserId): Promise<void>;
  /** A page of those banned, after `after`. */
  bans(chatId: ChatId, after: UserId | undefined): Promise<{ bans: readonly Ban[]; hasMore: boolean }>;
}

export function createGroupActions(call: Call, sync: ChatSync): GroupActions {
  return {
    async change(chatId, settings) {
      sync.learn(await call(groupRoutes.changeGroup, { params: { chatId }, body: settings }));
    },
    async findMembers(chatId, name) {
      const { members } = await call(chatRoutes.findMembers, { params: { chatId }, query: { name } });
      sync.people.learn(members.map(({ user }) => user));
      return members;
    },
    async ban(chatId, userId) {
      sync.learn(await call(groupRoutes.banMember, { params: { chatId, userId } }));
    },
    async liftBan(chatId, userId) {
      await call(groupRoutes.liftBan, { params: { chatId, userId } });
    },
    bans: (chatId, after) => call(groupRoutes.listBans, { params: { chatId }, query: after ? { after } : {} }),
  };
}
