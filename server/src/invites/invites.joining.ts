import type { Chat, ChatChanges } from '@dialog/shared/chats';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { type inviteRoutes, type JoinRequest, REQUESTS_PAGE } from '@dialog/shared/invites';
import type { ChatChange } from '../chats/chats.change.ts';
import type { GroupPictures } from '../chats/chats.pictures.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { UserService } from '../users/users.service.ts';
import { hashOf } from './invites.codes.ts';
import type { InviteRepository, StoredInvite } from './invites.repository.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<
    ChatService,
    | 'changeChat'
    | 'changeChatAsServer'
    | 'isBanned'
    | 'isMember'
    | 'letIn'
    | 'readChat'
    | 'requireGroupManager'
    | 'requireManager'
    | 'summaryFor'
  >;
  readonly users: Pick<UserService, 'load'>;
  readonly pictures: Pick<GroupPictures, 'readForGuest'>;
  readonly repository: InviteRepository;
  readonly now: () => Date;
  /** The number of those who wait has changed. */
  readonly requestsChanged: (chatId: ChatId, requestCount: number) => Promise<void>;
}

type LookedUp = RouteReply<typeof inviteRoutes.lookUpInvite>;
type Joined = RouteReply<typeof inviteRoutes.joinByInvite>;

export type Joining = ReturnType<typeof createJoining>;

/**
 * Coming into a group by a link. Whatever is wrong with a link, or with who comes by it, is answered alike: it must not
 * be learned whether a code ever was one, nor that one is banned.
 */
export function createJoining({ db, chats, users, pictures, repository, now, requestsChanged }: Deps) {
  async function requireInvite(code: string, userId: UserId): Promise<StoredInvite> {
    const invite = await repository.findAlive(db, hashOf(code), now());
    if (!invite || (await chats.isBanned(db, invite.chatId, userId))) throw new AppError('invite-not-found');
    return invite;
  }

  /** One that was changed at this moment is left out: the page is there without it. */
  async function pictureOf({ pictureId }: Chat): Promise<{ picture?: string }> {
    const bytes = pictureId && (await pictures.readForGuest(pictureId).catch(() => undefined));
    return bytes ? { picture: bytes.toString('base64') } : {};
  }

  async function tellRequests(chatId: ChatId): Promise<void> {
    await requestsChanged(chatId, await repository.countRequests(db, chatId));
  }

  /** Everything is looked at again under the chat's lock: what the link allowed a moment ago it may not any more. */
  async function comeIn(change: ChatChange, invite: StoredInvite): Promise<'joined' | 'asked' | 'nothing'> {
    const { tx, chatId, actorId: userId } = change;
    if (await chats.isBanned(tx, chatId, userId)) throw new AppError('invite-not-found');
    if (await chats.isMember(tx, chatId, userId)) return 'nothing';
    if (invite.needsApproval && (await repository.hasAsked(tx, chatId, userId))) return 'nothing';
    if (!(await repository.use(tx, invite.id, now()))) throw new AppError('invite-not-found');
    if (invite.needsApproval) {
      await repository.ask(tx, chatId, { userId, at: now() });
      return 'asked';
    }
    await chats.letIn(change, [...(await users.load(tx, [userId])).values()]);
    await repository.removeRequest(tx, chatId, userId);
    await change.note({ what: 'memberJoined' });
    return 'joined';
  }

  return {
    async lookUp(userId: UserId, code: string): Promise<LookedUp> {
      const invite = await requireInvite(code, userId);
      const { chatId, needsApproval } = invite;
      const chat = await chats.readChat(db, chatId);
      if (!chat) throw new AppError('invite-not-found');
      const isMember = await chats.isMember(db, chatId, userId);
      const hasAsked = !isMember && (await repository.hasAsked(db, chatId, userId));
      return {
        chatId,
        title: chat.title ?? '',
        ...(chat.description === undefined ? {} : { description: chat.description }),
        ...(await pictureOf(chat)),
        memberCount: chat.memberCount,
        needsApproval,
        state: isMember ? 'member' : hasAsked ? 'asked' : 'outside',
      };
    },

    async join(userId: UserId, code: string): Promise<Joined> {
      const invite = await requireInvite(code, userId);
      const { chatId } = invite;
      const { result } = await chats
        .changeChatAsServer({ chatId, actorId: userId }, (change) => comeIn(change, invite))
        .catch((error: unknown) => {
          throw error instanceof AppError && error.code === 'chat-not-found' ? new AppError('invite-not-found') : error;
        });
      if (result === 'asked') await tellRequests(chatId);
      const summary = await chats.summaryFor(userId, chatId);
      return summary ? { kind: 'joined', summary } : { kind: 'asked' };
    },

    async listRequests(
      actorId: UserId,
      chatId: ChatId,
      after: UserId | null,
    ): Promise<{ requests: JoinRequest[]; hasMore: boolean }> {
      await chats.requireManager(db, actorId, chatId);
      const requests = await repository.pageOfRequests(db, { chatId, after, limit: REQUESTS_PAGE + 1 });
      return { requests: requests.slice(0, REQUESTS_PAGE), hasMore: requests.length > REQUESTS_PAGE };
    },

    async admit(actorId: UserId, chatId: ChatId, userId: UserId): Promise<ChatChanges> {
      const { changes } = await chats.changeChat({ chatId, actorId }, async (change) => {
        chats.requireGroupManager(change);
        if (!(await repository.removeRequest(change.tx, chatId, userId))) throw new AppError('request-not-found');
        if (await chats.isMember(change.tx, chatId, userId)) return;
        await chats.letIn(change, [...(await users.load(change.tx, [userId])).values()]);
        await change.note({ what: 'membersAdded', userIds: [userId] });
      });
      await tellRequests(chatId);
      return changes;
    },

    async refuse(actorId: UserId, chatId: ChatId, userId: UserId): Promise<void> {
      await chats.requireManager(db, actorId, chatId);
      await repository.removeRequest(db, chatId, userId);
      await tellRequests(chatId);
    },
  };
}
