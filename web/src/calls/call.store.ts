import type { CallId, ChatId } from '@dialog/shared/contract/values';
import { shallow } from 'zustand/vanilla/shallow';
import type { ApiErrorCode } from '../platform/api.ts';
import type { Share } from './share/share.ts';
import type { Participant } from './transport/media.transport.ts';
import type { Sealing } from './sealing/keyExchange.ts';

/** Whoever vanished without leaving keeps their tile so long. */
export const TILE_KEPT_MS = 30_000;

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

/** What both people in a direct call can compare: the same four emoji, unless somebody sits between them. */
export type Comparison = readonly number[];

export interface ActiveCall {
  readonly chatId: ChatId;
  readonly callId: CallId;
  readonly startedAt: string;
  /** `connecting` on the way in, `lost` while trying to get back. */
  readonly link: 'connecting' | 'up' | 'lost';
  /** Null: the media go through the media server, or no way stands yet. */
  readonly comparison: Comparison | null;
  /** Sealed from end to end for the media server too; decided when the call began. */
  readonly isSealed: boolean;
  /** Null: no key is given yet. */
  readonly sealing: Sealing | null;
  readonly people: readonly Participant[];
  readonly share: Share;
  readonly isSoundBlocked: boolean;
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

export function beginCall(
  call: Pick<ActiveCall, 'chatId' | 'callId' | 'startedAt'> & Partial<Pick<ActiveCall, 'isSealed'>>,
): ActiveCall {
  return {
    isSealed: false,
    ...call,
    link: 'connecting',
    comparison: null,
    sealing: null,
    people: [],
    share: { status: 'off', hasFailed: false },
    isSoundBlocked: false,
    isStageOpen: true,
    isChatOpen: false,
  };
}

/** Those who vanished without leaving, with the moment they did, in ms. */
export type Lost = ReadonlyMap<string, { readonly participant: Participant; readonly since: number }>;

interface Seen {
  /** Who is there according to the media path. */
  readonly present: readonly Participant[];
  /** Who left on purpose since the last look. */
  readonly left: ReadonlySet<string>;
  readonly now: number;
}

/** Keeps the places of those who vanished: nobody's tile jumps because a network blinked. */
export function keepLost(
  before: { readonly people: readonly Participant[]; readonly lost: Lost },
  { present, left, now }: Seen,
): { people: readonly Participant[]; lost: Lost } {
  const here = new Set(present.map((one) => one.identity));
  const gone = before.people.filter((one) => !one.isMe && !here.has(one.identity) && !left.has(one.identity));
  const lost = new Map(
    gone
      .map(
        (one) =>
          [
            one.identity,
            before.lost.get(one.identity) ?? {
              participant: {
                ...one,
                isLost: true,
                isSpeaking: false,
                camera: null,
                screen: null,
                hasScreenSound: false,
              },
              since: now,
            },
          ] as const,
      )
      .filter(([, { since }]) => now - since < TILE_KEPT_MS),
  );
  const everyone = [...present, ...[...lost.values()].map(({ participant }) => participant)];
  return { people: sameWhereEqual(before.people, inOrder(before.people, everyone)), lost };
}

/** The very object for whom nothing changed: nobody's tile is drawn anew for somebody else. */
function sameWhereEqual(before: readonly Participant[], now: readonly Participant[]): readonly Participant[] {
  const known = new Map(before.map((one) => [one.identity, one]));
  const people = now.map((one) => {
    const same = known.get(one.identity);
    return same && shallow(same, one) ? same : one;
  });
  return shallow(before, people) ? before : people;
}

/** Everyone keeps their place; newcomers come last, oneself first. */
function inOrder(before: readonly Participant[], people: readonly Participant[]): readonly Participant[] {
  const place = new Map(before.map((one, index) => [one.identity, index]));
  const placeOf = (one: Participant): number => (one.isMe ? -1 : (place.get(one.identity) ?? before.length));
  return people.toSorted((a, b) => placeOf(a) - placeOf(b));
}
