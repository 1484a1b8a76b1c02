import { chatRoutes, type Role } from '@dialog/shared/chats';
import { ChatId, type UserId } from '@dialog/shared/contract/values';
import type { MessageLifetime } from '@dialog/shared/messages.values';
import { type User, userRoutes } from '@dialog/shared/users';
import { uuidv7 } from 'uuidv7';
import type { Call } from '../platform/api.ts';
import type { ChatSync } from './chats.sync.ts';

/** What a person does to chats. Each rejects with an ApiError and changes nothing then. */
export interface ChatActions {
  findUser(userName: string, signal?: AbortSignal): Promise<User>;
  openDirect(userId: UserId): Promise<ChatId>;
  /** The id comes from `newGroupId`: a retry under it makes the same group. */
  createGroup(group: {
    id: ChatId;
    title: string;
    memberIds: readonly UserId[];
  }): Promise<{ chatId: ChatId; notAdded: readonly UserId[] }>;
  rename(chatId: ChatId, title: string): Promise<void>;
  /** Null: messages stay. */
  setMessageLifetime(chatId: ChatId, seconds: MessageLifetime | null): Promise<void>;
  /** Answers who does not let themselves be added. */
  addMembers(chatId: ChatId, userIds: readonly UserId[]): Promise<readonly UserId[]>;
  removeMember(chatId: ChatId, userId: UserId): Promise<void>;
  changeRole(chatId: ChatId, userId: UserId, role: Role): Promise<void>;
  leave(chatId: ChatId): Promise<void>;
  /** Members whose user name or name begins with this. */
  findMembers(chatId: ChatId, name: string): Promise<readonly User[]>;
  /** The next page of members, after the last one known. */
  loadMembers(chatId: ChatId, after: UserId | undefined): Promise<void>;
}

export function newGroupId(): ChatId {
  return ChatId.parse(uuidv7());
}

export function createChatActions(call: Call, sync: ChatSync): ChatActions {
  return {
    findUser: (userName, signal) => call(userRoutes.findUser, { params: { userName } }, signal && { signal }),
    async openDirect(userId) {
      const summary = await call(chatRoutes.createDirectChat, { body: { userId } });
      sync.learnSummary(summary);
      return summary.chat.id;
    },
    async createGroup({ id, title, memberIds }) {
      const body = { id, title, memberIds: [...memberIds] };
      const { notAdded, ...summary } = await call(chatRoutes.createGroup, { body });
      sync.learnSummary(summary);
      return { chatId: summary.chat.id, notAdded };
    },
    async rename(chatId, title) {
      sync.learn(await call(chatRoutes.renameGroup, { params: { chatId }, body: { title } }));
    },
    async setMessageLifetime(chatId, seconds) {
      sync.learn(await call(chatRoutes.setMessageLifetime, { params: { chatId }, body: { seconds: seconds ?? 0 } }));
    },
    async addMembers(chatId, userIds) {
      const body = { userIds: [...userIds] };
      const { notAdded, ...changes } = await call(chatRoutes.addMembers, { params: { chatId }, body });
      sync.learn(changes);
      return notAdded;
    },
    async removeMember(chatId, userId) {
      sync.learn(await call(chatRoutes.removeMember, { params: { chatId, userId } }));
    },
    async changeRole(chatId, userId, role) {
      sync.learn(await call(chatRoutes.changeRole, { params: { chatId, userId }, body: { role } }));
    },
    async leave(chatId) {
      await call(chatRoutes.leaveGroup, { params: { chatId } });
      sync.forget(chatId);
    },
    async findMembers(chatId, name) {
      const { members } = await call(chatRoutes.findMembers, { params: { chatId }, query: { name } });
      const users = members.map(({ user }) => user);
      sync.people.learn(users);
      return users;
    },
    async loadMembers(chatId, after) {
      const { members, hasMore } = await call(chatRoutes.listMembers, {
        params: { chatId },
        query: after ? { after } : {},
      });
      sync.learnMembers(chatId, { members, isFirst: after === undefined, hasMore });
    },
  };
}
