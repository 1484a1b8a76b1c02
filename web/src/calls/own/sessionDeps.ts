import type { CallSource } from '@dialog/shared/calls.moderation.values';
import type { CallSilence } from '@dialog/shared/calls.silences';
import type { CallWay } from '@dialog/shared/calls.values';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';
import type { Clock } from '../../platform/clock.ts';
import type { EndReason } from '../call.store.ts';
import type { LocalMedia } from '../devices/local.media.ts';
import type { PickScreen } from '../share/pickScreen.ts';
import type { HoldStill } from '../share/still.ts';
import type { Admission, Limits, OpenTransport } from '../transport/media.transport.ts';
import type { Told } from './own.peers.ts';

/** What a call of this page stands on. */
export interface SessionDeps {
  readonly chats: Pick<ChatSync, 'store'>;
  readonly media: LocalMedia;
  readonly pickScreen: PickScreen;
  readonly holdStill: HoldStill;
  /** Lets this device in. `way`: the one that the call goes now, as far as is known here. */
  readonly admit: (callId: CallId, way: CallWay | undefined) => Promise<Admission>;
  readonly openTransport: OpenTransport;
  /** Brings what a way in by this one needs, and makes ready what would keep it waiting. */
  readonly prepareTransport: (way: CallWay) => void;
  /** Asks the server that a direct call goes through the media server from now on. */
  readonly moveCall: (callId: CallId) => Promise<void>;
  /** What of me those who keep order silenced in this call, and when last. */
  readonly listSilences: (callId: CallId) => Promise<readonly CallSilence[]>;
  /** Our server tells that this of me is silenced in this call. Answers how to stop. */
  readonly onSilenced: (hear: (callId: CallId, source: CallSource) => void) => () => void;
  readonly clock: Clock;
  readonly random: () => number;
  /** What cameras may take, for this way and each later one. */
  readonly limits: () => Limits;
  /** How loud someone is to be heard, from 0 to 1. */
  readonly volumeOf: (userId: UserId) => number;
  /** Whom I have blocked I neither see nor hear, in a group neither. */
  readonly isBlocked: (userId: UserId) => boolean;
  readonly changed: () => void;
  readonly told: (said: Told) => void;
  /** Another device of mine is in the call in place of this one. */
  readonly fetchedAway: () => void;
  /** The other one of a call of two has left, or never came. */
  readonly leftAlone: () => void;
  /** The call went on in another chat, and everyone had time to come along. */
  readonly leaveBehind: (callId: CallId) => void;
  /** It ended without this device's wish. */
  readonly over: (reason: EndReason) => void;
}

/** What of a session is the page's own, and comes late with it. */
export type SessionParts = Pick<
  SessionDeps,
  | 'pickScreen'
  | 'holdStill'
  | 'openTransport'
  | 'prepareTransport'
  | 'moveCall'
  | 'listSilences'
  | 'onSilenced'
  | 'random'
>;
