import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../platform/clock.ts';
import type { Point } from './zoom.ts';

/** About twenty a second: smooth enough, and little on the way. */
const TOLD_EVERY_MS = 50;
/** A hand that rests is told again, so that it does not vanish. */
const AGAIN_EVERY_MS = 1_000;
/** Whoever is no longer heard of points no longer. */
export const GONE_AFTER_MS = 2_000;

interface PointingDeps {
  readonly clock: Clock;
  readonly tell: (at: Point | null) => void;
}

/** My pointer on one screen: told at most so often, always where it came to rest. */
export function createPointing({ clock, tell }: PointingDeps) {
  let at: Point | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | undefined;

  function say(): void {
    toldAt = clock.now();
    tell(at);
    stopTimer = at ? clock.after(AGAIN_EVERY_MS, say) : undefined;
  }

  return {
    move(next: Point): void {
      const isWaiting = at !== null && clock.now() - toldAt < TOLD_EVERY_MS;
      at = next;
      stopTimer?.();
      if (isWaiting) stopTimer = clock.after(TOLD_EVERY_MS - (clock.now() - toldAt), say);
      else say();
    },
    end(): void {
      stopTimer?.();
      if (at === null) return;
      at = null;
      say();
    },
  };
}

/** Where others point on one screen, by identity. */
export type Pointers = ReadonlyMap<string, Point>;

export interface SeenPointers {
  readonly store: StoreApi<Pointers>;
  take(identity: string, at: Point | null): void;
  clear(): void;
}

export function createSeenPointers(clock: Clock): SeenPointers {
  const store = createStore<Pointers>(() => new Map());
  const timers = new Map<string, () => void>();

  function take(identity: string, at: Point | null): void {
    timers.get(identity)?.();
    timers.delete(identity);
    const next = new Map(store.getState());
    if (at) {
      next.set(identity, at);
      timers.set(
        identity,
        clock.after(GONE_AFTER_MS, () => take(identity, null)),
      );
    } else next.delete(identity);
    store.setState(next, true);
  }

  return {
    store,
    take,
    clear() {
      for (const stop of timers.values()) stop();
      timers.clear();
      store.setState(new Map(), true);
    },
  };
}
