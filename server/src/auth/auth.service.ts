import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { newId } from '../platform/ids.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { Claim } from './auth.email.ts';
import type { Account, AuthRepository } from './auth.repository.ts';
import type { BegunSession, Origin, Sessions } from './auth.sessions.ts';
import type { PasswordHasher } from './passwordHash.ts';
import { checkNewPassword } from './passwordRules.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly sessions: Sessions;
  readonly passwords: PasswordHasher;
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

export type AuthService = ReturnType<typeof createAuthService>;

/** Accounts: made, signed in to, and their passwords. */
export function createAuthService(deps: Deps) {
  const { db, repository, sessions, passwords, now, claimEmail, requireFreeName } = deps;
  return {
    async signUp(wanted: NewAccount, origin: Origin): Promise<BegunSession> {
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
          return signedIn;
        });
      } catch (error) {
        if (isDuplicate(error)) throw new AppError('user-name-taken', undefined, { cause: error });
        throw error;
      }
    },

    async signIn(userName: string, password: string, origin: Origin): Promise<BegunSession> {
      const account = await repository.findAccountByName(db, userName.trim().toLowerCase());
      // The same work for a name that nobody has.
      const isRight = await passwords.matches(account?.passwordHash, password);
      if (!account || !isRight) throw new AppError('wrong-credentials');
      const { signedIn, ended } = await db.transaction((tx) =>
        sessions.begin(tx, { user: userOf(account), origin, isConfirmed: true, method: 'password' }),
      );
      sessions.close(ended);
      return signedIn;
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
