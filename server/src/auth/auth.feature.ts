import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import type { Platform } from '../platform/platform.ts';
import type { Emails } from './auth.email.ts';
import { createDeviceFeature } from './auth.devices.feature.ts';
import { challengeRepository } from './auth.challenges.repository.ts';
import { createChallenges } from './auth.challenges.ts';
import { createProofFeature } from './auth.proofs.feature.ts';
import type { SignedInElsewhere, ToldChange } from './auth.notices.ts';
import { type FormerOwner, withFormerNames } from './auth.repository.ts';
import { serveAuth } from './auth.routes.ts';
import { createAuthService } from './auth.service.ts';
import { sessionRepository } from './auth.sessions.repository.ts';
import { createSessions, type Sessions } from './auth.sessions.ts';
import { createPasswordHasher } from './passwordHash.ts';
import { watchSessions } from './sessionWatch.ts';

export interface AuthFeature {
  readonly sessions: Sessions;
  readonly inviteByMail: Emails['invite'];
  /** In the transaction that gives somebody another user name; the jobs are started after it. */
  readonly userNameChanging: (tx: Tx, caller: Caller) => Promise<void>;
  /** Returns how to stop. */
  start(): () => void;
}

interface Neighbours {
  /** After the name was written. @throws user-name-taken */
  readonly requireFreeName: (tx: Tx, userName: string, userId: UserId) => Promise<void>;
  /** They may go on signing in by it. */
  readonly formerOwner: FormerOwner;
  readonly sessionsEnding: (
    tx: Tx,
    sessions: ReadonlyArray<{ readonly sessionId: SessionId; readonly userId: UserId }>,
  ) => Promise<void>;
  /** The one that a person has chosen for all their devices. */
  readonly languageOf: (userId: UserId) => Promise<string | null>;
  /** After a device has signed in, for good: may be said again. */
  readonly signedIn: (userId: UserId, signIn: SignedInElsewhere) => Promise<void>;
  /** After somebody changed how one proves to be this person, for good: may be said again. */
  readonly proofsChanged: (userId: UserId, change: ToldChange) => Promise<void>;
}

/** Accounts, sessions, and how people prove who they are. */
export function createAuthFeature(platform: Platform, neighbours: Neighbours): AuthFeature {
  const { sessionsEnding, signedIn, proofsChanged, languageOf, requireFreeName, formerOwner } = neighbours;
  const { db, router, sockets, jobs, log, now, limiter } = platform;
  const passwords = createPasswordHasher();
  const repository = withFormerNames(formerOwner);
  const challenges = createChallenges({ db, repository: challengeRepository, now });
  const sessions = createSessions({
    db,
    repository: sessionRepository,
    now,
    sessionsEnding,
    async shutOut(tx, userId) {
      await challenges.forget(tx, userId);
      await devices.emails.forget(tx, userId);
    },
    sessionBegun: (tx, session) => devices.notices.sessionBegun(tx, session),
    committed: jobs.kick,
    closeSession: sockets.closeSession,
  });
  const devices = createDeviceFeature(platform, {
    sessions,
    accounts: repository,
    passwords,
    languageOf,
    signedIn,
    proofsChanged,
  });
  const proofs = createProofFeature(platform, {
    repository,
    sessions,
    challenges,
    passwords,
    changeProofs: devices.notices.changeProofs,
  });
  const shared = { db, repository, sessions, passwords, limiter, now };
  const claimEmail = devices.emails.claimAtSignUp;
  const { recovery, secondFactors: factors } = proofs;
  const accounts = createAuthService({ ...shared, recovery, factors, claimEmail, requireFreeName });
  serveAuth(router, { accounts, sessions });
  return {
    sessions,
    inviteByMail: devices.emails.invite,
    userNameChanging: (tx, caller) => devices.notices.proofsChanging(tx, { caller, what: 'user-name-changed' }),
    start() {
      const stops = [watchSessions({ sockets, sessions, log }), devices.start(), proofs.start()];
      return () => stops.forEach((stop) => stop());
    },
  };
}
