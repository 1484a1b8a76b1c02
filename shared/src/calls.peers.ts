import * as z from 'zod/mini';
import { CallId, ChatId, Emoji } from './contract/values.ts';

/** What a device says of itself to the others in its call: told when it changes, and to each newcomer. */
export const PeerState = z.object({
  /** Since when the hand is up, in ms since 1970; null: it is down. */
  hand: z.nullable(z.int().check(z.nonnegative())),
  /** Speaks in another call meanwhile. */
  isOnHold: z.boolean(),
  /** Loses much of what it sends: only the device itself can tell that from a loss on the others' side. */
  isLinkPoor: z.boolean(),
  /** Of the screen that it shares; null: none. */
  share: z.nullable(
    z.object({
      /** What is seen stands still on purpose. */
      isPaused: z.boolean(),
      /** Others may point on it. */
      takesPointers: z.boolean(),
    }),
  ),
});
export type PeerState = z.infer<typeof PeerState>;

const Share = z.number().check(z.gte(0), z.lte(1));

const Base64 = z.string().check(z.maxLength(200), z.regex(/^[A-Za-z0-9+/]+={0,2}$/));

/** How the devices of a sealed call give each other the keys of their sounds and pictures. */
export const SealingMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sealing'),
    /** Of this device, for this call. */
    publicKey: Base64,
    /** The newest of the hearer's keys that it has; -1: none. */
    holds: z.int().check(z.gte(-1)),
  }),
  /** Its media key, for the hearer alone. */
  z.object({ kind: z.literal('sealedKey'), index: z.int().check(z.nonnegative()), sealed: Base64 }),
]);
export type SealingMessage = z.infer<typeof SealingMessage>;

/**
 * What devices in one call say to each other on its media path, as JSON of at most `PEER_MESSAGE_MAX` characters. Who says
 * it is known by the path (the participant's identity), never by the message. Nothing of it is kept by the server.
 */
export const PeerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), state: PeerState }),
  z.object({ kind: z.literal('emoji'), emoji: Emoji }),
  /** Where I point on somebody's shared screen, from its left and top edge; null: no longer. */
  z.object({
    kind: z.literal('pointer'),
    /** The identity of who shares it. */
    screenOf: z.string().check(z.maxLength(100)),
    at: z.nullable(z.object({ x: Share, y: Share })),
  }),
  /** From another device of the same person, which takes the call over: answered by `handOver`. */
  z.object({ kind: z.literal('fetch') }),
  /** As I am in the call on this device: so it goes on there. How it is laid out is each device's own. */
  z.object({
    kind: z.literal('handOver'),
    isMuted: z.boolean(),
    isCameraOn: z.boolean(),
    hand: PeerState.shape.hand,
  }),
  /** The call is up on the device that took it over: this one leaves. */
  z.object({ kind: z.literal('fetched') }),
  /** The call goes on in another chat, where there is room for more people: come along. Who says so has begun it there. */
  z.object({ kind: z.literal('goOn'), chatId: ChatId, callId: CallId }),
  SealingMessage,
]);
export type PeerMessage = z.infer<typeof PeerMessage>;

export const PEER_MESSAGE_MAX = 2_000;
