import { aboutRoutes } from '@dialog/shared/about';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';

/** GIFs, where the server has a key for them. */
export interface Gifs {
  readonly call: Call;
  readonly store: StoreApi<{ readonly isThere: boolean }>;
  stop(): void;
}

interface GifsDeps {
  readonly call: Call;
  readonly onConnected: (hear: () => void) => () => void;
}

export function createGifs({ call, onConnected }: GifsDeps): Gifs {
  const store = createStore(() => ({ isThere: false }));
  // With each connection: an operator may have set a key meanwhile, and a restart connects anew.
  const stop = onConnected(() => {
    call(aboutRoutes.getAbout, {}).then(
      ({ hasGifs }) => store.setState({ isThere: hasGifs }),
      () => undefined,
    );
  });
  return { call, store, stop };
}
