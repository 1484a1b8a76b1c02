import * as z from 'zod/mini';
import { ChatChanges, GROUP_DESCRIPTION_MAX, SLOW_MODES } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, linesOfText } from './contract/values.ts';

const chatParams = z.object({ chatId: ChatId });

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
});
