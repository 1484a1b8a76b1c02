import type { SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import { createPlaces } from '../platform/places/places.ts';
import type { Platform } from '../platform/platform.ts';
import { deviceRepository } from './auth.devices.repository.ts';
import { serveDevices } from './auth.devices.routes.ts';
import { createDevices } from './auth.devices.ts';
import { createConfirming } from './auth.confirming.ts';
import { serveConfirming } from './auth.confirming.routes.ts';
import { createNotices } from './auth.notices.ts';
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

/** How often what is over is looked for. */
const SWEEP_MS = 600_000;

/** Accounts, sessions, and how people prove who they are. */
export function createAuthFeature(platform: Platform, { sessionsEnding }: Neighbours): AuthFeature {
  const { db, router, sockets, jobs, log, now } = platform;
  const passwords = createPasswordHasher();
  const sessions = createSessions({
    db,
    repository: sessionRepository,
    now,
    sessionsEnding,
    sessionBegun: (tx, session) => notices.sessionBegun(tx, session),
    committed: jobs.kick,
    closeSession: sockets.closeSession,
  });
  const shared = { db, repository: authRepository, sessions, passwords, now };
  serveAuth(router, { accounts: createAuthService(shared), sessions });
  const devices = createDevices({
    ...{ db, sessions, now },
    repository: deviceRepository,
    places: createPlaces(),
    isConnected: (sessionId) => !sockets.localSockets(`session:${sessionId}`)[Symbol.iterator]().next().done,
    tellChanged: (userId) => sockets.tell(`user:${userId}`, 'accountChanged', {}),
    keptDays: platform.config.signInHistoryDays,
  });
  const notices = createNotices({
    ...{ db, jobs, devices },
    repository: deviceRepository,
    tell: (userId, signIn) => sockets.tell(`user:${userId}`, 'signedInElsewhere', signIn),
  });
  serveDevices(router, devices);
  serveConfirming(router, createConfirming(shared));
  return {
    sessions,
    start() {
      const stops = [
        watchSessions({ sockets, sessions, log }),
        repeat(devices.sweep, {
          everyMs: SWEEP_MS,
          onError: (error) => log.warn({ err: error }, 'auth: old sign-ins go later'),
        }),
      ];
      return () => stops.forEach((stop) => stop());
    },
  };
}
