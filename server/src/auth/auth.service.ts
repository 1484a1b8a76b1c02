import { createHash } from 'node:crypto';
import type { Session } from '@dialog/shared/auth';
import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import { createGathered } from '../platform/gathered.ts';
import type { Caller } from '../platform/http/router.ts';
import { newId, newSecret } from '../platform/ids.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { Account, AuthRepository, StoredSession } from './auth.repository.ts';
import { deviceName } from './deviceName.ts';
import type { PasswordHasher } from './passwordHash.ts';
import { checkNewPassword } from './passwordRules.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly passwords: PasswordHasher;
  readonly now: () => Date;
  /** In the transaction that ends sessions: what must follow is written beside it (R8). */
  readonly sessionsEnding: (
    tx: Tx,
    sessions: ReadonlyArray<{ readonly sessionId: SessionId; readonly userId: UserId }>,
  ) => Promise<void>;
  /** After it. */
  readonly closeSession: (sessionId: SessionId) => void;
}

interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

interface SignedIn {
  readonly user: User;
  readonly sessionId: SessionId;
  /** 256 bits, handed out this once; only its hash is kept. */
  readonly token: string;
}

const DAY_MS = 24 * 3_600_000;
/** 256 bits as `newSecret` writes them. */
const TOKEN_SHAPE = /^[\w-]{43}$/;
/** A session ends so long after it began, whatever happens. */
const ABSOLUTE_MS = 30 * DAY_MS;
/** And so long after anyone used it. */
const IDLE_MS = 14 * DAY_MS;
/** When a session was last used is written at most this often. */
const SEEN_EVERY_MS = 60_000;
/** Tokens looked up in one statement. */
const SESSIONS_AT_ONCE = 200;
/** Uses of this time are written in one statement. */
const SEEN_TOGETHER_MS = 500;
/** A person's newest sessions that live on; whoever signs in by script every minute loses the oldest. */
const SESSIONS_MAX = 50;

export type AuthService = ReturnType<typeof createAuthService>;

/**
 * Accounts and sessions.
 *
 * A session is a row; whoever shows the token whose hash stands in it is that person. Nothing about a session lives
 * anywhere else, so ending the row ends it everywhere; open sockets are told, and asked after every ten seconds.
 */
