import type { SecondStep } from '@dialog/shared/auth.secondFactor';
import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller, RequestContext } from '../platform/http/router.ts';
import { newId } from '../platform/ids.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { Claim } from './auth.email.ts';
import type { Recovery } from './auth.recovery.ts';
import type { Account, AuthRepository } from './auth.repository.ts';
import type { SecondFactors } from './auth.secondFactor.ts';
import type { BegunSession, Origin, Sessions } from './auth.sessions.ts';
import type { PasswordHasher } from './passwordHash.ts';
import { checkNewPassword } from './passwordRules.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly sessions: Sessions;
  readonly recovery: Pick<Recovery, 'makeCodes'>;
  readonly factors: Pick<SecondFactors, 'stepAfterPassword'>;
  readonly passwords: PasswordHasher;
  readonly limiter: Pick<Limiter, 'take'>;
  readonly now: () => Date;
  /** Before the transaction; what it answers is done within. */
  readonly claimEmail: (claim: Claim) => Promise<(tx: Tx, user: User) => Promise<void>>;
  /** After the name was written. @throws user-name-taken */
  readonly requireFreeName: (tx: Tx, userName: string, userId: UserId) => Promise<void>;
}

interface NewAccount {
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly email?: Claim | undefined;
}

interface SignedUp extends BegunSession {
  /** Shown this once. */
  readonly recoveryCodes: readonly string[];
}

type PasswordAnswer = { readonly kind: 'signed-in'; readonly signedIn: BegunSession } | SecondStep;

export type AuthService = ReturnType<typeof createAuthService>;

/** Accounts: made, signed in to, and their passwords. */
export function createAuthService(deps: Deps) {
  const { db, repository, sessions, recovery, factors, passwords, limiter, now, claimEmail, requireFreeName } = deps;

  /**
   * Whether this is not yet one try too many, under whichever of their names. Somewhere new it is not said that it was: who
   * tried in vain by a name would learn by it which address is the same person's. Nobody's name takes the same work.
   */
  async function isTryLeft(name: string, person: string, address: string): Promise<boolean> {
    const isKnown = await sessions.isKnownAddress(name, address);
    return limiter.take('signInPerPerson', isKnown ? `${person} at ${address}` : person).then(
      () => true,
      (error: unknown) => {
        if (isKnown || !(error instanceof AppError && error.code === 'rate-limited')) throw error;
        return false;
      },
    );
  }

  return {
    async signUp(wanted: NewAccount, origin: Origin): Promise<SignedUp> {
      checkNewPassword(wanted.password, [wanted.userName, wanted.displayName]);
      const user: User = { id: newId<UserId>(), userName: wanted.userName, displayName: wanted.displayName };
      const account: Account = { ...user, passwordHash: await passwords.hash(wanted.password) };
      const claim = wanted.email && (await claimEmail(wanted.email));
      try {
        return await db.transaction(async (tx) => {
          await repository.insertAccount(tx, { ...account, createdAt: now() });
          await requireFreeName(tx, user.userName, user.id);
          await claim?.(tx, user);
          const { signedIn } = await sessions.begin(tx, { user, origin, isConfirmed: true, method: 'sign-up' });
          return { ...signedIn, recoveryCodes: await recovery.makeCodes(tx, user.id) };
        });
      } catch (error) {
        if (isDuplicate(error)) throw new AppError('user-name-taken', undefined, { cause: error });
        throw error;
      }
    },

    async signIn(
      { userName, password }: { readonly userName: string; readonly password: string },
      context: Pick<RequestContext, 'address' | 'userAgent' | 'origin'>,
    ): Promise<PasswordAnswer> {
      const name = userName.trim().toLowerCase();
      const account = await repository.findAccountByName(db, name);
      const mayTry = await isTryLeft(account?.userName ?? name, account?.id ?? name, context.address);
      // The same work for a name that nobody has.
      const isRight = await passwords.matches(account?.passwordHash, password);
      if (!account || !isRight || !mayTry) throw new AppError('wrong-credentials');
      const { step, begun } = await db.transaction(async (tx) => {
        const locked = await repository.lockAccount(tx, account.id);
        // Another one came in between: what was checked is no longer the password.
        if (locked?.passwordHash !== account.passwordHash) throw new AppError('wrong-credentials');
        // Not before: whether there is a second factor is nobody's business who has not the password.
        const asked = await factors.stepAfterPassword(tx, account.id, context);
        if (asked) return { step: asked };
        const session = { user: userOf(locked), origin: context, isConfirmed: true, method: 'password' } as const;
        return { begun: await sessions.begin(tx, session) };
      });
      if (step) return step;
      sessions.close(begun.ended);
      return { kind: 'signed-in', signedIn: begun.signedIn };
    },

    async getMe({ userId, sessionId }: Caller): Promise<{ user: User; sessionId: SessionId }> {
      const account = await repository.findAccount(db, userId);
      if (!account) throw new AppError('not-signed-in');
      return { user: userOf(account), sessionId };
    },

    /** Ends every other session; this one goes on under the token that is answered, the old one is void. */
    async changePassword(
      caller: Caller,
      { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
    ): Promise<string> {
      const account = await repository.findAccount(db, caller.userId);
      if (!(await passwords.matches(account?.passwordHash, currentPassword)) || !account)
        throw new AppError('wrong-credentials');
      checkNewPassword(newPassword, [account.userName, account.displayName]);
      const passwordHash = await passwords.hash(newPassword);
      const { token, ended } = await db.transaction(async (tx) => {
        const locked = await repository.lockAccount(tx, caller.userId);
        // Another change came in between: what was checked is no longer the password.
        if (locked?.passwordHash !== account.passwordHash) throw new AppError('wrong-credentials');
        await repository.changePasswordHash(tx, caller.userId, passwordHash);
        const changed = await sessions.changeToken(tx, caller.sessionId);
        await sessions.markConfirmed(tx, caller.sessionId);
        return { token: changed, ended: await sessions.endOthers(tx, caller, 'password') };
      });
      sessions.close(ended);
      return token;
    },
  };
}

function userOf({ passwordHash: _secret, ...user }: Account): User {
  return user;
}
