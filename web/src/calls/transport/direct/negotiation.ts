import { CANDIDATES_MAX, type CallSignal } from '@dialog/shared/calls.direct.values';
import type { Clock } from '../../../platform/clock.ts';

/** An offer without an answer was lost on the way, or its answer. */
const ANSWERED_WITHIN_MS = 2_000;

/** The part of an RTCPeerConnection that is needed. */
export type Negotiable = Pick<
  RTCPeerConnection,
  | 'signalingState'
  | 'localDescription'
  | 'remoteDescription'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'addIceCandidate'
> & {
  addEventListener(type: 'negotiationneeded', hear: () => void): void;
  addEventListener(type: 'icecandidate', hear: (event: { readonly candidate: RTCIceCandidate | null }) => void): void;
};

interface Deps {
  readonly connection: Negotiable;
  /** Gives way when both offer at once, and leaves the first offer to the other. */
  readonly isPolite: boolean;
  readonly clock: Pick<Clock, 'after'>;
  readonly send: (signal: CallSignal) => void;
  /** What the other side wishes, as its description is applied. */
  readonly read: (sdp: string) => string;
  /** The other's offer is applied and not yet answered. */
  readonly offered: () => void;
  /** One of the descriptions is another one now. */
  readonly described: () => void;
}

/**
 * "Perfect negotiation" of the WebRTC specification: either side may offer at any time. Signals may be lost, and
 * candidates may come before the description they belong to.
 */
export function createNegotiation({ connection, isPolite, clock, send, read, offered, described }: Deps) {
  let isOffering = false;
  let isOver = false;
  /** The last of them: of a way that is given up no description comes any more. */
  let early: RTCIceCandidateInit[] = [];
  let work: Promise<void> = Promise.resolve();
  let stopWaiting: (() => void) | undefined;

  connection.addEventListener('negotiationneeded', () => void offer());
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (!isOver) send(toSignal(candidate));
  });

  async function offer(): Promise<void> {
    if (isOver || (isPolite && !connection.remoteDescription)) return;
    isOffering = true;
    try {
      await connection.setLocalDescription();
      say();
    } catch {
      // Closed meanwhile, or the other's offer came first: then that one is answered.
    } finally {
      isOffering = false;
    }
  }

  function say(): void {
    const { localDescription } = connection;
    if (isOver || !localDescription) return;
    const { type, sdp } = localDescription;
    if (type !== 'offer' && type !== 'answer') return;
    described();
    send({ kind: 'description', type, sdp });
    stopWaiting?.();
    if (type === 'offer') stopWaiting = clock.after(ANSWERED_WITHIN_MS, sayAgain);
  }

  function sayAgain(): void {
    if (connection.signalingState === 'have-local-offer') say();
  }

  async function take(signal: CallSignal): Promise<void> {
    if (isOver) return;
    if (signal.kind === 'description') await takeDescription(signal);
    else if (signal.kind === 'candidate') await takeCandidate(signal);
    else if (signal.kind === 'endOfCandidates') await takeCandidate({ candidate: '' });
  }

  async function takeDescription({ type, sdp }: Extract<CallSignal, { kind: 'description' }>): Promise<void> {
    const isCollision = type === 'offer' && (isOffering || connection.signalingState !== 'stable');
    const isIgnored = !isPolite && isCollision;
    // The answer to an offer that was said twice comes twice.
    const isLate = type === 'answer' && connection.signalingState !== 'have-local-offer';
    if (isIgnored || isLate) return;
    await connection.setRemoteDescription({ type, sdp: read(sdp) });
    described();
    const waiting = early;
    early = [];
    for (const candidate of waiting) {
      // oxlint-disable-next-line no-await-in-loop -- in the order in which they came
      await takeCandidate(candidate);
    }
    if (type !== 'offer') return;
    offered();
    await connection.setLocalDescription();
    say();
  }

  async function takeCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (!isOf(connection.remoteDescription, candidate)) {
      early = [...early, candidate].slice(-CANDIDATES_MAX);
      return;
    }
    try {
      await connection.addIceCandidate(candidate);
    } catch {
      // One that this browser cannot use: the others do.
    }
  }

  return {
    /** At once: of what was made ahead the browser has said long ago that it wants to be negotiated. */
    begin: () => void offer(),
    /** One after the other, in the order in which they come. */
    take(signal: CallSignal): void {
      work = work.then(() => take(signal)).catch(() => {}); // What cannot be applied is said again by the other side.
    },
    end(): void {
      isOver = true;
      stopWaiting?.();
    },
  };
}

/** Each search for a way has a name, by which its description and its candidates know each other. */
function isOf(description: RTCSessionDescription | null, { usernameFragment }: RTCIceCandidateInit): boolean {
  if (!description || !usernameFragment) return description !== null;
  return description.sdp.split(/\r?\n/).includes(`a=ice-ufrag:${usernameFragment}`);
}

function toSignal(candidate: RTCIceCandidate | null): CallSignal {
  if (!candidate || candidate.candidate === '') return { kind: 'endOfCandidates' };
  const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return { kind: 'candidate', candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
