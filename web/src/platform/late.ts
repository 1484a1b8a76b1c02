import { type ComponentType, lazy as lazyOnce, type LazyExoticComponent, useEffect, useSyncExternalStore } from 'react';

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
      module = await withStyles(bring);
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

/** At once, and again for as long as it does not come. Answers what ends it. */
export function keepAsking({ load }: Pick<Late<unknown>, 'load'>): () => void {
  const ask = (): void => void load().catch(() => undefined);
  ask();
  const asking = setInterval(ask, AGAIN_MS);
  return () => clearInterval(asking);
}

/** The module once it is there; asked for by whoever needs it first. Who does not need it does not render for it either. */
export function useLate<Module>(late: Late<Module>, isNeeded = true): Module | undefined {
  const module = useSyncExternalStore(late.subscribe, () => (isNeeded ? late.now() : undefined));
  useEffect(() => {
    if (!isNeeded || module !== undefined) return undefined;
    return keepAsking(late);
  }, [late, isNeeded, module]);
  return module;
}

/**
 * React's `lazy`, but a network that is away for a moment breaks no page: what waits for the component waits on.
 *
 * It rejects, and so ends at the error boundary, only when the server answers and still has no such file: a new build is there.
 */
export function lazy<Props>(
  bring: () => Promise<{ readonly default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazyOnce(() => bringAtLast(bring));
}

/** Again and again while no server answers. @throws what `bring` does, when one answers and still has no such file. */
export async function bringAtLast<Module>(bring: () => Promise<Module>): Promise<Module> {
  try {
    return await withStyles(bring);
  } catch {
    if (await isServerThere()) return withStyles(bring);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    return bringAtLast(bring);
  }
}

/** Asks the server itself: what a service worker keeps says nothing. */
const isServerThere = (): Promise<boolean> =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * The style sheets that did not come. One that is only on its way looks the same, and has to be left alone: Vite waits for
 * that very element.
 */
const failed = new Set<HTMLLinkElement>();

function hearFailure({ target }: Event): void {
  if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failed.add(target);
}
// What fails does not bubble. Outside of a page nothing has styles.
globalThis.document?.addEventListener('error', hearFailure, { capture: true });

/** The styles of a module are asked for by Vite once only: those that did not come with it are asked for again here. */
function withStyles<Module>(bring: () => Promise<Module>): Promise<Module> {
  for (const link of failed) link.replaceWith(link.cloneNode());
  failed.clear();
  return bring();
}
