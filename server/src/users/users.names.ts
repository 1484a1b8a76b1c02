import type { UserId } from '@dialog/shared/contract/values';
import { USER_NAME_CHANGES_MAX, USER_NAME_DAYS } from '@dialog/shared/users.profile';
import { AppError } from '../platform/appError.ts';
import type { Tx } from '../platform/database.ts';
import type { UserNamesRepository } from './users.names.repository.ts';

interface Deps {
  readonly repository: UserNamesRepository;
  readonly now: () => Date;
}

export type UserNames = ReturnType<typeof createUserNames>;

/**
 * The rules of user names. Who gives one up keeps it for 30 days: it finds them, they may take it back, and nobody can
 * pass for them by it. The name one has is kept by `users` itself, whose names are unique.
 */
export function createUserNames({ repository, now }: Deps) {
  const since = (): Date => new Date(now().getTime() - USER_NAME_DAYS * 86_400_000);

  return {
    /** Under the lock of the person's row. @throws user-name-too-soon */
    async giveUp(tx: Tx, userId: UserId, oldName: string): Promise<void> {
      if ((await repository.countSince(tx, userId, since())) >= USER_NAME_CHANGES_MAX)
        throw new AppError('user-name-too-soon');
      await repository.removeBefore(tx, userId, since());
      await repository.remember(tx, { userId, oldName, changedAt: now() });
    },

    /**
     * After the name was written: whoever waited for the one who just gave it up sees that now.
     * @throws user-name-taken
     */
    async requireFree(tx: Tx, userName: string, userId: UserId): Promise<void> {
      const owner = await repository.lastOwner(tx, userName, since());
      if (owner !== undefined && owner !== userId) throw new AppError('user-name-taken', 'it was given up lately');
    },

    lastOwner: (tx: Tx, oldName: string) => repository.lastOwner(tx, oldName, since()),
  };
}
