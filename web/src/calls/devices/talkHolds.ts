import { createStore, type StoreApi } from 'zustand/vanilla';

/** What is held to be heard, by push to talk: a key or a button, in the page or in the window above all others. */
export interface TalkHolds {
  readonly store: StoreApi<{ readonly isHeld: boolean }>;
  /** One is heard until what it answers was called, and all other holds have ended. */
  hold(): () => void;
}

/** `talk`: opens the microphone, and closes it. It does so within the hold, so that whoever watches knows by whom it is. */
export function createTalkHolds(talk: (isHeard: boolean) => void): TalkHolds {
  const store = createStore(() => ({ isHeld: false }));
  const holds = new Set<symbol>();

  return {
    store,
    hold() {
      const mine = Symbol('hold');
      holds.add(mine);
      if (holds.size === 1) {
        store.setState({ isHeld: true });
        talk(true);
      }
      return () => {
        if (!holds.delete(mine) || holds.size > 0) return;
        talk(false);
        store.setState({ isHeld: false });
      };
    },
  };
}
