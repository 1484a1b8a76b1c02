import type { Clock } from '../../platform/clock.ts';
import { keepLost, NOBODY_KEPT } from './keptPeople.ts';
import type { Participant, Present } from '../transport/media.transport.ts';

interface Deps {
  readonly clock: Clock;
  /** What each says of themselves. */
  readonly describe: (one: Present) => Participant;
  readonly changed: (people: readonly Participant[]) => void;
}

/** The people of my call as they are shown: those present, and for half a minute those who vanished. */
export function createOwnPeople({ clock, describe, changed }: Deps) {
  let kept = NOBODY_KEPT;
  let seen: readonly Present[] = [];
  let left = new Set<string>();
  let stopTimer: (() => void) | undefined;

  function take(present: readonly Present[]): void {
    seen = present;
    const now = clock.now();
    kept = keepLost(kept, { present: present.map(describe), left, now });
    left = new Set();
    stopTimer?.();
    // Nobody tells when the half minute is over.
    if (kept.nextAt !== null) stopTimer = clock.after(kept.nextAt - now, () => take(present));
    changed(kept.people);
  }

  return {
    take,
    /** Somebody says something else of themselves. */
    again: () => take(seen),
    /** Someone left on purpose: they are not waited for. */
    left: (identity: string) => void left.add(identity),
    clear(): void {
      stopTimer?.();
      seen = [];
      kept = NOBODY_KEPT;
    },
  };
}
