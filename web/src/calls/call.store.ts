import type { CallWay } from '@dialog/shared/calls.values';
import type { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
import type { ApiErrorCode } from '../platform/api.ts';
import type { Share } from './share/share.ts';
import type { Participant } from './transport/media.transport.ts';
import type { Sealing } from './sealing/keyExchange.ts';

/**
 * Why one could not get in, or why one is out. `no-media`: the server let us in but no media got through. `no-sealing`: the
 * call is sealed, and this browser cannot do that.
 */
export type CallFailure = ApiErrorCode | 'no-media' | 'no-sealing';
/** `fetched`: another device of mine took it over. */
export type EndReason = 'ended' | 'removed' | 'replaced' | 'fetched';

/** Looking into the mirror before going in. */
export interface Lobby {
  readonly chatId: ChatId;
  readonly isJoining: boolean;
  readonly failure: CallFailure | null;
}

/**
 * What both people in a direct call can compare: the same four emoji, unless somebody sits between them. `forged`: that is
 * known already, for what came is not what the other one had committed to.
 */
export type Comparison = readonly number[] | 'forged';

export interface ActiveCall {
  readonly chatId: ChatId;
  readonly callId: CallId;
  /** In ISO 8601; of the call that this one went on from, if it did. */
  readonly startedAt: string;
  /** Who took the call on into this chat; null: nobody, or I. */
  readonly ledBy: UserId | null;
  /** `connecting` on the way in, `lost` while trying to get back. */
  readonly link: 'connecting' | 'up' | 'lost';
  /** How the media go, or went last; null: not yet. */
  readonly way: CallWay | null;
  /** Null: the media go through the media server, or no way stands yet. */
  readonly comparison: Comparison | null;
  /** There was something to compare in this call, now or earlier. */
  readonly wasDirect: boolean;
  /** Sealed from end to end for the media server too; decided when the call began. */
  readonly isSealed: boolean;
  /** Null: no key is given yet. */
  readonly sealing: Sealing | null;
  readonly people: readonly Participant[];
  readonly share: Share;
  /** The device of mine from which I took this call shared a screen, and I have not done anything about it since. */
  readonly hasLeftShare: boolean;
  readonly isSoundBlocked: boolean;
  /** Somebody muted me, and I have not unmuted since. */
  readonly isSilenced: boolean;
  /** Whether the other one of two was here and has left: the call is about to end. */
  readonly isLeft: boolean;
  /** Whether the stage covers the page, or the call goes on in its bar. */
  readonly isStageOpen: boolean;
  /** Whether the chat stands beside the stage, where there is room for both. */
  readonly isChatOpen: boolean;
}

export interface CallState {
  readonly lobby: Lobby | null;
  readonly active: ActiveCall | null;
  /** Goes on without me while I speak in another one. */
  readonly held: ActiveCall | null;
  /** The last call's end, when it was not one's own wish. */
  readonly ended: { readonly chatId: ChatId; readonly reason: EndReason } | null;
}

export const NO_CALL: CallState = { lobby: null, active: null, held: null, ended: null };
