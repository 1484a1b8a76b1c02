import type { UserId } from '@dialog/shared/contract/values';
import { PEOPLE_WATCHED_MAX, type Presence } from '@dialog/shared/presence';
import { createStore } from 'zustand/vanilla';
import type { Onlookers } from '../chats/chats.ts';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';

export interface Presences extends Onlookers {
  stop(): void;
}

interface PresencesDeps {
  readonly socket: Pick<Socket, 'on' | 'onConnected' | 'signal' | 'status'>;
  readonly clock: Clock;
}

/** Scrolling changes who is on screen many times; the server hears of where it ends. */
const TOLD_AFTER_MS = 250;
/** What was known of others is stale when we ourselves were away for so long (R7). */
const STALE_AFTER_MS = 10_000;
/** Of whom a new connection says nothing for so long, one may know nothing any more. */
const CONFIRMED_WITHIN_MS = 3_000;

/** How the people on screen are. One person's change leaves the objects of all others as they are. */
export function createPresences({ socket, clock }: PresencesDeps): Presences {
  const store = createStore<ReadonlyMap<UserId, Presence>>(() => new Map());
  const watchers = new Map<UserId, number>();
  /** Known from the connection before. */
  let unconfirmed: Set<UserId> = new Set();
  let cancelTelling: (() => void) | undefined;
  let cancelForgetting: (() => void) | undefined;
  let cancelConfirming: (() => void) | undefined;

  const stops = [
    socket.on('presenceChanged', ({ people }) => {
      const next = new Map(store.getState());
      for (const presence of people) {
        const known = next.get(presence.userId);
        // Told once more, as after another look at who is on screen: nothing is new to whoever shows it.
        next.set(presence.userId, known && isSame(known, presence) ? known : presence);
        unconfirmed.delete(presence.userId);
      }
      store.setState(next, true);
    }),
    socket.onConnected(() => {
      tell();
      unconfirmed = new Set(store.getState().keys());
      cancelConfirming?.();
      cancelConfirming = clock.after(CONFIRMED_WITHIN_MS, () => keepOnly((userId) => !unconfirmed.has(userId)));
    }),
    socket.status.subscribe(({ status }) => {
      cancelForgetting?.();
      cancelForgetting = undefined;
      if (status === 'connected') return;
      cancelConfirming?.();
      cancelForgetting = clock.after(STALE_AFTER_MS, () => keepOnly(() => false));
    }),
  ];

  return {
    store,
    watch,
    stop() {
      stops.forEach((end) => end());
      cancelTelling?.();
      cancelForgetting?.();
      cancelConfirming?.();
    },
  };

  function watch(userIds: readonly UserId[]): () => void {
    for (const userId of userIds) watchers.set(userId, (watchers.get(userId) ?? 0) + 1);
    tellSoon();
    return () => {
      for (const userId of userIds) {
        const left = (watchers.get(userId) ?? 1) - 1;
        if (left > 0) watchers.set(userId, left);
        else watchers.delete(userId);
      }
      tellSoon();
    };
  }

  function tellSoon(): void {
    cancelTelling ??= clock.after(TOLD_AFTER_MS, () => {
      cancelTelling = undefined;
      tell();
    });
  }

  function tell(): void {
    const userIds = [...watchers.keys()].slice(-PEOPLE_WATCHED_MAX);
    socket.signal('watchPeople', { userIds });
    const watched = new Set(userIds);
    keepOnly((userId) => watched.has(userId));
  }

  function keepOnly(isKept: (userId: UserId) => boolean): void {
    const kept = [...store.getState()].filter(([userId]) => isKept(userId));
    if (kept.length < store.getState().size) store.setState(new Map(kept), true);
  }
}

function isSame(known: Presence, told: Presence): boolean {
  return JSON.stringify(known) === JSON.stringify(told);
}
