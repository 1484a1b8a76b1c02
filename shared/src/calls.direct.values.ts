import * as z from 'zod/mini';
import { CallEntry, EntryAddress, EntryId } from './calls.values.ts';
import { defineEvents } from './contract/events.ts';
import { CallId } from './contract/values.ts';

/** In bytes, within one JSON frame of 64,000: each line end is two more there, and the act around it has its own. */
export const SDP_MAX = 56_000;
/** As all browsers write it, so that a character is a byte. */
const ASCII_LINES = /^[\r\n -~]*$/;
/** Of one device, after each of its descriptions. */
export const CANDIDATES_MAX = 100;

/** SHA-256 as hex; 32 random bytes are written the same way. */
const Hex32 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What one device in a direct call says to the other. The server passes it on and keeps nothing. */
export const CallSignal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('description'),
    type: z.enum(['offer', 'answer']),
    sdp: z.string().check(z.maxLength(SDP_MAX), z.regex(ASCII_LINES)),
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

export const directCallEvents = defineEvents({
  callSignalled: {
    summary: 'What the other device in a direct call says to this one.',
    payload: z.object({ callId: CallId, from: EntryAddress, to: EntryAddress, signal: CallSignal }),
  },
  callEntriesChanged: {
    summary:
      'Who is in a direct call, to the devices in it (R7): after the first beat of each entry and at every change, whole. A device whose entry is not among them is out. `admitted`: whoever may be in it, also while they are not heard of.',
    payload: z.object({
      callId: CallId,
      entries: z.array(CallEntry),
      /** Absent from servers of before. */
      admitted: z.optional(z.array(EntryId)),
    }),
  },
});
