import { createHash } from 'node:crypto';
import type { SessionEnd, SignInMethod } from '@dialog/shared/auth.values';
import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import { createGathered } from '../platform/gathered.ts';
import type { Caller } from '../platform/http/router.ts';
import { newId, newSecret } from '../platform/ids.ts';
import type { SessionBounds, SessionRepository, StoredSession } from './auth.sessions.repository.ts';
import { deviceName } from './deviceName.ts';

interface Deps {
  readonly db: Database;
  readonly repository: SessionRepository;
  readonly now: () => Date;
  /** In the transaction that ends sessions: what must follow is written beside it (R8). */
  readonly sessionsEnding: (
    tx: Tx,
    sessions: ReadonlyArray<{ readonly sessionId: SessionId; readonly userId: UserId }>,
  ) => Promise<void>;
  /** In the transaction in which a person shuts others out: what was begun before opens nothing any more. */
  readonly shutOut: (tx: Tx, userId: UserId) => Promise<void>;
  /** In the transaction that begins one. */
  readonly sessionBegun: (tx: Tx, session: StoredSession) => Promise<void>;
  /** After the commit of either: what was written beside it need not wait. */
  readonly committed: () => void;
  readonly closeSession: (sessionId: SessionId) => void;
}

export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

export interface BegunSession {
  readonly user: User;
  readonly sessionId: SessionId;
  /** 256 bits, handed out this once; only its hash is kept. */
  readonly token: string;
}

interface Ending {
  readonly userId: UserId;
  readonly sessionIds: readonly SessionId[];
  readonly how: SessionEnd;
}

