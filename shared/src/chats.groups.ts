import * as z from 'zod/mini';
import { ChatChanges, GROUP_DESCRIPTION_MAX, SLOW_MODES } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, linesOfText, Timestamp, UserId } from './contract/values.ts';
import { User } from './users.values.ts';

export const BANS_PAGE = 50;

const chatParams = z.object({ chatId: ChatId });
const personParams = z.object({ chatId: ChatId, userId: UserId });

/** What of a group is to be otherwise; what is left out stays. */
const GroupSettings = z
  .object({
    /** Empty: none. */
    description: z.optional(linesOfText(GROUP_DESCRIPTION_MAX)),
    isAnnouncementOnly: z.optional(z.boolean()),
    slowModeSeconds: z.optional(z.literal(SLOW_MODES)),
  })
  .check(z.refine((settings) => Object.keys(settings).length > 0, { error: 'changes nothing' }));
export type GroupSettings = z.infer<typeof GroupSettings>;

/** Somebody who may not come into a group. */
export const Ban = z.object({ user: User, bannedBy: UserId, bannedAt: Timestamp });
export type Ban = z.infer<typeof Ban>;

export const groupRoutes = defineRoutes({
  changeGroup: {
    summary: 'Changes the description, who may post, and how often. Owners and admins.',
    method: 'PATCH',
    path: '/chats/:chatId/settings',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: GroupSettings,
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed'],
  },
  banMember: {
    summary: 'Keeps someone out of a group, and removes them if they are in it. Owners anyone, admins plain members.',
    method: 'PUT',
    path: '/chats/:chatId/bans/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: personParams,
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'user-not-found'],
  },
  liftBan: {
    summary: 'Lets someone be added, or come in by a link, again. Owners and admins.',
    method: 'DELETE',
    path: '/chats/:chatId/bans/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: personParams,
    reply: z.object({}),
    errors: ['chat-not-found', 'not-allowed'],
  },
  listBans: {
    summary: 'Who is banned, in the order of their user ids, a page after `after`. Owners and admins.',
    method: 'GET',
    path: '/chats/:chatId/bans',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ after: z.optional(UserId) }),
    reply: z.object({ bans: z.array(Ban), hasMore: z.boolean() }),
    errors: ['chat-not-found', 'not-allowed'],
  },
});
