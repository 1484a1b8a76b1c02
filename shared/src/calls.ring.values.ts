import * as z from 'zod/mini';
import { defineEvents } from './contract/events.ts';
import { CallId, ChatId, DeviceId, Timestamp, UserId } from './contract/values.ts';

/** As long as a telephone rings; then the call was missed. */
export const RING_MS = 45_000;

/** Somebody asks me into a call, until then. */
export const Ring = z.object({
  callId: CallId,
  chatId: ChatId,
  from: UserId,
  isVideo: z.boolean(),
  expiresAt: Timestamp,
});
export type Ring = z.infer<typeof Ring>;

/** Why a ring is over: `ended` with the call, also when who called hung up, or because this person is asked no more. */
const RingEnd = z.enum(['answered', 'declined', 'missed', 'ended']);
export type RingEnd = z.infer<typeof RingEnd>;

/**
 * How somebody who was asked stands to the call. `notified`: no device rings, but something was pushed; `unreachable`: neither;
 * `busy`: all devices that heard of it are in another call.
 */
export const AskedState = z.enum(['ringing', 'busy', 'notified', 'unreachable', 'answered', 'declined', 'missed']);
export type AskedState = z.infer<typeof AskedState>;

/** Whom a call asks, as the one may know it who called. Ephemeral: told whole, replaced whole (R7). */
export const CallRinging = z.object({
  callId: CallId,
  chatId: ChatId,
  /** False: the server cannot ring at all now; the call can be joined from its chat. */
  isPossible: z.boolean(),
  asked: z.array(
    z.object({
      userId: UserId,
      state: AskedState,
      /** How many devices ring. */
      devices: z.int(),
      expiresAt: Timestamp,
    }),
  ),
});
export type CallRinging = z.infer<typeof CallRinging>;

export const ringEvents = defineEvents({
  callRang: { summary: 'Somebody asks me into a call.', payload: Ring },
  callRingEnded: {
    summary: 'A call rings me no longer; `deviceId` of mine answered it.',
    payload: z.object({ callId: CallId, reason: RingEnd, deviceId: z.nullable(DeviceId) }),
  },
  callRingChanged: { summary: 'Whom a call of mine rings stands otherwise now.', payload: CallRinging },
});