export function createAuthService({ db, repository, passwords, now, sessionsEnding, closeSession }: Deps) {
  const seen = new Set<SessionId>();
  const sessionWith = createGathered<string, StoredSession>({
    load: (tokenHashes) => repository.findSessions(db, tokenHashes),
    atOnce: SESSIONS_AT_ONCE,
  });

  async function begin(tx: Tx, user: User, { address, userAgent }: Origin): Promise<SignedIn> {
    const at = now();
    const token = newSecret();
    const session = {
      id: newId<SessionId>(),
      userId: user.id,
      tokenHash: hashOf(token),
      address,
      createdAt: at,
      lastSeenAt: at,
    };
    await repository.insertSession(tx, { ...session, device: deviceName(userAgent) });
    return { user, sessionId: session.id, token };
  }

  async function end(tx: Tx, userId: UserId, sessionIds: readonly SessionId[]): Promise<void> {
    if (sessionIds.length === 0) return;
    await repository.revokeSessions(tx, sessionIds, now());
    await sessionsEnding(
      tx,
      sessionIds.map((sessionId) => ({ sessionId, userId })),
    );
  }

  async function otherSessions(tx: Tx, caller: Caller): Promise<SessionId[]> {
    const sessions = await repository.listSessions(tx, caller.userId);
    return sessions.map((session) => session.id).filter((id) => id !== caller.sessionId);
  }

  function isAlive(session: StoredSession): boolean {
    const at = now().getTime();
    return at - session.createdAt.getTime() < ABSOLUTE_MS && at - session.lastSeenAt.getTime() < IDLE_MS;
  }

  async function markSeen(sessionIds: readonly SessionId[]): Promise<void> {
    const at = now();
    await repository.markSeen(db, sessionIds, { at, before: new Date(at.getTime() - SEEN_EVERY_MS) });
  }

  /** Written together: when a node has died, thousands come back in a second, and each write would wait for the disk. */
  function markSeenSoon(sessionId: SessionId): void {
    if (seen.size === 0) {
      setTimeout(() => {
        const ids = [...seen];
        seen.clear();
        // Only what the list of devices shows: without a database it is as old as it was.
        void markSeen(ids).catch(() => undefined);
      }, SEEN_TOGETHER_MS).unref();
    }
    seen.add(sessionId);
  }

  async function markUse(session: StoredSession, address: string): Promise<void> {
    if (session.lastSeenAt.getTime() < now().getTime() - SEEN_EVERY_MS) markSeenSoon(session.id);
    if (session.address !== address) await repository.markAddress(db, session.id, address);
  }

  return {
    async signUp(
      wanted: { readonly userName: string; readonly displayName: string; readonly password: string },
      origin: Origin,
    ): Promise<SignedIn> {
      checkNewPassword(wanted.password, [wanted.userName, wanted.displayName]);
      const user: User = { id: newId<UserId>(), userName: wanted.userName, displayName: wanted.displayName };
      const account: Account = { ...user, passwordHash: await passwords.hash(wanted.password) };
      try {
        return await db.transaction(async (tx) => {
          await repository.insertAccount(tx, { ...account, createdAt: now() });
          return begin(tx, user, origin);
        });
      } catch (error) {
        if (isDuplicate(error)) throw new AppError('user-name-taken', undefined, { cause: error });
        throw error;
      }
    },

    async signIn(userName: string, password: string, origin: Origin): Promise<SignedIn> {
      const account = await repository.findAccountByName(db, userName.trim().toLowerCase());
      // The same work for a name that nobody has.
      const isRight = await passwords.matches(account?.passwordHash, password);
      if (!account || !isRight) throw new AppError('wrong-credentials');
      const { signedIn, tooOld } = await db.transaction(async (tx) => {
        const started = await begin(tx, userOf(account), origin);
        const sessions = await repository.listSessions(tx, account.id);
        const ended = sessions.slice(SESSIONS_MAX).map((session) => session.id);
        await end(tx, account.id, ended);
        return { signedIn: started, tooOld: ended };
      });
      tooOld.forEach(closeSession);
      return signedIn;
    },

    async signOut({ userId, sessionId }: Caller): Promise<void> {
      await db.transaction((tx) => end(tx, userId, [sessionId]));
      closeSession(sessionId);
    },

    async getMe({ userId, sessionId }: Caller): Promise<{ user: User; sessionId: SessionId }> {
      const account = await repository.findAccount(db, userId);
      if (!account) throw new AppError('not-signed-in');
      return { user: userOf(account), sessionId };
    },

    async listSessions(caller: Caller): Promise<Session[]> {
      const sessions = await repository.listSessions(db, caller.userId);
      return sessions.filter(isAlive).map((session) => ({
        id: session.id,
        device: session.device,
        address: session.address,
        createdAt: session.createdAt.toISOString(),
        lastSeenAt: session.lastSeenAt.toISOString(),
        isThisOne: session.id === caller.sessionId,
      }));
    },

    async signOutSession(caller: Caller, sessionId: SessionId): Promise<void> {
      await db.transaction(async (tx) => {
        const sessions = await repository.listSessions(tx, caller.userId);
        if (!sessions.some((session) => session.id === sessionId)) throw new AppError('session-not-found');
        await end(tx, caller.userId, [sessionId]);
      });
      closeSession(sessionId);
    },

    async signOutOthers(caller: Caller): Promise<number> {
      const ended = await db.transaction(async (tx) => {
        const others = await otherSessions(tx, caller);
        await end(tx, caller.userId, others);
        return others;
      });
      ended.forEach(closeSession);
      return ended.length;
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
      const token = newSecret();
      const ended = await db.transaction(async (tx) => {
        const locked = await repository.lockAccount(tx, caller.userId);
        // Another change came in between: what was checked is no longer the password.
        if (locked?.passwordHash !== account.passwordHash) throw new AppError('wrong-credentials');
        await repository.changePasswordHash(tx, caller.userId, passwordHash);
        await repository.changeToken(tx, caller.sessionId, hashOf(token));
        const others = await otherSessions(tx, caller);
        await end(tx, caller.userId, others);
        return others;
      });
      ended.forEach(closeSession);
      return token;
    },

    /** Whose token this is; undefined when it is nobody's, ended or too old. */
    async authenticate(token: string, address: string): Promise<Caller | undefined> {
      // Anything else cannot be one of ours: not worth a question to the database.
      if (!TOKEN_SHAPE.test(token)) return undefined;
      const session = await sessionWith(hashOf(token).toString('hex'));
      if (!session || !isAlive(session)) return undefined;
      await markUse(session, address);
      return { userId: session.userId, sessionId: session.id };
    },

    /** Of these sessions, those that are over. Those that live are marked as in use. */
    async findEnded(sessionIds: readonly SessionId[]): Promise<SessionId[]> {
      const at = now();
      const bounds = {
        createdAfter: new Date(at.getTime() - ABSOLUTE_MS),
        seenAfter: new Date(at.getTime() - IDLE_MS),
      };
      const alive = new Set(await repository.listAlive(db, sessionIds, bounds));
      return sessionIds.filter((id) => !alive.has(id));
    },

    markInUse: markSeen,

    /** Whether a living session of this account was last seen at this address. */
    async isKnownAddress(userName: string, address: string): Promise<boolean> {
      return (await repository.listAddresses(db, userName)).includes(address);
    },
  };
}

function userOf({ id, userName, displayName }: Account): User {
  return { id, userName, displayName };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
