import type { PayloadOf } from '@dialog/shared/contract/events';
import type { authEvents } from '@dialog/shared/auth';
import { SessionId, type UserId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { Database, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { DeviceRepository } from './auth.devices.repository.ts';
import type { Devices } from './auth.devices.ts';
import type { StoredSession } from './auth.sessions.repository.ts';

export type SignedInElsewhere = PayloadOf<(typeof authEvents)['signedInElsewhere']>;

interface Deps {
  readonly db: Database;
  readonly jobs: Pick<Jobs, 'add' | 'handle'>;
  readonly repository: Pick<DeviceRepository, 'find'>;
  readonly devices: Pick<Devices, 'lookOf'>;
  /** To all devices of the person. */
  readonly tell: (userId: UserId, signIn: SignedInElsewhere) => Promise<void>;
  /** To the person's address, if they have one. */
  readonly mail: (session: StoredSession) => Promise<void>;
}

const TOPIC = 'auth.signedIn';
const Payload = z.object({ sessionId: SessionId });

export type Notices = ReturnType<typeof createNotices>;

/** Tells a person's devices that another one has signed in: a job of the sign-in, so that no crash keeps it quiet (R8). */
export function createNotices({ db, jobs, repository, devices, tell, mail }: Deps) {
  jobs.handle(TOPIC, async (payload) => {
    const { sessionId } = Payload.parse(payload);
    const session = await repository.find(db, sessionId);
    if (!session) return;
    await tell(session.userId, { sessionId, ...(await devices.lookOf(session)), method: session.method });
    await mail(session);
  });

  return {
    async sessionBegun(tx: Tx, { id, method }: StoredSession): Promise<void> {
      // There is nobody yet to be warned.
      if (method !== 'sign-up') await jobs.add(tx, TOPIC, { sessionId: id });
    },
  };
}
