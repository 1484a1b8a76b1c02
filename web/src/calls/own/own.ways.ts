import type { CallWay } from '@dialog/shared/calls.values';
import type { Clock } from '../../platform/clock.ts';
import type { Comparison } from '../call.store.ts';
import type { CloseReason, MediaTransport, Present, TransportEvents } from '../transport/media.transport.ts';

/** Two ways at once: the new one takes over when it carries as much as the old one, and after this in any case. */
const TAKES_OVER_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;
/** The other side may be behind: what it hears of me still comes by the old way. */
const LINGERS_MS = 3_000;

interface Deps {
  readonly clock: Clock;
  readonly changed: (people: readonly Present[]) => void;
  readonly told: TransportEvents['told'];
  readonly left: TransportEvents['left'];
  /** What carries the call lost the others, or has them again. */
  readonly linkChanged: () => void;
  readonly silenced: TransportEvents['silenced'];
  readonly soundBlocked: TransportEvents['soundBlocked'];
  readonly compared: (comparison: Comparison | null) => void;
  readonly sealed: TransportEvents['sealed'];
  /** The media have no way between the two devices. */
  readonly stuck: () => void;
  /** A way ended that carried the call. */
  readonly closed: (reason: CloseReason) => void;
  /** From now on this way is what carries the call. */
  readonly tookOver: (kind: CallWay) => void;
}

interface Way {
  readonly kind: CallWay;
  transport: MediaTransport | null;
  present: readonly Present[];
  comparison: Comparison | null;
  /** What it said last, also while another one carries the call. */
  link: 'opening' | 'up' | 'lost';
}

/**
 * The ways of one call's media: one, and for a moment two, when it moves from the direct way to the media server. Then
 * everyone keeps their place, is heard by one way at a time, and the old way goes only when the new one carries as much.
 */
export function createOwnWays(deps: Deps) {
  const { clock } = deps;
  let current: Way | null = null;
  let next: Way | null = null;
  let isHearing = true;
  const leaving = new Map<Way, () => void>();
  let stopWaiting: (() => void) | undefined;

  /** Those of the old way as long as it lasts, and whoever is on the new one alone. */
  function people(): readonly Present[] {
    const old = current?.present ?? [];
    const known = new Set(old.map(({ identity }) => identity));
    return [...old, ...(next?.present ?? []).filter(({ identity }) => !known.has(identity))];
  }

  /** Whoever is heard by the old way is heard by the new one as well. */
  function carriesAsMuch(): boolean {
    const others = (current?.present ?? []).filter(({ isMe }) => !isMe);
    return others.every(
      ({ identity }) => current?.transport?.carries(identity) !== true || next?.transport?.carries(identity) === true,
    );
  }

  function settle(): void {
    if (next?.link === 'up' && carriesAsMuch()) takeOver();
    else deps.changed(people());
  }

  /** Nobody tells when the first sound has come. */
  function untilItCarries(way: Way, last: number): void {
    if (way !== next) return;
    if (carriesAsMuch() || clock.now() >= last) return takeOver();
    stopWaiting = clock.after(LOOK_EVERY_MS, () => untilItCarries(way, last));
  }

  function takeOver(): void {
    stopWaiting?.();
    const old = current;
    current = next;
    next = null;
    if (old?.transport) linger(old);
    if (!current) return;
    deps.compared(current.comparison);
    deps.tookOver(current.kind);
    deps.changed(people());
  }

  function linger(way: Way): void {
    way.transport?.hear(false);
    leaving.set(
      way,
      clock.after(LINGERS_MS, () => end(way)),
    );
  }

  function end(way: Way | null): void {
    if (!way) return;
    leaving.get(way)?.();
    leaving.delete(way);
    way.transport?.close();
    way.transport = null;
  }

  function eventsOf(way: Way): TransportEvents {
    const ifCurrent =
      <T>(hear: (told: T) => void) =>
      (told: T): void => {
        if (way === current) hear(told);
      };
    const linkChanged = (isUp: boolean): void => {
      way.link = isUp ? 'up' : 'lost';
      if (way === current) deps.linkChanged();
    };
    return {
      peopleChanged(present) {
        way.present = present;
        if (way === current || way === next) settle();
      },
      told: (said) => (way === current || way === next) && deps.told(said),
      left: ifCurrent(deps.left),
      linkChanged,
      silenced: ifCurrent(deps.silenced),
      soundBlocked: ifCurrent(deps.soundBlocked),
      stuck: () => way === current && !next && deps.stuck(),
      compared(comparison) {
        way.comparison = comparison;
        if (way === current) deps.compared(comparison);
      },
      // Also of one that only just comes: its keys are given before it takes over.
      sealed: (sealing) => (way === current || way === next) && deps.sealed(sealing),
      closed(reason) {
        if (way === current && next && next.link !== 'opening') return takeOver();
        if (way !== current && way !== next) return;
        if (way === next) next = null;
        // What a direct one carries goes on.
        if (way.kind === 'sfu') linkChanged(false);
        deps.closed(reason);
      },
    };
  }

  return {
    kind: () => current?.kind ?? null,
    isUp: () => current?.link === 'up',
    /** And nothing comes up beside it, to take over by itself. */
    isDirect: () => current?.kind === 'direct' && next === null,
    /** All that stand, for what is sent. */
    each(act: (transport: MediaTransport) => void): void {
      for (const way of [current, next, ...leaving.keys()]) if (way?.transport) act(way.transport);
    },
    /** Whether one hears what comes; not so in a call on hold. */
    hear(isWanted: boolean): void {
      isHearing = isWanted;
      for (const way of [current, next]) way?.transport?.hear(isWanted);
    },
    transport: () => current?.transport ?? null,
    /**
     * A new way in. Beside the one that there is, if there is one; it takes over by itself.
     * `connect` is given the transport, and whether it came to nothing is its word.
     */
    async open(
      kind: CallWay,
      open: (events: TransportEvents) => Promise<MediaTransport>,
      connect: (transport: MediaTransport) => Promise<void>,
    ): Promise<void> {
      const way: Way = { kind, transport: null, present: [], comparison: null, link: 'opening' };
      const isBeside = current !== null;
      if (isBeside) {
        // One that still waited to take over: nobody would know of it any more.
        end(next);
        next = way;
      } else current = way;
      const isWanted = (): boolean => way === current || way === next;
      try {
        const transport = await open(eventsOf(way));
        if (!isWanted()) return transport.close();
        way.transport = transport;
        transport.hear(isHearing);
        await connect(transport);
        if (way.link === 'opening') way.link = 'up';
      } catch (failure) {
        end(way);
        if (way === next) next = null;
        if (way === current) current = null;
        throw failure;
      }
      if (way === next) untilItCarries(way, clock.now() + TAKES_OVER_WITHIN_MS);
    },
    /** All ways end at once. */
    close(): void {
      stopWaiting?.();
      for (const way of [current, next, ...leaving.keys()]) end(way);
      current = null;
      next = null;
    },
  };
}
