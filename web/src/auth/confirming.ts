import { createStore, type StoreApi } from 'zustand/vanilla';

/** Where acts wait for their person to show that it is them, and the dialog that asks reads that they do. */
export interface Confirming {
  readonly store: StoreApi<{ readonly isAsking: boolean }>;
  /** Acts that need it at the same time are answered together. */
  ask(): Promise<boolean>;
  answer(isConfirmed: boolean): void;
}

export function createConfirming(): Confirming {
  const store = createStore(() => ({ isAsking: false }));
  let asked: PromiseWithResolvers<boolean> | undefined;
  return {
    store,
    ask() {
      asked ??= Promise.withResolvers<boolean>();
      store.setState({ isAsking: true });
      return asked.promise;
    },
    answer(isConfirmed) {
      asked?.resolve(isConfirmed);
      asked = undefined;
      store.setState({ isAsking: false });
    },
  };
}
