import type { CallId, UserId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import { createGathered } from '../platform/gathered.ts';
import type { CallRepository } from './calls.repository.ts';
import type { Standing } from './calls.standing.repository.ts';

/** Calls that go in one question. */
const AT_ONCE = 50;

interface Deps {
  readonly db: Database;
  readonly calls: Pick<CallRepository, 'standings'>;
  readonly invisibleAmong: (userIds: readonly UserId[]) => Promise<ReadonlySet<UserId>>;
}

/** What each look at a call asks the database. Of many looks at once, as in a sweep, it is asked together. */
export function createCallAsking({ db, calls, invisibleAmong }: Deps) {
  return {
    /** Nothing when it has ended. */
    standing: createGathered<CallId, Standing>({ load: (callIds) => calls.standings(db, callIds), atOnce: AT_ONCE }),
    /** At least those of these people. */
    invisibleAmong: createGathered<readonly UserId[], ReadonlySet<UserId>>({
      async load(some) {
        const invisible = await invisibleAmong([...new Set(some.flat())]);
        return new Map(some.map((userIds) => [userIds, invisible]));
      },
      atOnce: AT_ONCE,
    }),
  };
}

export type CallAsking = ReturnType<typeof createCallAsking>;
