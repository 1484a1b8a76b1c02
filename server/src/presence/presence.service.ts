import type { UserId } from '@dialog/shared/contract/values';
import { PRESENCE_LEASE_MS } from '@dialog/shared/presence';
import { presenceChosenAt } from '@dialog/shared/settings.values';
import type { PersonStatus } from '@dialog/shared/users.values';
import type { Known, PresenceFact } from './presence.facts.ts';
import type { LastSeen } from './presence.lastSeen.ts';
import type { Attendance, Leases } from './presence.leases.ts';
import type { OwnPages } from './presence.own.ts';
import type { Chosen, StoredPresence } from './presence.repository.ts';
import type { Sight, Watcher, Watching, Watchings } from './presence.watching.ts';

/** Well within a lease, so that one lost renewal is nobody's absence. */
const RENEW_MS = 12_000;
/** A lease that ran out is seen this much later at most: 35 + 5 s after a crash. */
const SWEEP_MS = 5_000;
/** Who stays is noted as seen once a minute, in case this node never sees them go. */
const NOTED_EVERY_MS = 60_000;
/** How often what waits to be told is looked through. */
const FLUSH_MS = 200;
const READ_AT_ONCE = 1_000;

interface Deps {
  readonly leases: Pick<Leases, 'of'>;
  readonly own: OwnPages;
  readonly watchings: Watchings;
  readonly lastSeen: Pick<LastSeen, 'note'>;
  readonly storedOf: (
    userIds: readonly UserId[],
  ) => Promise<ReadonlyMap<UserId, StoredPresence & { status: PersonStatus | null }>>;
  /** Whom this person may be told of now, and of whom also whether they are there. */
  readonly maySee: (userId: UserId, userIds: readonly UserId[]) => Promise<Sight>;
  /** To all nodes, this one included. */
  readonly publish: (fact: PresenceFact) => void;
  /** What was chosen for a time is over: others may learn of what was done meanwhile. */
  readonly becameVisible: (userId: UserId) => Promise<void>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/** A screen, and all who are to be on it. */
type Asked = Pick<Watching, 'watcher' | 'wanted'>;

export type PresenceService = ReturnType<typeof createPresenceService>;

/**
 * Who is there. The leases in Redis are the truth; what nodes tell each other only makes it quick, and a sweep finds
 * what was not told (a node that died, a Redis that was away). Without Redis nobody is known to be there. Whoever is
 * invisible has leases as everybody, and is shown as one whose leases ended at the moment of the choice.
 */
export function createPresenceService(deps: Deps) {
  const { leases, own, watchings, lastSeen, storedOf, maySee, publish, becameVisible, now, onError } = deps;
  /** What is asked for watchers at this moment: only the newest question about a screen is answered. */
  const asking = new Map<string, Asked>();
  /** Pages of whom it could not be asked anew whom they may see: the next sweep asks again. */
  const unsure = new Set<string>();
  let isSweeping = false;
  /** When it was last known how all stand. */
  let lookedAt = performance.now();

  const isInvisible = (chosen: Chosen | undefined): boolean =>
    chosen !== undefined && presenceChosenAt(chosen, now().getTime()) === 'invisible';

  /** How a person of this node stands; with what they have chosen, so that no node takes one for the other. */
  function tell(userId: UserId, attendance: Attendance | undefined, chosen: Chosen | undefined): void {
    if (attendance === undefined) return;
    const hasGone = attendance === 'absent' && !isInvisible(chosen);
    publish({
      userId,
      attendance,
      ...(chosen ? { chosen } : {}),
      ...(hasGone ? { seenAt: lastSeen.note(userId) } : {}),
    });
  }

  async function standing(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Attendance>> {
    // Without Redis nobody is known to be there; the sweep finds them again.
    return leases.of(userIds).catch((error: unknown) => {
      onError(error);
      return new Map<UserId, Attendance>();
    });
  }

  async function stored(userIds: readonly UserId[]): Promise<Map<UserId, Omit<PresenceFact, 'userId'>>> {
    const all = new Map<UserId, Omit<PresenceFact, 'userId'>>();
    for (let at = 0; at < userIds.length; at += READ_AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- one question after the other leaves the database to acts
      for (const [userId, one] of await storedOf(userIds.slice(at, at + READ_AT_ONCE))) all.set(userId, one);
    }
    return all;
  }

  /** Answers of whom nothing is known here yet; undefined when the page is gone, or was asked about anew meanwhile. */
  async function put(watcher: Watcher, userIds: readonly UserId[]): Promise<UserId[] | undefined> {
    const asked: Asked = { watcher, wanted: userIds };
    asking.set(watcher.id, asked);
    try {
      const sight = await maySee(watcher.userId, userIds);
      const isNewest = asking.get(watcher.id) === asked;
      return isNewest && own.has(watcher.id) ? watchings.put(watcher, userIds, sight) : undefined;
    } finally {
      if (asking.get(watcher.id) === asked) asking.delete(watcher.id);
    }
  }

  async function watch(watcher: Watcher, userIds: readonly UserId[]): Promise<void> {
    const unknown = await put(watcher, userIds);
    if (!unknown) return;
    if (unknown.length > 0) {
      const [present, facts] = await Promise.all([standing(unknown), stored(unknown)]);
      watchings.meet(
        unknown.map((userId) => ({ userId, attendance: present.get(userId) ?? 'absent', ...facts.get(userId) })),
      );
    }
    const watching = watchings.of(watcher.id);
    if (watching) watchings.answer(watching);
  }

  async function sweep(): Promise<void> {
    if (isSweeping) return;
    isSweeping = true;
    await sweepOnce().finally(() => (isSweeping = false));
  }

  /** Asks anew whom a page may see. While that fails it does not see those of whom it is in doubt (L6). */
  async function lookAnew({ watcher, wanted }: Asked, concerned: ReadonlySet<UserId>): Promise<void> {
    unsure.delete(watcher.id);
    try {
      await watch(watcher, wanted);
    } catch (error) {
      onError(error);
      const watching = watchings.of(watcher.id);
      if (!watching) return;
      unsure.add(watcher.id);
      const sight = new Map([...watching.sight].filter(([userId]) => !concerned.has(userId)));
      watchings.put(watcher, watching.wanted, sight);
      watchings.answer(watching);
    }
  }

  async function lookAtUnsure(): Promise<void> {
    for (const id of [...unsure]) {
      const screen = asking.get(id) ?? watchings.of(id);
      unsure.delete(id);
      // oxlint-disable-next-line no-await-in-loop -- one question after the other leaves the database to acts
      if (screen) await lookAnew(screen, new Set());
    }
  }

  async function sweepOnce(): Promise<void> {
    await Promise.all([...own.people()].map(endWhatIsOver));
    await lookAtUnsure();
    const before = new Map(
      [...watchings.people].map(([userId, { attendance, status }]) => [userId, { attendance, status }]),
    );
    if (before.size === 0) return;
    const userIds = [...before.keys()];
    const present = await leases.of(userIds).catch(onError);
    if (present) lookedAt = performance.now();
    // One look that failed is nobody's absence; after a lease without any, nobody is known to be there.
    const isBlind = !present && performance.now() - lookedAt < PRESENCE_LEASE_MS;
    // When those who went without a word were last seen; and what else was chosen without this node hearing of it.
    const facts = await stored(userIds);
    for (const userId of userIds) {
      const attendance = isBlind ? {} : { attendance: present?.get(userId) ?? ('absent' as const) };
      const found: PresenceFact = { userId, ...attendance, ...facts.get(userId) };
      watchings.learn(unlessNewer(found, before.get(userId), watchings.people.get(userId)));
    }
    watchings.lookAgain();
  }

  /** What somebody here chose for a time has run out: from now on it is as if they had chosen it. */
  async function endWhatIsOver(userId: UserId): Promise<void> {
    const chosen = own.chosen(userId);
    if (!chosen || chosen.choice === 'automatic' || presenceChosenAt(chosen, now().getTime()) !== 'automatic') return;
    own.chose(userId, { choice: 'automatic', until: null, revision: chosen.revision });
    if (chosen.choice === 'invisible') await becameVisible(userId);
  }

  function noteAll(): void {
    for (const userId of own.people()) if (!isInvisible(own.chosen(userId))) lastSeen.note(userId);
  }

  const timers = [
    setInterval(() => void own.renew().catch(onError), RENEW_MS),
    // Nobody's being invisible rests on one word that may be lost.
    setInterval(() => void own.lookAgain().catch(onError), RENEW_MS),
    setInterval(() => void sweep().catch(onError), SWEEP_MS),
    setInterval(noteAll, NOTED_EVERY_MS),
    setInterval(() => watchings.flush(), FLUSH_MS),
  ];
  for (const timer of timers) timer.unref();

  return {
    /** A page of this person's is connected to this node. */
    async arrived({ userId, socketId }: { userId: UserId; socketId: string }): Promise<void> {
      const attendance = await own.arrived(userId, socketId);
      await endWhatIsOver(userId);
      tell(userId, attendance, own.chosen(userId));
    },

    async reported({ userId, socketId, isActive }: { userId: UserId; socketId: string; isActive: boolean }) {
      tell(userId, await own.report(socketId, isActive), own.chosen(userId));
    },

    async left({ userId, socketId }: { userId: UserId; socketId: string }): Promise<void> {
      watchings.remove(socketId);
      const chosen = own.chosen(userId);
      tell(userId, (await own.left(socketId))?.attendance, chosen);
    },

    /** After the commit, on the node where it was chosen. */
    async chose(userId: UserId, after: Chosen, wasInvisible: boolean): Promise<void> {
      own.chose(userId, after);
      const attendance = (await standing([userId])).get(userId);
      const hides = isInvisible(after) && !wasInvisible && attendance !== undefined && attendance !== 'absent';
      publish({
        userId,
        chosen: after,
        ...(attendance ? { attendance } : {}),
        ...(hides ? { seenAt: lastSeen.note(userId, true) } : {}),
      });
    },

    /** What some node told. */
    heard(facts: readonly PresenceFact[]): void {
      for (const fact of facts) {
        if (fact.chosen) own.chose(fact.userId, fact.chosen);
        watchings.learn(fact);
      }
    },

    /** The people on this watcher's screen, instead of those before; answered by their present state. */
    watch,

    /** Asks anew whom these people, and those who watch them, may see. */
    async recheck(userIds: readonly UserId[]): Promise<void> {
      const concerned = new Set(userIds);
      for (const id of new Set([...watchings.all().map(({ watcher }) => watcher.id), ...asking.keys()])) {
        // As it is by now: whoever scrolled meanwhile watches others.
        const screen = asking.get(id) ?? watchings.of(id);
        if (!screen) continue;
        const { watcher, wanted } = screen;
        const isConcerned = concerned.has(watcher.userId) || wanted.some((userId) => concerned.has(userId));
        // oxlint-disable-next-line no-await-in-loop -- removals are rare, and must not crowd out acts
        if (isConcerned) await lookAnew(screen, concerned);
      }
    },

    isVisible: own.isVisible,

    sweep,

    stop(): void {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

type Sure = Pick<Known, 'attendance' | 'status'>;

/** What was found, but for what was told otherwise while it was asked: that is newer. */
function unlessNewer(found: PresenceFact, before: Sure | undefined, known: Sure | undefined): PresenceFact {
  const { attendance, status, ...rest } = found;
  return {
    ...rest,
    ...(attendance && before?.attendance === known?.attendance ? { attendance } : {}),
    ...(status !== undefined && before?.status === known?.status ? { status } : {}),
  };
}
