import * as z from 'zod/mini';
import { defineEvents } from './contract/events.ts';
import { CallId, UserId } from './contract/values.ts';

/** What somebody in a call sends. */
export const CallSource = z.enum(['microphone', 'camera', 'screen']);
export type CallSource = z.infer<typeof CallSource>;

const toPerson = { userId: UserId };

export const callModerationEvents = defineEvents({
  callModerated: {
    summary:
      'What somebody did to keep order in a call, to all who were let into it; a question to unmute to the one who is asked.',
    payload: z.object({
      callId: CallId,
      by: UserId,
      act: z.discriminatedUnion('what', [
        z.object({ what: z.literal('muted'), ...toPerson, source: CallSource }),
        z.object({ what: z.literal('askedToUnmute'), ...toPerson }),
        z.object({ what: z.literal('removed'), ...toPerson }),
        z.object({ what: z.literal('admittedAgain'), ...toPerson }),
        z.object({ what: z.literal('ended') }),
      ]),
    }),
  },
});
export type CallModerated = z.infer<typeof callModerationEvents.callModerated.payload>;
