import { GROUP_MEMBERS_MAX, type Chat, type ChatChanges, type ChatSummary, type Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { MessageLifetime } from '@dialog/shared/messages.values';
import type { User } from '@dialog/shared/users';
import { AppError } from '../platform/appError.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { BARS } from '../platform/mysql/memberBars.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { UserService } from '../users/users.service.ts';
import { toPlace } from './chats.arranging.ts';
import { createChatActs, type ChatAct, type ChatActsDeps } from './chats.acts.ts';
import { barRepository, directKeyOf } from './chats.bars.ts';
import type { BanRepository } from './chats.bans.repository.ts';
import type { ChatChange } from './chats.change.ts';
import { createMemberLists } from './chats.memberLists.ts';
import { toChat } from './chats.sealed.ts';
import { requireGroup, requireGroupManager, requireRole } from './chats.rights.ts';
import type { Seat, StoredMember } from './chats.repository.ts';

export interface ChatServiceDeps extends ChatActsDeps {
  readonly users: Pick<UserService, 'load'>;
  readonly bans: Pick<BanRepository, 'isAnyBanned' | 'removeAll'>;
  /** In the act that makes a direct chat. @throws AppError when the one may not write to the other. */
  readonly directChatMade: (
    tx: Tx,
    made: { readonly chatId: ChatId; readonly actorId: UserId; readonly peerId: UserId },
  ) => Promise<void>;
  /** Those of these people whom this one may add to groups. */
  readonly addableBy: (tx: Tx, actorId: UserId, userIds: readonly UserId[]) => Promise<ReadonlySet<UserId>>;
  /** What else goes with a chat, in the same transaction. */
  readonly chatRemoved: (tx: Tx, chatId: ChatId) => Promise<void>;
}

export type ChatService = ReturnType<typeof createChatService>;

/**
 * Chats and who is in them. Every durable change of a chat goes through `changeChat`: one transaction under the chat's
 * row lock, one frame told after the commit. A stranger and a former member get `chat-not-found` for everything:
 * whether a chat exists is its members' business.
 */
export function createChatService(deps: ChatServiceDeps) {
  const { db, repository } = deps;
  const { changeChat, changeChatAsServer, create } = createChatActs(deps);

  async function summaryFor(userId: UserId, chatId: ChatId): Promise<ChatSummary | undefined> {
    return (await deps.summariesOf(db, chatId, [userId])).get(userId);
  }

  async function requireSummary(userId: UserId, chatId: ChatId | undefined): Promise<ChatSummary> {
    const summary = chatId && (await summaryFor(userId, chatId));
    if (!summary) throw new Error('a chat that was just found is gone');
    return summary;
  }

  /** @throws chat-not-found unless this person is in the chat now. */
  async function requireMember(tx: Tx, userId: UserId, chatId: ChatId): Promise<Role> {
    return (await requireSeat(tx, userId, chatId)).role;
  }

  async function requireSeat(tx: Tx, userId: UserId, chatId: ChatId): Promise<Seat> {
    const seat = await repository.seatOf(tx, chatId, userId);
    if (!seat) throw new AppError('chat-not-found', 'not a member');
    return seat;
  }

  /** @throws chat-not-found, or not-allowed for who is neither owner nor admin. */
  async function requireManager(tx: Tx, userId: UserId, chatId: ChatId): Promise<void> {
    if ((await requireMember(tx, userId, chatId)) === 'member') throw new AppError('not-allowed', 'needs another role');
  }

  async function requireUsers(tx: Tx, userIds: readonly UserId[]): Promise<User[]> {
    const users = await deps.users.load(tx, userIds);
    if (users.size < userIds.length) throw new AppError('user-not-found');
    return [...users.values()];
  }

  async function requireTarget(change: ChatChange, userId: UserId): Promise<StoredMember & { role: Role }> {
    const [member] = await repository.membersAmong(change.tx, change.chatId, [userId]);
    if (!member?.role) throw new AppError('member-not-found');
    return { ...member, role: member.role };
  }

  /** @throws group-full, member-banned; then nobody came in. */
  async function letIn(change: ChatChange, users: readonly User[]): Promise<void> {
    if (change.chat().memberCount + users.length > GROUP_MEMBERS_MAX) throw new AppError('group-full');
    const ids = users.map((user) => user.id);
    if (await deps.bans.isAnyBanned(change.tx, change.chatId, ids)) throw new AppError('member-banned');
    await change.addMembers(users, () => 'member');
  }

  async function refuseLastOwner(change: ChatChange): Promise<void> {
    if ((await repository.countOwners(change.tx, change.chatId)) < 2) throw new AppError('last-owner');
  }

  return {
    changeChat,
    changeChatAsServer,

    requireMember,
    requireManager,
    requireGroupManager,

    /** Nothing at or before the position answered stands to them. @throws chat-not-found as `requireMember` */
    clearedFor: async (tx: Tx, userId: UserId, chatId: ChatId) => (await requireSeat(tx, userId, chatId)).cleared,

    ...createMemberLists({ ...deps, requireMember }),

    letIn,
    summaryFor,

    presentChat: toChat,
    presentPlace: toPlace,

    isBanned: (tx: Tx, chatId: ChatId, userId: UserId) => deps.bans.isAnyBanned(tx, chatId, [userId]),

    isMember: async (tx: Tx, chatId: ChatId, userId: UserId) => Boolean(await repository.seatOf(tx, chatId, userId)),

    /** Its owners and admins, so many at most. */
    managersOf: (chatId: ChatId, limit: number) => repository.managersOf(db, chatId, limit),

    /** The chat as it is, whoever asks. */
    async readChat(tx: Tx, chatId: ChatId): Promise<Chat | undefined> {
      const chat = await repository.read(tx, chatId);
      return chat && toChat(chat, (await deps.keys.numbered(tx, [chat])).get(chatId) ?? null);
    },

    /** Those of these people with whom this person shares a chat, or once did. */
    acquaintancesAmong: (userId: UserId, userIds: readonly UserId[]) =>
      repository.acquaintancesAmong(db, userId, userIds),

    /** Those of these people who share a chat with this person now. */
    fellowsAmong: (userId: UserId, userIds: readonly UserId[]) => repository.fellowsAmong(db, userId, userIds),

    async createDirectChat(actorId: UserId, peerId: UserId): Promise<ChatSummary> {
      if (peerId === actorId) throw new AppError('user-not-found', 'a direct chat needs another person');
      const key = directKeyOf(actorId, peerId);
      const existing = await repository.findByDirectKey(db, key);
      if (!existing) await makeSmallChat({ kind: 'direct', actorId, directKey: key }, [actorId, peerId]);
      return requireSummary(actorId, existing ?? (await repository.findByDirectKey(db, key)));
    },

    /** Kept like a direct chat whose two people are one, so that there is one of it. */
    async openNotes(userId: UserId): Promise<ChatSummary> {
      const key = directKeyOf(userId, userId);
      const existing = await repository.findByDirectKey(db, key);
      if (!existing) await makeSmallChat({ kind: 'notes', actorId: userId, directKey: key }, [userId]);
      return requireSummary(userId, existing ?? (await repository.findByDirectKey(db, key)));
    },

    async createGroup(
      actorId: UserId,
      group: { id: ChatId; title: string; memberIds: readonly UserId[] },
    ): Promise<ChatSummary & { notAdded: UserId[] }> {
      const people = [...new Set([actorId, ...group.memberIds])];
      let notAdded: UserId[] = [];
      await create({ id: group.id, kind: 'group', actorId, directKey: null }, async (change) => {
        const users = await requireUsers(change.tx, people);
        const addable = await deps.addableBy(change.tx, actorId, people);
        notAdded = people.filter((userId) => !addable.has(userId));
        change.setTitle(group.title);
        const added = users.filter(({ id }) => addable.has(id));
        await change.addMembers(added, (userId) => (userId === actorId ? 'owner' : 'member'));
        await change.note({ what: 'groupCreated', title: group.title });
      }).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
      // The id again, from the same person: the same group. From anyone else who is not in it: taken, and no more said.
      const summary = await summaryFor(actorId, group.id);
      if (!summary) throw new AppError('id-taken');
      return { ...summary, notAdded };
    },

    async renameGroup(act: ChatAct, title: string): Promise<ChatChanges> {
      const { changes } = await changeChat(act, async (change) => {
        requireGroup(change);
        requireRole(change, ['owner', 'admin']);
        if (toChat(change.chat(), change.key).title === title) return;
        change.setTitle(title);
        await change.note({ what: 'groupRenamed', title });
      });
      return changes;
    },

    /** What stands already keeps the time it was given. */
    async setMessageLifetime(act: ChatAct, seconds: MessageLifetime | null): Promise<ChatChanges> {
      const { changes } = await changeChat(act, async (change) => {
        if (change.chat().kind === 'group') requireRole(change, ['owner', 'admin']);
        if ((change.actorBars & BARS.blocks) > 0) throw new AppError('blocked-by-you');
        const before = change.chat().messageLifetimeSeconds;
        if (before === seconds) return;
        if ((change.actorBars & BARS.withheld) > 0) await barRepository.keepLifetime(change.tx, act, before);
        change.setMessageLifetime(seconds);
        await change.note({ what: 'lifetimeChanged', seconds });
      });
      return changes;
    },

    /** Those already in are passed over; if that is all of them, `already-a-member`. Who does not let them is answered. */
    async addMembers(act: ChatAct, userIds: readonly UserId[]): Promise<ChatChanges & { notAdded: UserId[] }> {
      const { changes, result } = await changeChat(act, async (change) => {
        requireGroupManager(change);
        const users = await requireUsers(change.tx, [...new Set(userIds)]);
        const present = await repository.membersAmong(change.tx, act.chatId, userIds);
        const isIn = new Set(present.map((member) => member.user.id));
        const wanted = users.filter((user) => !isIn.has(user.id)).map((user) => user.id);
        if (wanted.length === 0) throw new AppError('already-a-member');
        const addable = await deps.addableBy(change.tx, act.actorId, wanted);
        const added = users.filter((user) => addable.has(user.id));
        if (added.length > 0) {
          await letIn(change, added);
          await change.note({ what: 'membersAdded', userIds: added.map((user) => user.id) });
        }
        return wanted.filter((userId) => !addable.has(userId));
      });
      return { ...changes, notAdded: result };
    },

    async removeMember(act: ChatAct, userId: UserId): Promise<ChatChanges> {
      const { changes } = await changeChat(act, async (change) => {
        requireGroup(change);
        requireRole(change, ['owner', 'admin']);
        if (userId === act.actorId) throw new AppError('not-allowed', 'one leaves by leaving');
        const target = await requireTarget(change, userId);
        if (change.actorRole === 'admin' && target.role !== 'member')
          throw new AppError('not-allowed', 'admins remove plain members');
        await change.endMembership(target.user);
        await change.note({ what: 'memberRemoved', userId });
      });
      return changes;
    },

    async changeRole(act: ChatAct, userId: UserId, role: Role): Promise<ChatChanges> {
      const { changes } = await changeChat(act, async (change) => {
        requireGroup(change);
        requireRole(change, ['owner']);
        const target = await requireTarget(change, userId);
        if (target.role === role) return;
        if (target.role === 'owner') await refuseLastOwner(change);
        await change.changeRole(target.user, role);
        await change.note({ what: 'roleChanged', userId, role });
      });
      return changes;
    },

    /** The last person out takes the chat with them: its key first of all. */
    async leaveGroup(act: ChatAct): Promise<void> {
      await changeChat(act, async (change) => {
        requireGroup(change);
        const self = await requireTarget(change, act.actorId);
        if (change.chat().memberCount > 1 && self.role === 'owner') await refuseLastOwner(change);
        await change.endMembership(self.user);
        if (change.chat().memberCount > 0) {
          await change.note({ what: 'memberLeft' });
          return;
        }
        await repository.remove(change.tx, act.chatId);
        await deps.bans.removeAll(change.tx, act.chatId);
        await deps.chatRemoved(change.tx, act.chatId);
      });
    },
  };

  async function makeSmallChat(
    chat: { kind: 'direct' | 'notes'; actorId: UserId; directKey: Buffer },
    userIds: readonly UserId[],
  ): Promise<void> {
    await create({ id: newId<ChatId>(), ...chat }, async (change) => {
      const users = await requireUsers(change.tx, userIds);
      await change.addMembers(users, () => 'member');
      const [actorId, peerId] = userIds;
      if (actorId && peerId) await deps.directChatMade(change.tx, { chatId: change.chatId, actorId, peerId });
    }).catch((error: unknown) => {
      // The other person, or another device, had the same thought at the same moment: theirs is the chat.
      if (!isDuplicate(error)) throw error;
    });
  }
}
