import type { UserId } from '@dialog/shared/contract/values';
import { PEOPLE_FOUND_MAX } from '@dialog/shared/people';
import { UserName, type User } from '@dialog/shared/users';
import type { Database, Tx } from '../platform/database.ts';
import type { SettingsChanged } from '../settings/settings.service.ts';
import type { UserService } from '../users/users.service.ts';
import type { DirectoryRepository } from './people.directory.repository.ts';
import type { PeopleReach } from './people.reach.ts';

interface Deps {
  readonly db: Database;
  readonly repository: DirectoryRepository;
  readonly users: Pick<UserService, 'load'>;
  readonly reach: Pick<PeopleReach, 'blockersAmong'>;
  /** The operator lets people be found by the beginning of their names. */
  readonly isOpen: boolean;
}

export type Directory = ReturnType<typeof createDirectory>;

/** Whoever has blocked the one who looks is not found, by whatever name. */
export function createDirectory({ db, repository, users, reach, isOpen }: Deps) {
  async function findExactly(actorId: UserId, name: string): Promise<UserId | undefined> {
    const userName = UserName.safeParse(name);
    const found = userName.success ? await repository.findExactly(db, userName.data) : undefined;
    if (!found || (await reach.blockersAmong(db, actorId, [found])).has(found)) return undefined;
    return found;
  }

  return {
    findExactly,

    async find(actorId: UserId, name: string): Promise<{ users: User[]; isOpen: boolean }> {
      const limit = PEOPLE_FOUND_MAX + 1;
      const others = isOpen ? await repository.findByBeginning(db, { beginning: name, limit }) : [];
      const exact = await findExactly(actorId, name);
      const ids = [...new Set([...(exact ? [exact] : []), ...others])].filter((id) => id !== actorId);
      const blockers = await reach.blockersAmong(db, actorId, ids);
      const seen = ids.filter((id) => !blockers.has(id)).slice(0, PEOPLE_FOUND_MAX);
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
