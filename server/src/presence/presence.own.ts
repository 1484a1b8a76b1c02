import type { UserId } from '@dialog/shared/contract/values';
import { presenceChosenAt } from '@dialog/shared/settings.values';
import { createGathered } from '../platform/gathered.ts';
import { laterOf, NOTHING_CHOSEN } from './presence.facts.ts';
import type { Attendance, Lease, Leases } from './presence.leases.ts';
import type { Chosen } from './presence.repository.ts';

/** Leases that begin or end in one round trip, and choices that are read with one question. */
const AT_ONCE = 200;
/** A page says whether somebody is at it as soon as it is connected; who says nothing by then counts as there. */
const REPORT_WITHIN_MS = 400;

interface Deps {
  readonly leases: Leases;
  /** What each of these people has chosen. */
  readonly chosenOf: (userIds: readonly UserId[]) => Promise<ReadonlyMap<UserId, Chosen>>;
  readonly now: () => Date;
}

interface OwnPage {
  lease: Lease;
  /** Whether anyone was told of it. */
  hasBegun: boolean;
  report: (() => void) | undefined;
}

interface OwnPerson {
  pages: number;
  chosen: Chosen | undefined;
}

export type OwnPages = ReturnType<typeof createOwnPages>;

/** The pages connected to this node, their leases, and how their people want to be seen. */
export function createOwnPages({ leases, chosenOf, now }: Deps) {
  const pages = new Map<string, OwnPage>();
  const persons = new Map<UserId, OwnPerson>();

  /** A crowd that comes or goes at once shares its round trips. */
  const gathered = (work: Leases['put']) =>
    createGathered<Lease, Attendance>({
      async load(some) {
        const standing = await work(some);
        return new Map(some.map((lease) => [lease, standing.get(lease.userId) ?? 'absent']));
      },
      atOnce: AT_ONCE,
    });
  const put = gathered((some) => leases.put(some));
  const end = gathered((some) => leases.end(some));
  const chosen = createGathered<UserId, Chosen>({ load: chosenOf, atOnce: AT_ONCE });

  function learn(userId: UserId, choice: Chosen): void {
    const person = persons.get(userId);
    if (person) person.chosen = laterOf(person.chosen ?? choice, choice);
  }

  function reported(page: OwnPage): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, REPORT_WITHIN_MS);
      timer.unref();
      page.report = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function take(page: OwnPage): Promise<Attendance | undefined> {
    const { lease } = page;
    const attendance = await put(lease);
    if (pages.get(lease.socketId) === page) return attendance;
    // Gone again while Redis was asked.
    return end(lease);
  }

  return {
    has: (socketId: string) => pages.has(socketId),
    people: (): Iterable<UserId> => persons.keys(),

    /** Answers how the person stands by that; undefined when the page is gone again. */
    async arrived(userId: UserId, socketId: string): Promise<Attendance | undefined> {
      const page: OwnPage = { lease: { userId, socketId, isActive: true }, hasBegun: false, report: undefined };
      pages.set(socketId, page);
      const person = persons.get(userId) ?? { pages: 0, chosen: undefined };
      persons.set(userId, person);
      person.pages += 1;
      const waited = reported(page);
      person.chosen = laterOf((await chosen(userId)) ?? NOTHING_CHOSEN, person.chosen);
      await waited;
      if (pages.get(socketId) !== page) return undefined;
      page.hasBegun = true;
      return take(page);
    },

    /** Answers how the person stands by that; undefined when nothing is to be told. */
    async report(socketId: string, isActive: boolean): Promise<Attendance | undefined> {
      const page = pages.get(socketId);
      if (!page) return undefined;
      page.report?.();
      if (page.lease.isActive === isActive) return undefined;
      page.lease = { ...page.lease, isActive };
      return page.hasBegun ? take(page) : undefined;
    },

    /** Answers whose page it was, and how they stand without it. */
    async left(socketId: string): Promise<{ userId: UserId; attendance: Attendance } | undefined> {
      const page = pages.get(socketId);
      if (!page) return undefined;
      pages.delete(socketId);
      page.report?.();
      const { userId } = page.lease;
      const person = persons.get(userId);
      if (person) person.pages -= 1;
      if (person?.pages === 0) persons.delete(userId);
      return page.hasBegun ? { userId, attendance: (await end(page.lease)) ?? 'absent' } : undefined;
    },

    renew: () => leases.renew([...pages.values()].filter(({ hasBegun }) => hasBegun).map(({ lease }) => lease)),

    chose: learn,

    /** What was chosen without this node hearing of it. */
    async lookAgain(): Promise<void> {
      const userIds = [...persons.keys()];
      for (let at = 0; at < userIds.length; at += AT_ONCE) {
        // oxlint-disable-next-line no-await-in-loop -- one question after the other leaves the database to acts
        for (const [userId, choice] of await chosenOf(userIds.slice(at, at + AT_ONCE))) learn(userId, choice);
      }
    },

    chosen: (userId: UserId) => persons.get(userId)?.chosen,

    /** Whether others may learn what this person does now. Of whom nothing is known yet it is asked. */
    async isVisible(userId: UserId): Promise<boolean> {
      const choice = persons.get(userId)?.chosen ?? (await chosen(userId));
      return choice === undefined || presenceChosenAt(choice, now().getTime()) !== 'invisible';
    },
  };
}
