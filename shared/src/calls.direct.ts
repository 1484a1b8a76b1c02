import * as z from 'zod/mini';
import { CallSignal } from './calls.direct.values.ts';
import { EntryAddress, EntryId, IceServer } from './calls.values.ts';
import { defineEvents } from './contract/events.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, DeviceId } from './contract/values.ts';

/** A device in a direct call says so this often over its socket, and at once after each connect. */
export const CALL_BEAT_MS = 5_000;
/** What was not heard for so long is no longer in the call. */
export const CALL_LEASE_MS = 15_000;
/** What the two devices of a direct call say to each other themselves, by data channel and besides `PeerMessage`. */
export const DirectMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('beat') }),
  /** What I send just now: known at once, long before a silence or a picture that stands still would say so. */
  z.object({
    kind: z.literal('sends'),
    microphone: z.boolean(),
    camera: z.boolean(),
    screen: z.boolean(),
    screenSound: z.boolean(),
  }),
  /** How much of the other's camera I have room for; all of it until this was said. */
  z.object({ kind: z.literal('wants'), camera: z.enum(['full', 'small', 'none']) }),
  /** As the signal: here it is heard while the server is away. */
  z.object({ kind: z.literal('bye') }),
]);
export type DirectMessage = z.infer<typeof DirectMessage>;

const callParams = z.object({ callId: CallId });

export const directCallRoutes = defineRoutes({
  moveCall: {
    summary:
      'Moves a direct call to the media server, for good: every device in it joins again. Nothing happens to one that is there.',
    method: 'POST',
    path: '/calls/:callId/move',
    access: 'session',
    carriers: 'both',
    limits: ['joinCall'],
    params: callParams,
    body: z.object({ deviceId: DeviceId }),
    reply: z.object({}),
    errors: ['call-not-found', 'not-allowed', 'calls-unavailable'],
  },
  renewIceServers: {
    summary: 'Fresh credentials for the relay, which last ten minutes; for a device in a direct call.',
    method: 'POST',
    path: '/calls/:callId/ice-servers',
    access: 'session',
    carriers: 'both',
    limits: ['turnCredentials'],
    params: callParams,
    body: z.object({ deviceId: DeviceId }),
    reply: z.object({ iceServers: z.array(IceServer), isRelayOnly: z.boolean() }),
    errors: ['call-not-found', 'not-allowed'],
  },
  probeIceServers: {
    summary:
      'Where the relay is, with credentials that begin one for a minute: to see before a call whether it can be reached. Empty where there is none.',
    method: 'POST',
    path: '/calls/ice-servers',
    access: 'session',
    carriers: 'both',
    limits: ['probeRelay'],
    reply: z.object({ iceServers: z.array(IceServer) }),
    errors: [],
  },
  signalCall: {
    summary: 'Says something to the other device in a direct call. Both must be in it at this moment.',
    method: 'POST',
    path: '/calls/:callId/signals',
    access: 'session',
    carriers: 'both',
    limits: ['signalCall'],
    params: callParams,
    body: z.object({ deviceId: DeviceId, entryId: EntryId, to: EntryAddress, signal: CallSignal }),
    reply: z.object({}),
    errors: ['call-not-found', 'not-allowed', 'limit-reached'],
  },
});

export const directCallSignals = defineEvents({
  beatCall: {
    summary: 'This device is in the direct call, by this entry. Said every 5 s; 15 s of silence are as leaving.',
    payload: z.object({ callId: CallId, deviceId: DeviceId, entryId: EntryId }),
  },
});
