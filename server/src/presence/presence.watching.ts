import type { UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import { aKnown, type Known, learn, look, type PresenceFact } from './presence.facts.ts';

/** Each watcher is told at most once in this time (R13). */
const TOLD_EVERY_MS = 1_000;
/** Whoever scrolls sees new people sooner, and what they may no longer see goes sooner; at most four times a second. */
const ANSWERED_EVERY_MS = 250;

/** Who is told: a connected page. */
export interface Watcher {
  readonly id: string;
  readonly userId: UserId;
  tell(people: readonly Presence[]): void;
}

/** Whom a watcher is told of, and of whom of these also whether and when they are there. */
export type Sight = ReadonlyMap<UserId, { readonly seesPresence: boolean }>;

export interface Watching {
  readonly watcher: Watcher;
  /** All who are on the screen, whoever may be told of. */
  wanted: readonly UserId[];
  sight: Sight;
  /** What this watcher was last told of each person. */
  readonly told: Map<UserId, Presence>;
  /** Of whom there may be something to tell. */
  readonly moved: Set<UserId>;
  lastToldAt: number;
  /** Something they asked for, or may no longer see, waits. */
  isHurried: boolean;
}

export type Watchings = ReturnType<typeof createWatchings>;

/** Who has whom on screen at this node, what is known of those, and telling it sparingly. */
export function createWatchings({ now }: { readonly now: () => Date }) {
  const byWatcher = new Map<string, Watching>();
  const byPerson = new Map<UserId, Set<Watching>>();
  const people = new Map<UserId, Known>();
  /** Told while it was still asked how things stand: newer than the answer. */
  const early = new Map<UserId, PresenceFact>();
  const dirty = new Set<Watching>();

  function touch(watching: Watching, userId: UserId): void {
    watching.moved.add(userId);
    dirty.add(watching);
  }

  function stir(userId: UserId): void {
    for (const watching of byPerson.get(userId) ?? []) touch(watching, userId);
  }

  function tellWhatMoved(watching: Watching): void {
    dirty.delete(watching);
    const { moved, told, sight, watcher } = watching;
    const changed: Presence[] = [];
    for (const userId of moved) {
      const shown = shownTo(sight, userId);
      const before = told.get(userId);
      if (shown === before || (!shown && !before)) continue;
      if (shown) told.set(userId, shown);
      else told.delete(userId);
      // Of whom one is told no more, the last word is that they are not there.
      changed.push(shown ?? { userId, state: 'offline' });
    }
    moved.clear();
    watching.isHurried = false;
    if (changed.length === 0) return;
    watching.lastToldAt = performance.now();
    watcher.tell(changed);
  }

  function shownTo(sight: Sight, userId: UserId): Presence | undefined {
    const right = sight.get(userId);
    const known = people.get(userId);
    if (!right || !known) return undefined;
    return right.seesPresence ? known.open : known.closed;
  }

  function takeOff(watching: Watching, userId: UserId): void {
    const others = byPerson.get(userId);
    others?.delete(watching);
    if (others?.size !== 0) return;
    byPerson.delete(userId);
    people.delete(userId);
    early.delete(userId);
  }

  return {
    people: people as ReadonlyMap<UserId, Known>,
    all: () => [...byWatcher.values()],
    of: (watcherId: string) => byWatcher.get(watcherId),

    /** The people on a screen, instead of those before. Answers of whom nothing is known here yet. */
    put(watcher: Watcher, wanted: readonly UserId[], sight: Sight): UserId[] {
      const watching = byWatcher.get(watcher.id) ?? {
        ...{ watcher, wanted: [], sight },
        ...{ told: new Map(), moved: new Set(), lastToldAt: Number.NEGATIVE_INFINITY, isHurried: false },
      };
      byWatcher.set(watcher.id, watching);
      const before = new Set(watching.wanted);
      const after = new Set(wanted);
      watching.wanted = [...after];
      watching.sight = sight;
      for (const userId of before) {
        if (after.has(userId)) continue;
        takeOff(watching, userId);
        // The page forgets whom it shows no more, so it is told anew when they come back on screen.
        watching.told.delete(userId);
        watching.moved.delete(userId);
      }
      const unknown: UserId[] = [];
      for (const userId of after) {
        const others = byPerson.get(userId);
        if (others) others.add(watching);
        else byPerson.set(userId, new Set([watching]));
        if (sight.has(userId) && !people.has(userId)) unknown.push(userId);
        touch(watching, userId);
      }
      return unknown;
    },

    /** What is known of people for the first time. */
    meet(facts: readonly PresenceFact[]): void {
      for (const { userId, ...fact } of facts) {
        if (!byPerson.has(userId) || people.has(userId)) continue;
        const known = aKnown(userId);
        learn(known, { ...fact, ...early.get(userId) }, now().getTime());
        early.delete(userId);
        people.set(userId, known);
        stir(userId);
      }
    },

    learn(fact: PresenceFact): void {
      const { userId } = fact;
      const known = people.get(userId);
      if (known && learn(known, fact, now().getTime())) stir(userId);
      else if (!known && byPerson.has(userId)) early.set(userId, { ...early.get(userId), ...fact });
    },

    /** What time alone has changed. */
    lookAgain(): void {
      for (const known of people.values()) if (look(known, now().getTime())) stir(known.userId);
    },

    /** At once, unless this page was told a moment ago. */
    answer(watching: Watching): void {
      watching.isHurried = true;
      if (isTime(watching, performance.now())) tellWhatMoved(watching);
    },

    flush(): void {
      const at = performance.now();
      for (const watching of dirty) if (isTime(watching, at)) tellWhatMoved(watching);
    },

    remove(watcherId: string): void {
      const watching = byWatcher.get(watcherId);
      if (!watching) return;
      byWatcher.delete(watcherId);
      dirty.delete(watching);
      for (const userId of watching.wanted) takeOff(watching, userId);
    },
  };
}

function isTime({ lastToldAt, isHurried }: Watching, now: number): boolean {
  return now - lastToldAt >= (isHurried ? ANSWERED_EVERY_MS : TOLD_EVERY_MS);
}
