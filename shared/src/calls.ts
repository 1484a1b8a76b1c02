import * as z from 'zod/mini';
import { CallWays, EntryAddress, EntryId, IceServer } from './calls.values.ts';
import { Chat } from './chats.ts';
import { defineEvents } from './contract/events.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, ChatId, DeviceId, Timestamp, UserId } from './contract/values.ts';
import { EVERYONE_MEMBERS_MAX } from './mentions.ts';

export const CallParticipant = z.object({ userId: UserId, deviceId: DeviceId, joinedAt: Timestamp });
export type CallParticipant = z.infer<typeof CallParticipant>;

/** Who is in a call right now, as the media server sees it. Ephemeral: told whole, replaced whole (R7). */
const CallPeople = z.object({
  chatId: ChatId,
  callId: CallId,
  participants: z.array(CallParticipant),
  /**
   * Since when it has lasted: somebody else than who began it has answered or come in. Absent while nobody has, and outside
   * of a call in which somebody is invisible.
   */
  answeredAt: z.optional(Timestamp),
});

const callParams = z.object({ callId: CallId });

export const callRoutes = defineRoutes({
  getCallStatus: {
    summary: 'Whether calls can be made now.',
    method: 'GET',
    path: '/calls/status',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: z.object({
      /** Of the media server. */
      status: z.enum(['ready', 'starting', 'down']),
      /** Direct calls can be made, also without the media server. */
      hasDirect: z.boolean(),
    }),
    errors: [],
  },
  startCall: {
    summary: 'Starts a call in a chat and rings who may be called there; or answers the one going on.',
    method: 'POST',
    path: '/chats/:chatId/call',
    access: 'session',
    carriers: 'both',
    limits: ['startCall'],
    params: z.object({ chatId: ChatId }),
    body: z.object({
      id: CallId,
      ways: CallWays,
      /** Begun with pictures; false: a voice call. Counts for a new call. */
      isVideo: z.optional(z.boolean()),
      /** What goes through the media server is sealed from end to end. */
      isSealed: z.optional(z.boolean()),
      /** Whom of the chat it rings; left out: everyone. Counts for a new call. */
      rings: z.optional(z.array(UserId).check(z.maxLength(EVERYONE_MEMBERS_MAX))),
    }),
    reply: Chat,
    errors: ['chat-not-found', 'not-allowed', 'not-reachable', 'blocked-by-you', 'calls-unavailable'],
  },
  getCall: {
    summary: 'Who is in a call.',
    method: 'GET',
    path: '/calls/:callId',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: callParams,
    reply: CallPeople,
    errors: ['call-not-found'],
  },
  joinCall: {
    summary:
      'Admits this device. To the media server by a path of this origin and a token for a minute; to a direct call by an entry, which counts from its first `beatCall`. `isAhead`: it may never come.',
    method: 'POST',
    path: '/calls/:callId/join',
    access: 'session',
    carriers: 'both',
    limits: ['joinCall'],
    params: callParams,
    body: z.object({
      deviceId: DeviceId,
      ways: CallWays,
      /** It may never come: so it moves no call, and at the media server it counts as in it only once it uses the path. */
      isAhead: z.optional(z.boolean()),
    }),
    reply: z.discriminatedUnion('way', [
      z.object({
        way: z.literal('sfu'),
        /** Path below this origin, for example `/rtc/main`. */
        mediaPath: z.string(),
        token: z.string(),
        /** `userId:deviceId`, as the media server will call this participant. */
        identity: z.string(),
      }),
      z.object({
        way: z.literal('direct'),
        /** `userId:deviceId`. */
        identity: z.string(),
        entryId: EntryId,
        /** With credentials for ten minutes; `renewIceServers`. */
        iceServers: z.array(IceServer),
        /** This person shows nobody their address. */
        isRelayOnly: z.boolean(),
        /** Who is in it. Whoever comes later begins, and so can begin at once. */
        others: z.array(EntryAddress),
      }),
    ]),
    errors: ['call-not-found', 'not-reachable', 'blocked-by-you', 'removed-from-call', 'calls-unavailable'],
  },
  leaveCall: {
    summary: 'Takes this device out of the call at once; the call ends when its last participant leaves.',
    method: 'POST',
    path: '/calls/:callId/leave',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: callParams,
    body: z.object({ deviceId: DeviceId }),
    reply: z.object({}),
    errors: ['call-not-found'],
  },
});

export const callEvents = defineEvents({
  callPeopleChanged: {
    summary: 'Who is in a call of a chat the socket is in; at most once a second.',
    payload: CallPeople,
  },
});
export type CallPeople = z.infer<typeof CallPeople>;
