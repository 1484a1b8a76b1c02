import type { ChatId, InviteId, UserId } from '@dialog/shared/contract/values';
import type { RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import { type Invite, inviteRoutes, type JoinRequest } from '@dialog/shared/invites';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { Call } from '../platform/api.ts';
import type { Socket } from '../platform/socket.ts';

export type EmailClaim = RouteRequest<typeof inviteRoutes.mailInvite>['body'];
export type Wish = RouteRequest<typeof inviteRoutes.createInvite>['body'];
type LookedUp = RouteReply<typeof inviteRoutes.lookUpInvite>;

/** Links into groups, and who waits at the door. Each act rejects with an ApiError and changes nothing then. */
export interface Invites {
  list(chatId: ChatId): Promise<{ invites: readonly Invite[]; requestCount: number }>;
  create(chatId: ChatId, wish: Wish): Promise<Invite>;
  revoke(chatId: ChatId, inviteId: InviteId): Promise<void>;
  /** Resolves with whether the mail goes out, or waits with whoever runs the server; undefined: it did not say. */
  mail(chatId: ChatId, inviteId: InviteId, claim: EmailClaim): Promise<boolean | undefined>;
  requests(chatId: ChatId, after: UserId | undefined): Promise<{ requests: readonly JoinRequest[]; hasMore: boolean }>;
  admit(chatId: ChatId, userId: UserId): Promise<void>;
  refuse(chatId: ChatId, userId: UserId): Promise<void>;
  lookUp(code: string): Promise<LookedUp>;
  /** The chat one is in now; undefined when somebody has to let one in first. */
  join(code: string): Promise<ChatId | undefined>;
  /** How many wait to be let into a group that one manages. */
  onRequests(hear: (chatId: ChatId, requestCount: number) => void): () => void;
}

interface InvitesDeps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on'>;
  readonly chats: Pick<ChatSync, 'learn' | 'learnSummary'>;
}

export function createInvites({ call, socket, chats }: InvitesDeps): Invites {
  return {
    list: (chatId) => call(inviteRoutes.listInvites, { params: { chatId } }),
    create: (chatId, body) => call(inviteRoutes.createInvite, { params: { chatId }, body }),
    async revoke(chatId, inviteId) {
      await call(inviteRoutes.revokeInvite, { params: { chatId, inviteId } });
    },
    async mail(chatId, inviteId, body) {
      await call(inviteRoutes.mailInvite, { params: { chatId, inviteId }, body });
      const { askHasMail } = await import('../auth/hasMail.ts');
      return askHasMail(call);
    },
    requests: (chatId, after) =>
      call(inviteRoutes.listJoinRequests, { params: { chatId }, query: after ? { after } : {} }),
    async admit(chatId, userId) {
      chats.learn(await call(inviteRoutes.admitRequest, { params: { chatId, userId } }));
    },
    async refuse(chatId, userId) {
      await call(inviteRoutes.refuseRequest, { params: { chatId, userId } });
    },
    lookUp: (code) => call(inviteRoutes.lookUpInvite, { body: { code } }),
    async join(code) {
      const joined = await call(inviteRoutes.joinByInvite, { body: { code } });
      if (joined.kind === 'asked') return undefined;
      chats.learnSummary(joined.summary);
      return joined.summary.chat.id;
    },
    onRequests: (hear) => socket.on('joinRequestsChanged', ({ chatId, requestCount }) => hear(chatId, requestCount)),
  };
}
