import * as z from 'zod/mini';
import { CallSource } from './calls.moderation.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, UserId } from './contract/values.ts';

/** How many removals of a call are listed, the newest first. */
export const REMOVALS_MAX = 200;

const callParams = z.object({ callId: CallId });
const personParams = z.object({ callId: CallId, userId: UserId });
const common = { access: 'session', carriers: 'both' } as const;

/** Nobody acts on themselves by these, and nobody in a direct chat, where one can only leave. */
export const callModerationRoutes = defineRoutes({
  muteInCall: {
    ...common,
    summary:
      'Mutes somebody’s microphone, or stops their camera or shared screen, on all devices. Only they themselves can begin again, and they can at once.',
    method: 'POST',
    path: '/calls/:callId/people/:userId/mute',
    limits: ['change'],
    params: personParams,
    body: z.object({ source: CallSource }),
    reply: z.object({}),
    errors: ['call-not-found', 'member-not-found', 'not-allowed', 'calls-unavailable'],
  },
  askToUnmute: {
    ...common,
    summary: 'Asks somebody to unmute, who decides. Nobody is ever unmuted by others.',
    method: 'POST',
    path: '/calls/:callId/people/:userId/ask-to-unmute',
    limits: ['askToUnmute'],
    params: personParams,
    reply: z.object({}),
    errors: ['call-not-found', 'member-not-found', 'not-allowed'],
  },
  removeFromCall: {
    ...common,
    summary:
      'Shows somebody out of the call. No token and no device brings them back into it, until it ends or they are admitted again.',
    method: 'PUT',
    path: '/calls/:callId/removals/:userId',
    limits: ['change'],
    params: personParams,
    reply: z.object({}),
    errors: ['call-not-found', 'member-not-found', 'not-allowed'],
  },
  admitToCallAgain: {
    ...common,
    summary: 'Lets somebody who was removed from the call come back.',
    method: 'DELETE',
    path: '/calls/:callId/removals/:userId',
    limits: ['change'],
    params: personParams,
    reply: z.object({}),
    errors: ['call-not-found', 'member-not-found', 'not-allowed'],
  },
  listCallRemovals: {
    ...common,
    summary: 'Who was removed from the call, the last first. For those who may remove.',
    method: 'GET',
    path: '/calls/:callId/removals',
    limits: ['read'],
    params: callParams,
    reply: z.object({ userIds: z.array(UserId) }),
    errors: ['call-not-found', 'not-allowed'],
  },
  endCall: {
    ...common,
    summary: 'Ends the call for all.',
    method: 'POST',
    path: '/calls/:callId/end',
    limits: ['change'],
    params: callParams,
    reply: z.object({}),
    errors: ['call-not-found', 'not-allowed'],
  },
});
