import type { UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import { createGathered } from '../platform/gathered.ts';
import type { Lease, Leases } from './presence.leases.ts';

/** Well within a lease, so that one lost renewal is nobody's absence. */
const RENEW_MS = 15_000;
/** Leases that begin in one round trip. */
const LEASES_AT_ONCE = 200;
/** A lease that ran out is seen this much later at most: 40 + 5 s after a crash. */
const SWEEP_MS = 5_000;
/** Each watcher is told at most once in this time (R13). */
const TOLD_EVERY_MS = 1_000;
/** How often what waits to be told is looked through. */
const FLUSH_MS = 200;

/** Who is told: a connected page. */
export interface Watcher {
  readonly id: string;
  readonly userId: UserId;
  tell(people: readonly Presence[]): void;
}

interface Deps {
  readonly leases: Leases;
  /** Those of these people who share a chat with this person now. */
  readonly fellowsAmong: (userId: UserId, userIds: readonly UserId[]) => Promise<readonly UserId[]>;
  /** To the other nodes. */
  readonly publish: (change: Presence) => void;
  readonly onError: (error: unknown) => void;
}

interface Watching {
  readonly watcher: Watcher;
  /** What this watcher was last told of each person on their screen. */
  readonly told: Map<UserId, boolean | null>;
  lastToldAt: number;
}

export type PresenceService = ReturnType<typeof createPresenceService>;

/**
 * Who is there. The leases in Redis are the truth; what nodes tell each other only makes it quick, and a sweep finds
 * what was not told (a node that died, a Redis that was away). Without Redis nobody is known to be there.
 */
export function createPresenceService({ leases, fellowsAmong, publish, onError }: Deps) {
  const own = new Map<string, Lease>();
  const watchers = new Map<string, Watching>();
  const watched = new Map<UserId, Set<Watching>>();
  const online = new Set<UserId>();
  const dirty = new Set<Watching>();
  let isSweeping = false;
  /** A crowd that comes back shares its round trips. */
  const begin = createGathered<Lease, void>({
    async load(begun) {
      await leases.renew(begun);
      return new Map<Lease, void>();
    },
    atOnce: LEASES_AT_ONCE,
  });

  function learn(userId: UserId, isOnline: boolean): void {
    if (!watched.has(userId) || online.has(userId) === isOnline) return;
    if (isOnline) online.add(userId);
    else online.delete(userId);
    for (const watching of watched.get(userId) ?? []) dirty.add(watching);
  }

  function flush(): void {
    const now = performance.now();
    for (const watching of dirty) {
      if (now - watching.lastToldAt < TOLD_EVERY_MS) continue;
      dirty.delete(watching);
      if (tellWhatMoved(watching)) watching.lastToldAt = now;
    }
  }

  function tellWhatMoved(watching: Watching): boolean {
    const people: Presence[] = [];
    for (const [userId, told] of watching.told) {
      const isOnline = online.has(userId);
      if (told === isOnline) continue;
      watching.told.set(userId, isOnline);
      people.push({ userId, isOnline });
    }
    if (people.length > 0) watching.watcher.tell(people);
    return people.length > 0;
  }

  async function ask(userIds: readonly UserId[]): Promise<void> {
    // Without Redis nobody is known to be there; the sweep finds them again.
    const present = await leases.onlineAmong(userIds).catch((error: unknown) => {
      onError(error);
      return new Set<UserId>();
    });
    for (const userId of userIds) learn(userId, present.has(userId));
  }

  async function sweep(): Promise<void> {
    if (isSweeping || watched.size === 0) return;
    isSweeping = true;
    await ask([...watched.keys()]).finally(() => (isSweeping = false));
  }

  function unwatch(watcherId: string): void {
    const watching = watchers.get(watcherId);
    if (!watching) return;
    watchers.delete(watcherId);
    dirty.delete(watching);
    for (const userId of watching.told.keys()) {
      const others = watched.get(userId);
      others?.delete(watching);
      if (others?.size === 0) {
        watched.delete(userId);
        online.delete(userId);
      }
    }
  }

  async function watch(watcher: Watcher, userIds: readonly UserId[]): Promise<void> {
    const fellows = await fellowsAmong(watcher.userId, userIds);
    if (!own.has(watcher.id)) return;
    unwatch(watcher.id);
    const watching: Watching = { watcher, told: new Map(fellows.map((userId) => [userId, null])), lastToldAt: 0 };
    watchers.set(watcher.id, watching);
    for (const userId of fellows) {
      const others = watched.get(userId);
      if (others) others.add(watching);
      else watched.set(userId, new Set([watching]));
    }
    await ask(fellows);
    if (watchers.get(watcher.id) === watching) tellWhatMoved(watching);
  }

  const timers = [
    setInterval(() => void leases.renew([...own.values()]).catch(onError), RENEW_MS),
    setInterval(() => void sweep().catch(onError), SWEEP_MS),
    setInterval(flush, FLUSH_MS),
  ];
  for (const timer of timers) timer.unref();

  return {
    /** A page of this person's is connected to this node. */
    async arrived(lease: Lease): Promise<void> {
      own.set(lease.socketId, lease);
      learn(lease.userId, true);
      await begin(lease);
      // Gone again while Redis was asked.
      if (!own.has(lease.socketId)) await leases.end(lease);
      else publish({ userId: lease.userId, isOnline: true });
    },

    async left(socketId: string): Promise<void> {
      unwatch(socketId);
      const lease = own.get(socketId);
      if (!lease) return;
      own.delete(socketId);
      if (!(await leases.end(lease))) return;
      learn(lease.userId, false);
      publish({ userId: lease.userId, isOnline: false });
    },

    /** What another node told. */
    heard: ({ userId, isOnline }: Presence) => learn(userId, isOnline),

    /** The people on this watcher's screen, instead of those before; answered by their present state. */
    watch,

    /** Asks anew whom these people, and those who watch them, may see. */
    async recheck(userIds: readonly UserId[]): Promise<void> {
      const concerned = new Set(userIds);
      for (const { watcher, told } of [...watchers.values()]) {
        const isConcerned = concerned.has(watcher.userId) || userIds.some((userId) => told.has(userId));
        // oxlint-disable-next-line no-await-in-loop -- removals are rare, and must not crowd out acts
        if (isConcerned) await watch(watcher, [...told.keys()]);
      }
    },

    sweep,

    stop(): void {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
