import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { UsersRepository } from './users.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: UsersRepository;
  /** Who gave this name up lately. */
  readonly formerOwner: (userName: string) => Promise<UserId | undefined>;
  /** Whoever has blocked the reader is not found, unless the reader knows of them otherwise. */
  readonly isHiddenFrom: (reader: UserId, id: UserId) => Promise<boolean>;
  /** Of these people, those with whom the reader shares or shared a chat. */
  readonly sharesChatWith: (reader: UserId, ids: readonly UserId[]) => Promise<readonly UserId[]>;
}

export type UserService = ReturnType<typeof createUserService>;

/**
 * People as other people see them. Nobody is listed to strangers: one finds a person by the exact user name, or knows
 * them from a chat.
 */
export function createUserService({ db, repository, sharesChatWith, isHiddenFrom, formerOwner }: Deps) {
  async function foundByOldName(userName: string): Promise<User | undefined> {
    const id = await formerOwner(userName);
    return id && (await repository.list(db, [id]))[0];
  }

  return {
    async findUser(reader: UserId, userName: string): Promise<User> {
      const user = (await repository.findByName(db, userName)) ?? (await foundByOldName(userName));
      if (!user || (await isHiddenFrom(reader, user.id))) throw new AppError('user-not-found');
      return user;
    },

    async listUsers(reader: UserId, ids: readonly UserId[]): Promise<User[]> {
      const known = new Set([reader, ...(await sharesChatWith(reader, ids))]);
      return repository.list(
        db,
        ids.filter((id) => known.has(id)),
      );
    },

    /** For other features, whose own rights say who may see these people: those of `ids` that exist, by id. */
    async load(tx: Tx, ids: readonly UserId[]): Promise<ReadonlyMap<UserId, User>> {
      return new Map((await repository.list(tx, [...new Set(ids)])).map((user) => [user.id, user]));
    },
  };
}
