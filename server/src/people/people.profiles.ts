import { UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import type { SharedActs } from '../chats/chats.persons.ts';
import type { Database } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { PeopleReach } from './people.reach.ts';
import type { PeopleRepository } from './people.repository.ts';
import { presented } from './people.service.ts';
import type { UserService } from '../users/users.service.ts';

/** The name of the job that whoever changes a profile writes into its transaction. */
export const FRIENDS_TOLD = 'people.profileChanged';

/** One after the other: so many take a second or two, well within the time of a job. */
const PEOPLE_AT_A_TIME = 200;

const Payload = z.object({ userId: UserId, after: z.optional(UserId) });

interface Deps {
  readonly db: Database;
  readonly jobs: Jobs;
  readonly users: Pick<UserService, 'load'>;
  readonly repository: Pick<PeopleRepository, 'relatedAfter' | 'put'>;
  readonly reach: Pick<PeopleReach, 'relationsOf'>;
  readonly changePersons: SharedActs;
}

/**
 * A person has another name or picture: whoever has them in their list of people is told, also where they share no chat.
 * Across a block as well: names are no secret, and that one stayed old would tell of it. To run it again tells it again,
 * and changes nothing else.
 */
export function createFriendsWalk({ db, jobs, users, repository, reach, changePersons }: Deps): void {
  jobs.handle(FRIENDS_TOLD, async (payload) => {
    const { userId, after } = z.parse(Payload, payload);
    const others = await repository.relatedAfter(db, userId, { after: after ?? null, limit: PEOPLE_AT_A_TIME });
    // oxlint-disable-next-line no-await-in-loop -- a person of a thousand friends holds up nobody else
    for (const otherId of others) await tell(otherId, userId);
    if (others.length < PEOPLE_AT_A_TIME) return;
    await db.transaction((tx) => jobs.add(tx, FRIENDS_TOLD, { userId, after: others.at(-1) }));
    jobs.kick();
  });

  async function tell(otherId: UserId, userId: UserId): Promise<void> {
    await changePersons([otherId], async ({ tx, revisions }) => {
      const theirs = (await reach.relationsOf(tx, otherId, [userId]))(otherId, userId);
      if (theirs.friendship === 'none' && !theirs.isBlocked) return new Map();
      const row = { ...theirs, revision: revisions.get(otherId) ?? 0 };
      await repository.put(tx, row);
      return new Map([[otherId, { relations: presented([row], await users.load(tx, [userId])) }]]);
    });
  }
}
