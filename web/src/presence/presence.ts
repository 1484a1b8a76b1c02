import type { UserId } from '@dialog/shared/contract/values';
import { PEOPLE_WATCHED_MAX } from '@dialog/shared/presence';
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
const TOLD_AFTER_MS = 200;
/** What was known of others is stale when we ourselves were away for so long (R7). */
const STALE_AFTER_MS = 10_000;

/** Who of the people on screen is online. */
export function createPresences({ socket, clock }: PresencesDeps): Presences {
  const store = createStore<ReadonlySet<UserId>>(() => new Set());
  const watchers = new Map<UserId, number>();
  let cancelTelling: (() => void) | undefined;
  let cancelForgetting: (() => void) | undefined;

  const stops = [
    socket.on('presenceChanged', ({ people }) => {
      const online = new Set(store.getState());
      for (const { userId, isOnline } of people)
        if (isOnline) online.add(userId);
        else online.delete(userId);
      store.setState(online, true);
    }),
    socket.onConnected(tell),
    socket.status.subscribe(({ status }) => {
      cancelForgetting?.();
      cancelForgetting =
        status === 'connected' ? undefined : clock.after(STALE_AFTER_MS, () => store.setState(new Set(), true));
    }),
  ];

  return {
    store,
    watch,
    stop() {
      stops.forEach((end) => end());
      cancelTelling?.();
      cancelForgetting?.();
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
    const online = [...store.getState()].filter((userId) => watched.has(userId));
    if (online.length < store.getState().size) store.setState(new Set(online), true);
  }
}
