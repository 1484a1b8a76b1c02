import type { Clock } from '../../platform/clock.ts';
import type { Participant } from '../transport/media.transport.ts';

/** Enough for a page that was loaded anew to come back. */
export const LEFT_FOR_MS = 10_000;
/** It rings for 45 s, and may ring again. */
export const NOBODY_CAME_FOR_MS = 180_000;

interface Deps {
  readonly clock: Clock;
  /** Whether I have this call with one other person, and a link to where they would be. */
  readonly isWaiting: () => boolean;
  /** Whether the other one was here and has left, so that the call is about to end. */
  readonly changed: (isLeft: boolean) => void;
  readonly end: () => void;
}

/**
 * A call of two ends when one of them has left, as on a telephone, and when nobody comes: no microphone stays open to an
 * empty room. Who vanished is waited for as long as their tile stands. A group's call waits for whoever comes next.
 */
export function createOwnAlone({ clock, isWaiting, changed, end }: Deps) {
  let hadCompany = false;
  let stop: (() => void) | null = null;

  function cease(): void {
    stop?.();
    stop = null;
  }

  return {
    look(people: readonly Participant[]): void {
      const me = people.find(({ isMe }) => isMe);
      const isAlone = me !== undefined && people.every(({ userId }) => userId === me.userId);
      if (me && !isAlone) hadCompany = true;
      const isEnding = isAlone && isWaiting();
      changed(isEnding && hadCompany);
      if (!isEnding) cease();
      else stop ??= clock.after(hadCompany ? LEFT_FOR_MS : NOBODY_CAME_FOR_MS, end);
    },
    cease,
  };
}
