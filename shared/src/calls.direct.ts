import * as z from 'zod/mini';
import { CallEntry, EntryId, IceServer } from './calls.values.ts';
import { defineEvents } from './contract/events.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, DeviceId } from './contract/values.ts';

/** A device in a direct call says so this often over its socket, and at once after each connect. */
export const CALL_BEAT_MS = 5_000;
/** What was not heard for so long is no longer in the call. */
export const CALL_LEASE_MS = 15_000;
/** In one JSON frame of 64,000 bytes: each line end is two bytes more there, and the act around it has its own. */
export const SDP_MAX = 56_000;
/** Of one device, after each of its descriptions. */
export const CANDIDATES_MAX = 100;

/** SHA-256 as hex; 32 random bytes are written the same way. */
const Hex32 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What one device in a direct call says to the other. The server passes it on and keeps nothing. */
export const CallSignal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('description'),
    type: z.enum(['offer', 'answer']),
    sdp: z.string().check(z.maxLength(SDP_MAX)),
  }),
  z.object({
    kind: z.literal('candidate'),
    candidate: z.string().check(z.maxLength(1_000)),
    sdpMid: z.nullable(z.string().check(z.maxLength(64))),
    sdpMLineIndex: z.nullable(z.int().check(z.minimum(0), z.maximum(255))),
    usernameFragment: z.nullable(z.string().check(z.maxLength(256))),
  }),
  z.object({ kind: z.literal('endOfCandidates') }),
  /**
   * For the code that both can compare. Each side first commits to a random nonce and to its fingerprints in DTLS by the
   * SHA-256 of the two, and reveals the nonce when it has the other's commitment: so nobody on the way can look for a
   * certificate that makes the same code.
   */
  z.object({ kind: z.literal('commit'), digest: Hex32 }),
  z.object({ kind: z.literal('reveal'), nonce: Hex32 }),
  z.object({ kind: z.literal('bye') }),
]);
export type CallSignal = z.infer<typeof CallSignal>;

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
]);
export type DirectMessage = z.infer<typeof DirectMessage>;

/** A device in a call, to be spoken to: what is meant for an entry that another has replaced reaches nobody. */
const EntryAddress = z.pick(CallEntry, { userId: true, deviceId: true, entryId: true });
export type EntryAddress = z.infer<typeof EntryAddress>;

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

export const directCallEvents = defineEvents({
  callSignalled: {
    summary: 'What the other device in a direct call says to this one.',
    payload: z.object({ callId: CallId, from: EntryAddress, to: EntryAddress, signal: CallSignal }),
  },
  callEntriesChanged: {
    summary:
      'Who is in a direct call, to the devices in it (R7): after the first beat of each entry and at every change, whole. A device whose entry is not among them is out.',
    payload: z.object({ callId: CallId, entries: z.array(CallEntry) }),
  },
});

export const directCallSignals = defineEvents({
  beatCall: {
    summary: 'This device is in the direct call, by this entry. Said every 5 s; 15 s of silence are as leaving.',
    payload: z.object({ callId: CallId, deviceId: DeviceId, entryId: EntryId }),
  },
});
