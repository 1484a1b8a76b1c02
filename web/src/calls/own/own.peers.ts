import type { PeerMessage, PeerState } from '@dialog/shared/calls.peers';
import type { UserId } from '@dialog/shared/contract/values';
import { userOf } from '../transport/identity.ts';
import type { Participant, Present } from '../transport/media.transport.ts';

const SILENT: PeerState = { hand: null, isOnHold: false, isLinkPoor: false, share: null };

/** Of whom I have blocked: that they are there. */
const UNSEEN = { camera: null, screen: null, hasScreenSound: false, isSpeaking: false, isBlocked: true } as const;

/** Between the devices of one person (own.fetching.ts). */
export type FetchKind = 'fetch' | 'handOver' | 'fetched';

/** What is told in passing, and kept by nobody. */
export type PassingMessage = Exclude<PeerMessage, { kind: 'state' | 'goOn' | FetchKind }>;

type StateMessage = Extract<PeerMessage, { kind: 'state' }>;

/** `identity`: who says it. */
export interface Told {
  readonly identity: string;
  readonly message: PassingMessage;
}

interface Deps {
  /** On the way that there is just now. */
  readonly tell: (message: PeerMessage, to?: string) => void;
  readonly changed: () => void;
  /** Whom I have blocked: they are there, and nothing of them is. */
  readonly isBlocked: (userId: UserId) => boolean;
  /** Somebody said something in passing. */
  readonly passed: (said: Told) => void;
}

/** What the devices in my call say of themselves, mine among them: told at each change, and to everyone who comes. */
export function createOwnPeers({ tell, changed, passed, isBlocked }: Deps) {
  let mine = SILENT;
  let others: ReadonlyMap<string, PeerState> = new Map();
  let present: ReadonlySet<string> = new Set();

  return {
    mine: () => mine,
    /** Brings me to this state, and tells it. */
    change(part: Partial<PeerState>): void {
      mine = { ...mine, ...part };
      tell({ kind: 'state', state: mine });
      changed();
    },
    take({ identity, message }: { readonly identity: string; readonly message: StateMessage | PassingMessage }): void {
      // Their keys are taken all the same: who is blocked today need not be tomorrow.
      if ((message.kind === 'emoji' || message.kind === 'pointer') && isBlocked(userOf(identity))) return;
      if (message.kind !== 'state') return passed({ identity, message });
      others = new Map(others).set(identity, message.state);
      changed();
    },
    /** Whoever is new hears of me. */
    meet(people: readonly Present[]): void {
      const here = people.filter(({ isMe }) => !isMe).map(({ identity }) => identity);
      const before = present;
      present = new Set(here);
      for (const identity of here) if (!before.has(identity)) tell({ kind: 'state', state: mine }, identity);
    },
    /** A new way knows nothing of what was told on the one before. */
    startOver(): void {
      present = new Set();
    },
    describe(one: Present): Participant {
      if (isBlocked(one.userId)) return { ...one, ...SILENT, ...UNSEEN };
      const said = one.isMe ? mine : (others.get(one.identity) ?? SILENT);
      return { ...one, ...said, isPoor: one.isPoor || said.isLinkPoor, isBlocked: false };
    },
  };
}
