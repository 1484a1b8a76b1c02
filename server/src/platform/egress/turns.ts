import { EgressRefusal } from './egressRefusal.ts';

interface TurnsOptions {
  readonly atOnce: number;
  /** More than this waiting are refused at once, rather than late (R12). */
  readonly waitingMax: number;
}

/** So many at a time; the others wait in the order they came. */
export function createTurns({ atOnce, waitingMax }: TurnsOptions) {
  const waiting: (() => void)[] = [];
  let free = atOnce;

  function giveBack(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  return {
    /** @throws EgressRefusal `busy` when too many wait. */
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (free > 0) free -= 1;
      else if (waiting.length >= waitingMax) throw new EgressRefusal('busy');
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      return work().finally(giveBack);
    },
  };
}
