interface TurnsOptions {
  readonly atOnce: number;
  /** More than this waiting are refused at once, rather than late (R12). */
  readonly waitingMax: number;
  /** What those are told. */
  readonly refusal: () => Error;
}

/** Runs so many at a time; the others wait in the order they came, and too many are refused. */
export function createTurns({ atOnce, waitingMax, refusal }: TurnsOptions) {
  const waiting: Array<() => void> = [];
  let running = 0;

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMax) throw refusal();
      // Whoever ends hands the turn over, so `running` stays as it is.
      await new Promise<void>((resolve) => void waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
