import type { authEvents } from '@dialog/shared/auth';
import type { AccountChange } from '@dialog/shared/auth.devices';
import type { ProofChange } from '@dialog/shared/auth.values';
import type { PayloadOf } from '@dialog/shared/contract/events';
import { SessionId, type UserId, Uuid } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { newId } from '../platform/ids.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { ChangeRepository, StoredChange } from './auth.changes.repository.ts';
import type { DeviceRepository } from './auth.devices.repository.ts';
import type { Devices } from './auth.devices.ts';
import type { StoredSession } from './auth.sessions.repository.ts';

export type SignedInElsewhere = PayloadOf<(typeof authEvents)['signedInElsewhere']>;
export type ToldChange = Pick<AccountChange, 'id' | 'what' | 'device' | 'place'>;

interface Deps {
  readonly db: Database;
  readonly jobs: Pick<Jobs, 'add' | 'handle' | 'kick'>;
  readonly repository: Pick<DeviceRepository, 'find'>;
  readonly changes: Pick<ChangeRepository, 'insert' | 'find'>;
  readonly devices: Pick<Devices, 'lookOf'>;
  readonly now: () => Date;
  /** To all devices of the person. */
  readonly tell: (userId: UserId, signIn: SignedInElsewhere) => Promise<void>;
  readonly tellChange: (userId: UserId, change: ToldChange) => Promise<void>;
  /** To the person's address, if they have one. */
  readonly mail: (session: StoredSession) => Promise<void>;
  readonly mailChange: (change: StoredChange) => Promise<void>;
}

interface Change {
  readonly caller: Caller;
  readonly what: ProofChange;
}

const TOPIC = 'auth.signedIn';
const Payload = z.object({ sessionId: SessionId });
const CHANGE_TOPIC = 'auth.proofsChanged';
const ChangePayload = z.object({ id: Uuid });

export type Notices = ReturnType<typeof createNotices>;
/** What changes how somebody proves who they are; null from the work: nothing did. */
export type ChangeProofs = Notices['changeProofs'];

/**
 * Tells a person that another device has signed in, and that somebody changed how one proves to be them: a job of the act,
 * so that no crash keeps it quiet (R8).
 */
export function createNotices(deps: Deps) {
  const { db, jobs, repository, changes, devices, now } = deps;
  jobs.handle(TOPIC, async (payload) => {
    const { sessionId } = Payload.parse(payload);
    const session = await repository.find(db, sessionId);
    if (!session) return;
    await deps.tell(session.userId, { sessionId, ...(await devices.lookOf(session)), method: session.method });
    await deps.mail(session);
  });
  jobs.handle(CHANGE_TOPIC, async (payload) => {
    const change = await changes.find(db, ChangePayload.parse(payload).id);
    if (!change) return;
    const { id, userId, what } = change;
    await deps.tellChange(userId, { id, what, ...(await devices.lookOf(change)) });
    await deps.mailChange(change);
  });

  async function proofsChanging(tx: Tx, { caller, what }: Change): Promise<void> {
    const id = newId<string>();
    await changes.insert(tx, { id, what, caller, at: now() });
    await jobs.add(tx, CHANGE_TOPIC, { id });
  }

  return {
    /** In the transaction of a change that other features make; they start the jobs after it. */
    proofsChanging,

    async sessionBegun(tx: Tx, { id, method }: StoredSession): Promise<void> {
      // There is nobody yet to be warned.
      if (method !== 'sign-up') await jobs.add(tx, TOPIC, { sessionId: id });
    },

    async changeProofs<T>(change: Change, work: (tx: Tx) => Promise<T | null>): Promise<T | null> {
      const result = await db.transaction(async (tx) => {
        const done = await work(tx);
        if (done !== null) await proofsChanging(tx, change);
        return done;
      });
      jobs.kick();
      return result;
    },
  };
}
