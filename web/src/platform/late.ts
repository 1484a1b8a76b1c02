import { useEffect, useSyncExternalStore } from 'react';

/** What did not come is asked for again. */
const AGAIN_MS = 5_000;

/** Code that no first screen needs: brought when asked for, and then at hand without waiting. */
export interface Late<Module> {
  /** Rejects when the network does; the next call tries again. */
  load(): Promise<Module>;
  now(): Module | undefined;
  subscribe(hear: () => void): () => void;
}

export function createLate<Module>(bring: () => Promise<Module>): Late<Module> {
  const ears = new Set<() => void>();
  let module: Module | undefined;
  let loading: Promise<Module> | undefined;

  async function begin(): Promise<Module> {
    try {
      module = await bring();
    } finally {
      loading = undefined;
    }
    for (const hear of ears) hear();
    return module;
  }

  return {
    load: () => (module === undefined ? (loading ??= begin()) : Promise.resolve(module)),
    now: () => module,
    subscribe(hear) {
      ears.add(hear);
      return () => ears.delete(hear);
    },
  };
}

/** The module once it is there; asked for by whoever needs it first. Who does not need it does not render for it either. */
export function useLate<Module>(late: Late<Module>, isNeeded = true): Module | undefined {
  const module = useSyncExternalStore(late.subscribe, () => (isNeeded ? late.now() : undefined));
  useEffect(() => {
    if (!isNeeded || module !== undefined) return undefined;
    const ask = (): void => void late.load().catch(() => undefined);
    ask();
    const asking = setInterval(ask, AGAIN_MS);
    return () => clearInterval(asking);
  }, [late, isNeeded, module]);
  return module;
}
