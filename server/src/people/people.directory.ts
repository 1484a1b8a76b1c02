import type { UserId } from '@dialog/shared/contract/values';
import { PEOPLE_FOUND_MAX } from '@dialog/shared/people';
import { UserName, type User } from '@dialog/shared/users';
import type { Database, Tx } from '../platform/database.ts';
import type { SettingsChanged } from '../settings/settings.service.ts';
import type { UserService } from '../users/users.service.ts';
import type { DirectoryRepository } from './people.directory.repository.ts';
import type { PeopleReach } from './people.reach.ts';
import type { StoredRelation } from './people.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: DirectoryRepository;
  readonly users: Pick<UserService, 'load'>;
  readonly reach: Pick<PeopleReach, 'relationsOf'>;
  /** Those of these people with whom this one shares or shared a chat. */
  readonly acquaintancesAmong: (userId: UserId, userIds: readonly UserId[]) => Promise<readonly UserId[]>;
  /** The operator lets people be found by the beginning of their names. */
  readonly isOpen: boolean;
}

export type Directory = ReturnType<typeof createDirectory>;

/**
 * Whoever has blocked the one who looks is not found, by whatever name: to strangers they are as nobody. Who knows of them
 * otherwise finds them as everybody does, for that they were not to be found would tell.
 */
export function createDirectory({ db, repository, users, reach, acquaintancesAmong, isOpen }: Deps) {
  async function hiddenFrom(actorId: UserId, userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const relation = await reach.relationsOf(db, actorId, userIds);
    const isInList = ({ friendship, isBlocked }: StoredRelation) => friendship !== 'none' || isBlocked;
    const hidden = userIds.filter((id) => relation(id, actorId).isBlocked && !isInList(relation(actorId, id)));
    const met = new Set(hidden.length > 0 ? await acquaintancesAmong(actorId, hidden) : []);
    return new Set(hidden.filter((id) => !met.has(id)));
  }

  async function findExactly(actorId: UserId, name: string): Promise<UserId | undefined> {
    const userName = UserName.safeParse(name);
    const found = userName.success ? await repository.findExactly(db, userName.data) : undefined;
    if (!found || (await hiddenFrom(actorId, [found])).has(found)) return undefined;
    return found;
  }

  return {
    hiddenFrom,
    findExactly,

    async find(actorId: UserId, name: string): Promise<{ users: User[]; isOpen: boolean }> {
      const limit = PEOPLE_FOUND_MAX + 1;
      const others = isOpen ? await repository.findByBeginning(db, { beginning: name, limit }) : [];
      const exact = await findExactly(actorId, name);
      const ids = [...new Set([...(exact ? [exact] : []), ...others])].filter((id) => id !== actorId);
      const hidden = await hiddenFrom(actorId, ids);
      const seen = ids.filter((id) => !hidden.has(id)).slice(0, PEOPLE_FOUND_MAX);
      const known = await users.load(db, seen);
      return { users: seen.flatMap((id) => known.get(id) ?? []), isOpen };
    },

    /** In the act that changes somebody's settings. */
    async settingsChanged(tx: Tx, { userId, before, after }: SettingsChanged): Promise<void> {
      const { isListed } = after.privacy;
      if (isListed !== before.privacy.isListed) await repository.setListed(tx, userId, isListed);
    },
  };
}
