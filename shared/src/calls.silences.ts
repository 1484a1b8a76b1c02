import * as z from 'zod/mini';
import { CallSource } from './calls.moderation.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, Timestamp } from './contract/values.ts';

/** The last time that somebody’s microphone was muted by another, or their camera or screen stopped, on all devices. */
const CallSilence = z.object({
  source: CallSource,
  /** By the server’s clock; to be compared with other such times only. */
  at: Timestamp,
});
export type CallSilence = z.infer<typeof CallSilence>;

/** Asked on coming back, since nobody may have been there to be told. By itself: every call needs it, few keep order. */
export const callSilenceRoutes = defineRoutes({
  listSilences: {
    summary: 'What of the caller was silenced in the call.',
    method: 'GET',
    path: '/calls/:callId/silences',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: z.object({ callId: CallId }),
    reply: z.object({ silences: z.array(CallSilence) }),
    errors: ['call-not-found'],
  },
});
