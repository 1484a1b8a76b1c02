import * as z from 'zod/mini';
import { EmailClaim } from './auth.email.ts';
import { ChatChanges, ChatSummary } from './chats.ts';
import { defineEvents } from './contract/events.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, InviteId, Timestamp, UserId } from './contract/values.ts';
import { User } from './users.values.ts';

/** What a maker of an invite may choose: for how many seconds it holds, and how often it can be used; null: no end. */
export const INVITE_EXPIRIES = [3_600, 86_400, 604_800] as const;
export const INVITE_USES = [1, 10, 100] as const;
/** Links of one group that stand at a time. */
export const INVITES_MAX = 50;
export const REQUESTS_PAGE = 50;

/** 192 random bits in base64url: not to be guessed. */
export const InviteCode = z.string().check(z.regex(/^[\w-]{32}$/));

/** The page of this app on which an invite is answered. */
export function invitePath(code: string): `/join/${string}` {
  return `/join/${code}`;
}

export const Invite = z.object({
  id: InviteId,
  code: InviteCode,
  madeBy: UserId,
  madeAt: Timestamp,
  expiresAt: z.nullable(Timestamp),
  usesMax: z.nullable(z.int()),
  /** How many came, or asked to come, by it. */
  uses: z.int(),
  needsApproval: z.boolean(),
});
export type Invite = z.infer<typeof Invite>;

export const JoinRequest = z.object({ user: User, askedAt: Timestamp });
export type JoinRequest = z.infer<typeof JoinRequest>;

const chatParams = z.object({ chatId: ChatId });
const personParams = z.object({ chatId: ChatId, userId: UserId });

/** In bodies, for what stands in an address also stands in logs. */
const codeBody = z.object({ code: InviteCode });

export const inviteRoutes = defineRoutes({
  createInvite: {
    summary: 'Makes a link by which people come into a group by themselves, or ask to. Owners and admins.',
    method: 'POST',
    path: '/chats/:chatId/invites',
    access: 'session',
    carriers: 'both',
    limits: ['invite'],
    params: chatParams,
    body: z.object({
      /** Without it, it stands until it is revoked. */
      expiresInSeconds: z.optional(z.literal(INVITE_EXPIRIES)),
      /** Without it, for any number of people. */
      usesMax: z.optional(z.literal(INVITE_USES)),
      needsApproval: z.boolean(),
    }),
    reply: Invite,
    errors: ['chat-not-found', 'not-allowed', 'too-many-invites'],
  },
  listInvites: {
    summary: "A group's links, the newest first. Owners and admins.",
    method: 'GET',
    path: '/chats/:chatId/invites',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    reply: z.object({ invites: z.array(Invite), requestCount: z.int() }),
    errors: ['chat-not-found', 'not-allowed'],
  },
  revokeInvite: {
    summary: 'Ends a link. Owners and admins.',
    method: 'DELETE',
    path: '/chats/:chatId/invites/:inviteId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: z.object({ chatId: ChatId, inviteId: InviteId }),
    reply: z.object({}),
    errors: ['chat-not-found', 'not-allowed'],
  },
  mailInvite: {
    summary: 'Sends a link to an address. Owners and admins. Whether somebody there has an account is not told.',
    method: 'POST',
    path: '/chats/:chatId/invites/:inviteId/mail',
    access: 'session',
    carriers: 'both',
    limits: ['invite', 'inviteByMail'],
    params: z.object({ chatId: ChatId, inviteId: InviteId }),
    body: EmailClaim,
    reply: z.object({}),
    errors: ['chat-not-found', 'not-allowed', 'invite-not-found'],
  },
  lookUpInvite: {
    summary:
      'What a link leads to. Unknown, expired, used up and revoked ones look the same, and so do all to the banned.',
    method: 'POST',
    path: '/invites/look-up',
    access: 'session',
    carriers: 'both',
    limits: ['inviteTry', 'inviteTryPerAddress'],
    body: codeBody,
    reply: z.object({
      chatId: ChatId,
      title: z.string(),
      description: z.optional(z.string()),
      /** The group's, in base64: who is no member yet could not fetch it. */
      picture: z.optional(z.string()),
      memberCount: z.int(),
      needsApproval: z.boolean(),
      /** Mine: what I am to the group already. */
      state: z.enum(['outside', 'asked', 'member']),
    }),
    errors: ['invite-not-found'],
  },
  joinByInvite: {
    summary: 'Comes in by a link, or asks to. Once more is harmless.',
    method: 'POST',
    path: '/invites/join',
    access: 'session',
    carriers: 'both',
    limits: ['inviteTry', 'inviteTryPerAddress'],
    body: codeBody,
    reply: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('joined'), summary: ChatSummary }),
      z.object({ kind: z.literal('asked') }),
    ]),
    errors: ['invite-not-found', 'group-full'],
  },
  listJoinRequests: {
    summary: 'Who waits to be let in, in the order of their user ids, a page after `after`. Owners and admins.',
    method: 'GET',
    path: '/chats/:chatId/requests',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ after: z.optional(UserId) }),
    reply: z.object({ requests: z.array(JoinRequest), hasMore: z.boolean() }),
    errors: ['chat-not-found', 'not-allowed'],
  },
  admitRequest: {
    summary: 'Lets someone in who asked. Owners and admins.',
    method: 'PUT',
    path: '/chats/:chatId/requests/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: personParams,
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'request-not-found', 'group-full', 'member-banned'],
  },
  refuseRequest: {
    summary: 'Does not let someone in who asked; they are not told. Owners and admins.',
    method: 'DELETE',
    path: '/chats/:chatId/requests/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: personParams,
    reply: z.object({}),
    errors: ['chat-not-found', 'not-allowed'],
  },
});

export const inviteEvents = defineEvents({
  joinRequestsChanged: {
    summary: 'To the owners and admins of a group: so many people wait to be let in now.',
    payload: z.object({ chatId: ChatId, requestCount: z.int() }),
  },
});
