import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../platform/clock.ts';
import type { PassingMessage, Told } from '../own/own.peers.ts';

/** How long an emoji floats. */
export const FLOAT_MS = 4_000;
/** More at once are confetti, from me or from others. */
export const AT_ONCE = 5;

interface Floating {
  readonly id: number;
  readonly emoji: string;
}

export interface Reactions {
  /** What floats over whom, by identity. */
  readonly store: StoreApi<ReadonlyMap<string, readonly Floating[]>>;
  /** Answers whether it went; too many at once do not. */
  send(emoji: string): boolean;
}

interface Deps {
  readonly tell: (message: PassingMessage) => void;
  readonly onTold: (hear: (said: Told) => void) => () => void;
  /** My own identity in the call; undefined: in none. */
  readonly me: () => string | undefined;
  readonly clock: Clock;
}

/** Emoji that float over people's tiles for a moment. */
export function createReactions({ tell, onTold, me, clock }: Deps): Reactions {
  const store = createStore<ReadonlyMap<string, readonly Floating[]>>(() => new Map());
  let lastId = 0;
  onTold(({ identity, message }) => {
    if (message.kind === 'emoji') float(identity, message.emoji);
  });

  function float(identity: string, emoji: string): boolean {
    const floating = store.getState().get(identity) ?? [];
    if (floating.length >= AT_ONCE) return false;
    const id = (lastId += 1);
    store.setState(new Map(store.getState()).set(identity, [...floating, { id, emoji }]), true);
    clock.after(FLOAT_MS, () => land(identity, id));
    return true;
  }

  function land(identity: string, id: number): void {
    const rest = (store.getState().get(identity) ?? []).filter((one) => one.id !== id);
    const all = new Map(store.getState()).set(identity, rest);
    if (rest.length === 0) all.delete(identity);
    store.setState(all, true);
  }

  return {
    store,
    send(emoji) {
      const identity = me();
      const isGone = identity !== undefined && float(identity, emoji);
      if (isGone) tell({ kind: 'emoji', emoji });
      return isGone;
    },
  };
}
