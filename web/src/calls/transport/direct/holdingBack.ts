import type { Clock } from '../../../platform/clock.ts';

/** What two say to find each other goes before anything is drawn of it, for so long. */
const DRAWN_AFTER_MS = 250;
/** And so does the first word, once there is a way. */
const HEARD_WITHIN_MS = 60;

interface Deps {
  readonly clock: Pick<Clock, 'after'>;
  readonly over: () => void;
}

/** A page that draws answers late: nothing is drawn of a connection that comes up just now. */
export function createHoldingBack({ clock, over }: Deps) {
  let step: 'no' | 'finding' | 'hearing' = 'no';
  let stop: (() => void) | undefined;

  function go(next: typeof step, ms: number): void {
    step = next;
    stop?.();
    stop = clock.after(ms, end);
  }

  function end(): void {
    step = 'no';
    over();
  }

  return {
    begin: () => go('finding', DRAWN_AFTER_MS),
    isOn(hasWay: boolean): boolean {
      if (step === 'finding' && hasWay) go('hearing', HEARD_WITHIN_MS);
      return step !== 'no';
    },
    end: () => stop?.(),
  };
}
