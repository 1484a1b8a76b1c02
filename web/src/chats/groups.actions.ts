import { chatRoutes, type Member } from '@dialog/shared/chats';
import { type Ban, groupRoutes, type GroupSettings } from '@dialog/shared/chats.groups';
import { groupPictureRoutes } from '@dialog/shared/chats.pictures';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Call } from '../platform/api.ts';
import { base64Of } from '../platform/base64.ts';
import type { ChatSync } from './chats.sync.ts';

/** On a slow line a picture takes its time. */
const SLOWLY = { timeoutMs: 60_000 };

/** What owners and admins do to a group. Each rejects with an ApiError and changes nothing then. */
export interface GroupActions {
  change(chatId: ChatId, settings: GroupSettings): Promise<void>;
  /** JPEG, square. */
  setPicture(chatId: ChatId, picture: Blob): Promise<void>;
  removePicture(chatId: ChatId): Promise<void>;
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
    async setPicture(chatId, picture) {
      const body = { picture: await base64Of(picture) };
      sync.learn(await call(groupPictureRoutes.setGroupPicture, { params: { chatId }, body }, SLOWLY));
    },
    async removePicture(chatId) {
      sync.learn(await call(groupPictureRoutes.removeGroupPicture, { params: { chatId } }));
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
