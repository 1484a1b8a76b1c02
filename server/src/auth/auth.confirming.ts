import type { Proof, Security } from '@dialog/shared/auth.confirming';
import type { UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import type { AuthRepository } from './auth.repository.ts';
import type { Sessions } from './auth.sessions.ts';
import type { PasswordHasher } from './passwordHash.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly sessions: Sessions;
  readonly passwords: PasswordHasher;
}

type Checks = {
  readonly [Kind in Proof['kind']]: (userId: UserId, proof: Extract<Proof, { kind: Kind }>) => Promise<boolean>;
};

export type Confirming = ReturnType<typeof createConfirming>;

/**
 * Showing once more that the person of a session is the one who sits there. It counts for that session alone and for ten
 * minutes; that an act needs it stands in the contract (`access: 'confirmed'`) and is checked in `runRoute`.
 */
export function createConfirming({ db, repository, sessions, passwords }: Deps) {
  const checks: Checks = {
    async password(userId, { password }) {
      const account = await repository.findAccount(db, userId);
      return passwords.matches(account?.passwordHash, password);
    },
  };

  return {
    /** @throws AppError `wrong-proof`. */
    async confirm({ userId, sessionId }: Caller, proof: Proof): Promise<void> {
      if (!(await checks[proof.kind](userId, proof))) throw new AppError('wrong-proof');
      await sessions.markConfirmed(db, sessionId);
    },

    async getSecurity(_caller: Caller): Promise<Security> {
      return { proofs: ['password'] };
    },
  };
}
