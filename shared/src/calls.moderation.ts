import * as z from 'zod/mini';
import type { Role } from './chats.ts';
import { CallSource } from './calls.moderation.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, UserId } from './contract/values.ts';

/** How many removals of a call are listed, the newest first. */
export const REMOVALS_MAX = 200;

/** What somebody is in the call of a group. */
export interface CallStanding {
  readonly role: Role | null;
  readonly hasStarted: boolean;
}

function rankOf({ role, hasStarted }: CallStanding, isAnnouncementOnly = false): number {
  if (role === 'owner') return 3;
  if (role === 'admin') return 2;
  return role === 'member' && hasStarted && !isAnnouncementOnly ? 1 : 0;
}

/**
 * Who keeps order in the call of a group: owners towards everyone, admins towards those who are neither, and whoever
 * started it towards plain members. But not where a group lets only owners and admins speak anyway.
 */
export function mayModerate(
  group: { readonly isAnnouncementOnly?: boolean | undefined },
  actor: CallStanding,
  /** None: the call as a whole. */
  target?: CallStanding,
): boolean {
  const rank = rankOf(actor, group.isAnnouncementOnly);
  if (target === undefined || actor.role === 'owner') return rank > 0;
  return rank > rankOf(target, group.isAnnouncementOnly);
}

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