interface NewSessionOf {
  readonly user: User;
  readonly origin: Origin;
  /** Whether its person has just proved who they are. Otherwise dangerous acts ask for that first. */
  readonly isConfirmed: boolean;
  readonly method: SignInMethod;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** 256 bits as `newSecret` writes them. */
const TOKEN_SHAPE = /^[\w-]{43}$/;
/** A session ends so long after it began, whatever happens. */
export const ABSOLUTE_MS = 30 * DAY_MS;
/** And so long after anyone used it. */
export const IDLE_MS = 14 * DAY_MS;
/** So long a proof of who one is holds for dangerous acts. */
const CONFIRMED_MS = 10 * MINUTE_MS;
/** When a session was last used is written at most this often. */
const SEEN_EVERY_MS = MINUTE_MS;
/** Tokens looked up in one statement. */
const SESSIONS_AT_ONCE = 200;
/** Uses of this time are written in one statement. */
const SEEN_TOGETHER_MS = 500;
/** Sessions that ran out, ended in one transaction. */
const RUN_OUT_AT_ONCE = 100;
/** A person's newest sessions that live on; whoever signs in by script every minute loses the oldest. */
const SESSIONS_MAX = 50;

export type Sessions = ReturnType<typeof createSessions>;

/**
 * A session is a row; whoever shows the token whose hash stands in it is that person. Nothing about a session lives
 * anywhere else, so ending the row ends it everywhere; open sockets are told, and asked after every ten seconds.
 */
export function createSessions(deps: Deps) {
  const { db, repository, now, sessionsEnding, sessionBegun, shutOut, committed, closeSession } = deps;
  const seen = new Set<SessionId>();
  const sessionWith = createGathered<string, StoredSession>({
    load: (tokenHashes) => repository.findSessions(db, tokenHashes),
    atOnce: SESSIONS_AT_ONCE,
  });

  async function end(tx: Tx, { userId, sessionIds, how }: Ending): Promise<void> {
    if (how === 'password' || how === 'elsewhere') await shutOut(tx, userId);
    if (sessionIds.length === 0) return;
    await repository.revokeSessions(tx, sessionIds, { at: now(), how });
    await sessionsEnding(
      tx,
      sessionIds.map((sessionId) => ({ sessionId, userId })),
    );
  }

  /** Those that nobody ended. Until the commit none of this person begins: what is to end is all there is. */
  async function lockSessions(tx: Tx, userId: UserId): Promise<StoredSession[]> {
    await repository.lockPerson(tx, userId);
    return repository.listSessions(tx, userId);
  }

  async function insert(tx: Tx, { user, origin, isConfirmed, method }: NewSessionOf): Promise<BegunSession> {
    const at = now();
    const token = newSecret();
    const session = {
      id: newId<SessionId>(),
      userId: user.id,
      tokenHash: hashOf(token),
      device: deviceName(origin.userAgent),
      address: origin.address,
      createdAt: at,
      lastSeenAt: at,
      confirmedAt: isConfirmed ? at : null,
      name: null,
      method,
    };
    await repository.insertSession(tx, session);
    await sessionBegun(tx, session);
    return { user, sessionId: session.id, token };
  }

  /** All of a person's sessions but one; what is answered is to be closed after the commit. */
  async function endOthers(tx: Tx, { userId, sessionId }: Caller, how: SessionEnd): Promise<SessionId[]> {
    const sessions = await lockSessions(tx, userId);
    const others = sessions.map((session) => session.id).filter((id) => id !== sessionId);
    await end(tx, { userId, sessionIds: others, how });
    return others;
  }

  /** When it ended, or will end, if nobody does that before. */
  function expiresAt({ createdAt, lastSeenAt }: Pick<StoredSession, 'createdAt' | 'lastSeenAt'>): Date {
    return new Date(Math.min(createdAt.getTime() + ABSOLUTE_MS, lastSeenAt.getTime() + IDLE_MS));
  }

  function isAlive(session: StoredSession): boolean {
    return expiresAt(session) > now();
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

  function boundsNow(): SessionBounds {
    const at = now().getTime();
    return { createdAfter: new Date(at - ABSOLUTE_MS), seenAfter: new Date(at - IDLE_MS) };
  }

  /** Some of those that ran out, as of when they did; how many were found. */
  async function endSomeRunOut(max: number): Promise<number> {
    const ids = await repository.listRunOut(db, boundsNow(), max);
    if (ids.length === 0) return 0;
    const ended = await db.transaction(async (tx) => {
      const sessions = await repository.lockRunOut(tx, ids, boundsNow());
      for (const session of sessions) {
        const { id: sessionId, userId } = session;
        // oxlint-disable-next-line no-await-in-loop -- one transaction is one connection
        await repository.revokeSessions(tx, [sessionId], { at: expiresAt(session), how: 'expired' });
        // oxlint-disable-next-line no-await-in-loop -- as above
        await sessionsEnding(tx, [{ sessionId, userId }]);
      }
      return sessions.map(({ id }) => id);
    });
    if (ended.length > 0) close(ended);
    return ids.length;
  }

  /** After the commit that ended them, or began one. */
  function close(ended: readonly SessionId[]): void {
    ended.forEach(closeSession);
    committed();
  }

  return {
    /** The oldest of too many end for it; what is answered as `ended` is to be closed after the commit. */
    async begin(
      tx: Tx,
      session: NewSessionOf,
    ): Promise<{ readonly signedIn: BegunSession; readonly ended: readonly SessionId[] }> {
      await repository.lockPerson(tx, session.user.id);
      const signedIn = await insert(tx, session);
      const sessions = await repository.listSessions(tx, session.user.id);
      const ended = sessions.slice(SESSIONS_MAX).map(({ id }) => id);
      await end(tx, { userId: session.user.id, sessionIds: ended, how: 'too-many' });
      return { signedIn, ended };
    },

    /** Every session of a person; what is answered is to be closed after the commit. */
    async endAll(tx: Tx, userId: UserId, how: SessionEnd): Promise<SessionId[]> {
      const ids = (await lockSessions(tx, userId)).map(({ id }) => id);
      await end(tx, { userId, sessionIds: ids, how });
      return ids;
    },

    endOthers,

    close,

    async signOut({ userId, sessionId }: Caller): Promise<void> {
      await db.transaction((tx) => end(tx, { userId, sessionIds: [sessionId], how: 'signed-out' }));
      close([sessionId]);
    },

    /** What nobody ended and is too old ends as if somebody had: what hangs on it goes. */
    async endRunOut(): Promise<void> {
      // oxlint-disable-next-line no-await-in-loop -- portion by portion, so that nobody waits for long
      while ((await endSomeRunOut(RUN_OUT_AT_ONCE)) >= RUN_OUT_AT_ONCE) {}
    },

    /** Those that live, the newest first. */
    async listAlive(userId: UserId): Promise<StoredSession[]> {
      return (await repository.listSessions(db, userId)).filter(isAlive);
    },

    expiresAt,

    async signOutSession(caller: Caller, sessionId: SessionId): Promise<void> {
      await db.transaction(async (tx) => {
        const sessions = await lockSessions(tx, caller.userId);
        if (!sessions.some((session) => session.id === sessionId)) throw new AppError('session-not-found');
        await end(tx, { userId: caller.userId, sessionIds: [sessionId], how: 'elsewhere' });
      });
      close([sessionId]);
    },

    async signOutOthers(caller: Caller): Promise<number> {
      const ended = await db.transaction((tx) => endOthers(tx, caller, 'elsewhere'));
      close(ended);
      return ended.length;
    },

    /** From now on the session is known by the answered token alone. */
    async changeToken(tx: Tx, sessionId: SessionId): Promise<string> {
      const token = newSecret();
      await repository.changeToken(tx, sessionId, hashOf(token));
      return token;
    },

    /** Whether its person proved a short while ago who they are. Asked of the database each time. */
    isConfirmed: (sessionId: SessionId): Promise<boolean> =>
      repository.isConfirmed(db, sessionId, new Date(now().getTime() - CONFIRMED_MS)),

    markConfirmed: (tx: Tx, sessionId: SessionId): Promise<void> => repository.markConfirmed(tx, sessionId, now()),

    /** Whose token this is; undefined when it is nobody's, ended or too old. */
    async authenticate(token: string, address: string): Promise<Caller | undefined> {
      // Anything else cannot be one of ours: not worth a question to the database.
      if (!TOKEN_SHAPE.test(token)) return undefined;
      const session = await sessionWith(hashOf(token).toString('hex'));
      if (!session || !isAlive(session)) return undefined;
      await markUse(session, address);
      return { userId: session.userId, sessionId: session.id };
    },

    /** Of these sessions, those that are over. */
    async findEnded(sessionIds: readonly SessionId[], tx: Tx = db): Promise<SessionId[]> {
      const alive = new Set(await repository.listAlive(tx, sessionIds, boundsNow()));
      return sessionIds.filter((id) => !alive.has(id));
    },

    markInUse: markSeen,

    /** Whether a living session of this account was last seen at this address. */
    async isKnownAddress(userName: string, address: string): Promise<boolean> {
      return (await repository.listAddresses(db, userName)).includes(address);
    },
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
