/** So many at once, the others in the order they came. */
export function createPlaces(count: number): { use<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> } {
  let free = count;
  const waiting: (() => void)[] = [];

  return {
    async use(work, signal) {
      if (free > 0) free -= 1;
      // A place that becomes free goes straight to the next.
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
