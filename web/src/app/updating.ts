import { createStore, type StoreApi } from 'zustand/vanilla';

/** Takes a new build when no tab of this browser would lose anything by it. */
export interface Updating {
  /** `busy`: some tab is in a call, or records; it was asked and has to wait. */
  readonly store: StoreApi<{ readonly kind: 'idle' | 'asking' | 'busy' }>;
  take(): Promise<void>;
  /** Says to the other tabs, while `isBusy`, that nothing may be taken. Answers how to stop. */
  follow(busy: readonly Busy[]): () => void;
}

/** Something that goes on, and what is told when it begins or ends. */
interface Busy {
  isBusy(): boolean;
  subscribe(hear: () => void): () => void;
}

/** The part of the browser's lock manager used here. */
type Locks = Pick<LockManager, 'request' | 'query'>;

interface UpdatingDeps {
  readonly locks: Locks;
  readonly takeUpdate: () => void;
}

/** Held by every tab that is busy. A tab that crashed holds nothing. */
const BUSY = 'dialog-busy';

export function createUpdating({ locks, takeUpdate }: UpdatingDeps): Updating {
  const store = createStore<{ readonly kind: 'idle' | 'asking' | 'busy' }>(() => ({ kind: 'idle' }));

  return {
    store,
    async take() {
      store.setState({ kind: 'asking' });
      const { held = [] } = await locks.query();
      const isBusy = held.some(({ name }) => name === BUSY);
      store.setState({ kind: isBusy ? 'busy' : 'idle' });
      // Each tab brings its drafts to safety before it opens anew (`beforeReload`).
      if (!isBusy) takeUpdate();
    },
    follow(busy) {
      let release: (() => void) | undefined;
      const look = (): void => {
        const isBusy = busy.some((one) => one.isBusy());
        if (isBusy && !release) release = hold(locks);
        if (isBusy || !release) return;
        release();
        release = undefined;
        store.setState({ kind: 'idle' });
      };
      const stops = busy.map((one) => one.subscribe(look));
      look();
      return () => {
        stops.forEach((stop) => stop());
        release?.();
      };
    },
  };
}

function hold(locks: Locks): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  locks.request(BUSY, { mode: 'shared' }, () => promise).catch(() => undefined);
  return resolve;
}
