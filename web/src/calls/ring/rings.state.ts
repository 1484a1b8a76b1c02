import type { AskedState, Ring } from '@dialog/shared/calls.ring.values';
import type { CallId, UserId } from '@dialog/shared/contract/values';

export interface Incoming extends Ring {
  /** Its tone was switched off here; it rings on. */
  readonly isSilenced: boolean;
  /** Answered here, and on the way in. */
  readonly isAnswered: boolean;
}

/** One person whom my call asks. */
export interface Asked {
  readonly userId: UserId;
  readonly state: AskedState;
  readonly devices: number;
  /** When this page first heard that they are asked, in ms. */
  readonly since: number;
}

export interface Outgoing {
  readonly isPossible: boolean;
  readonly asked: readonly Asked[];
}

export interface RingsState {
  /** What rings me, the oldest first. */
  readonly incoming: readonly Incoming[];
  /** Whom my calls ring. */
  readonly outgoing: ReadonlyMap<CallId, Outgoing>;
  /** The last ring that another device of mine answered, or that was over when I pressed. */
  readonly note: { readonly callId: CallId; readonly what: 'elsewhere' | 'over' } | null;
  /** What somebody writes an answer to, which outlives its ringing. */
  readonly written: Incoming | null;
}

export const NOTHING_RINGS: RingsState = { incoming: [], outgoing: new Map(), note: null, written: null };
