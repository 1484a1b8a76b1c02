import { createHash } from 'node:crypto';
import type { UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import { newSecret } from '../platform/ids.ts';
import type { ChallengeRepository } from './auth.challenges.repository.ts';

/** What a challenge was made for; it is worth nothing for anything else. */
type Purpose = 'second-step' | 'passkey-making' | 'passkey-confirming' | 'passkey-second' | 'passkey-sign-in';

interface Deps {
  readonly db: Database;
  readonly repository: ChallengeRepository;
  readonly now: () => Date;
}

export const CHALLENGE_MS = 5 * 60_000;
const TRIES_MAX = 5;

export type Challenges = ReturnType<typeof createChallenges>;

/**
 * What people are asked to answer: 256 random bits, kept as their hash, in the database and nowhere else, so that any node
 * takes the answer and none takes it twice, whatever becomes of Redis.
 */
export function createChallenges({ db, repository, now }: Deps) {
  return {
    /** `userId` null: whoever answers says who they are. */
    async make(tx: Tx, purpose: Purpose, userId: UserId | null): Promise<string> {
      const challenge = newSecret();
      const expiresAt = new Date(now().getTime() + CHALLENGE_MS);
      await repository.insert(tx, { hash: hashOf(challenge), purpose, userId, expiresAt });
      return challenge;
    },

    /**
     * Uses it up; in a transaction that fails it is not.
     * @throws AppError `challenge-over` when it was not made, is old, or has been used.
     */
    async spend(tx: Tx, purpose: Purpose, challenge: string): Promise<UserId | null> {
      const hash = hashOf(challenge);
      const userId = await repository.find(tx, { hash, purpose }, now());
      if (userId === undefined || !(await repository.remove(tx, hash))) throw new AppError('challenge-over');
      return userId;
    },

    /**
     * Counts a try, also when what follows fails.
     * @throws AppError `challenge-over` when there were too many, or it cannot be answered any more.
     */
    async tryOnce(purpose: Purpose, challenge: string): Promise<UserId> {
      const row = { hash: hashOf(challenge), purpose };
      const userId = await db.transaction(async (tx) => {
        const found = await repository.find(tx, row, now());
        return (await repository.countTry(tx, row, TRIES_MAX)) ? found : undefined;
      });
      if (!userId) throw new AppError('challenge-over');
      return userId;
    },

    /** What was asked of somebody before their password or factors changed is asked no longer. */
    forget: (tx: Tx, userId: UserId): Promise<void> => repository.removeOf(tx, userId),

    async sweep(): Promise<void> {
      // oxlint-disable-next-line no-await-in-loop -- in portions, so that no other waits long for the rows
      while (await repository.removeExpired(db, now()));
    },
  };
}

function hashOf(challenge: string): Buffer {
  return createHash('sha256').update(challenge).digest();
}
