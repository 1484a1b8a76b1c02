import type { UserId } from '@dialog/shared/contract/values';
import { repeat } from '../platform/jobs/repeated.ts';
import { createPlaces } from '../platform/places/places.ts';
import type { Platform } from '../platform/platform.ts';
import { changeRepository } from './auth.changes.repository.ts';
import { deviceRepository } from './auth.devices.repository.ts';
import { serveDevices } from './auth.devices.routes.ts';
import { createDevices } from './auth.devices.ts';
import { createEmails, type Emails } from './auth.email.ts';
import { emailRepository } from './auth.email.repository.ts';
import { serveEmails } from './auth.email.routes.ts';
import { linkRepository } from './auth.linking.repository.ts';
import { serveLinking } from './auth.linking.routes.ts';
import { createLinking } from './auth.linking.ts';
import { createAuthMails } from './auth.mails.ts';
import { createNotices, type Notices, type SignedInElsewhere, type ToldChange } from './auth.notices.ts';
import type { AuthRepository } from './auth.repository.ts';
import type { Sessions } from './auth.sessions.ts';
import type { PasswordHasher } from './passwordHash.ts';

interface Neighbours {
  readonly accounts: AuthRepository;
  readonly sessions: Sessions;
  readonly passwords: PasswordHasher;
  readonly languageOf: (userId: UserId) => Promise<string | null>;
  readonly signedIn: (userId: UserId, signIn: SignedInElsewhere) => Promise<void>;
  readonly proofsChanged: (userId: UserId, change: ToldChange) => Promise<void>;
}

export interface DeviceFeature {
  readonly notices: Notices;
  readonly emails: Emails;
  /** Returns how to stop. */
  start(): () => void;
}

/** How often what is over is looked for. */
const SWEEP_MS = 600_000;

/** The part of accounts that is about e-mail addresses, the list of devices, and letting new ones in. */
export function createDeviceFeature(platform: Platform, neighbours: Neighbours): DeviceFeature {
  const { db, router, sockets, jobs, log, now, mailer, limiter, linkTo } = platform;
  const tellChanged = (userId: UserId): void => sockets.tell(`user:${userId}`, 'accountChanged', {});
  const devices = createDevices({
    ...{ db, now, tellChanged },
    sessions: neighbours.sessions,
    repository: deviceRepository,
    changes: changeRepository,
    places: createPlaces(),
    isConnected: (sessionId) => !sockets.localSockets(`session:${sessionId}`)[Symbol.iterator]().next().done,
    keptDays: platform.config.signInHistoryDays,
  });
  const emails = createEmails({
    ...{ db, now, mailer, jobs, limiter, tellChanged, ...neighbours },
    repository: emailRepository,
    mails: createAuthMails(linkTo),
  });
  const notices = createNotices({
    ...{ db, jobs, devices, now },
    repository: deviceRepository,
    changes: changeRepository,
    async tell(userId, signIn) {
      sockets.tell(`user:${userId}`, 'signedInElsewhere', signIn);
      await neighbours.signedIn(userId, signIn);
    },
    async tellChange(userId, change) {
      tellChanged(userId);
      await neighbours.proofsChanged(userId, change);
    },
    mail: emails.tellSignIn,
    mailChange: emails.tellProofChange,
  });
  const linking = createLinking({
    ...{ db, now, devices },
    sessions: neighbours.sessions,
    repository: linkRepository,
    accounts: neighbours.accounts,
  });
  serveDevices(router, devices);
  serveEmails(router, emails);
  serveLinking(router, linking);
  return {
    notices,
    emails,
    start: () =>
      repeat(
        async () => {
          await Promise.all([devices.sweep(), emails.sweep(), linking.sweep()]);
        },
        { everyMs: SWEEP_MS, onError: (error) => log.warn({ err: error }, 'auth: what is over goes later') },
      ),
  };
}
