import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { createConfirming } from './auth.confirming.ts';
import { serveConfirming } from './auth.confirming.routes.ts';
import { authRepository } from './auth.repository.ts';
import { serveAuth } from './auth.routes.ts';
import { createAuthService } from './auth.service.ts';
import { sessionRepository } from './auth.sessions.repository.ts';
import { createSessions, type Sessions } from './auth.sessions.ts';
import { createPasswordHasher } from './passwordHash.ts';
import { watchSessions } from './sessionWatch.ts';

export interface AuthFeature {
  readonly sessions: Sessions;
  /** Returns how to stop. */
  start(): () => void;
}

interface Neighbours {
  readonly sessionsEnding: (
    tx: Tx,
    sessions: ReadonlyArray<{ readonly sessionId: SessionId; readonly userId: UserId }>,
  ) => Promise<void>;
}

/** Accounts, sessions, and how people prove who they are. */
export function createAuthFeature(platform: Platform, { sessionsEnding }: Neighbours): AuthFeature {
  const { db, router, sockets, jobs, log, now } = platform;
  const passwords = createPasswordHasher();
  const sessions = createSessions({
    db,
    repository: sessionRepository,
    now,
    sessionsEnding,
    closeSession(sessionId) {
      sockets.closeSession(sessionId);
      jobs.kick();
    },
  });
  const shared = { db, repository: authRepository, sessions, passwords, now };
  serveAuth(router, { accounts: createAuthService(shared), sessions });
  serveConfirming(router, createConfirming(shared));
  return { sessions, start: () => watchSessions({ sockets, sessions, log }) };
}
