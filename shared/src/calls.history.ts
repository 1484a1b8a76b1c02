import * as z from 'zod/mini';
import { defineRoutes } from './contract/routes.ts';
import { CallId, ChatId, Timestamp, UserId } from './contract/values.ts';

/** More at once no screen shows. */
export const CALLS_PER_PAGE = 50;

/**
 * A call as it was for one person. What whoever called `cancelled`, who was called has `missed`; `unanswered` only a
 * caller can have.
 */
export const PastCall = z.object({
  callId: CallId,
  chatId: ChatId,
  startedBy: UserId,
  isVideo: z.boolean(),
  startedAt: Timestamp,
  /** `going`: not over yet. */
  outcome: z.enum(['going', 'finished', 'missed', 'declined', 'cancelled', 'unanswered']),
  /** From the first answer to the end; 0 where nobody talked. */
  durationMs: z.int(),
});
export type PastCall = z.infer<typeof PastCall>;

export const callHistoryRoutes = defineRoutes({
  listCalls: {
    summary: 'My calls in the chats that I am in, the newest first: those I made, was asked into or took part in.',
    method: 'GET',
    path: '/calls',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    query: z.object({
      /** `next` of the page before. */
      before: z.optional(CallId),
      missed: z.optional(z.enum(['only'])),
    }),
    reply: z.object({ calls: z.array(PastCall), next: z.nullable(CallId) }),
    errors: [],
  },
});
