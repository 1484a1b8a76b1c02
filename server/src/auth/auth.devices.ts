import type { Session } from '@dialog/shared/auth';
import { ACCOUNT_CHANGES_MAX, type AccountChange, SIGN_INS_PAGE, type SignIn } from '@dialog/shared/auth.devices';
import type { DeviceLook } from '@dialog/shared/auth.values';
import type { SessionId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import type { Places } from '../platform/places/places.ts';
import type { ChangeRepository, StoredChange } from './auth.changes.repository.ts';
import type { DeviceRepository, PastSession } from './auth.devices.repository.ts';
import type { Sessions } from './auth.sessions.ts';
import type { StoredSession } from './auth.sessions.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: DeviceRepository;
  readonly changes: Pick<ChangeRepository, 'list' | 'removeBefore'>;
  readonly sessions: Pick<Sessions, 'listAlive' | 'expiresAt' | 'endRunOut' | 'signOutSession' | 'signOutOthers'>;
  readonly places: Places;
  readonly now: () => Date;
  readonly isConnected: (sessionId: SessionId) => boolean;
  /** To a person's devices: ask anew. */
  readonly tellChanged: (userId: Caller['userId']) => void;
  readonly keptDays: number;
}

const DAY_MS = 24 * 3_600_000;
/** Rows that go in one statement. */
const SWEPT_AT_ONCE = 500;

export type Devices = ReturnType<typeof createDevices>;

/** Where one is signed in, and was. The history is nothing apart: it is the rows of sessions, until they are swept. */
export function createDevices(deps: Deps) {
  const { db, repository, changes, sessions, places, now, keptDays } = deps;

  async function lookOf({ device, address }: Pick<StoredSession, 'device' | 'address'>): Promise<DeviceLook> {
    const place = await places.of(address);
    return { device, address, ...(place === undefined ? {} : { place }) };
  }

  function endOf(session: PastSession): SignIn['end'] {
    if (session.revokedAt) return { at: session.revokedAt.toISOString(), how: session.endReason ?? 'signed-out' };
    const end = sessions.expiresAt(session);
    return end > now() ? undefined : { at: end.toISOString(), how: 'expired' };
  }

  async function signInOf(session: PastSession, caller: Caller): Promise<SignIn> {
    const end = endOf(session);
    return {
      id: session.id,
      ...(await lookOf(session)),
      ...named(session),
      method: session.method,
      signedInAt: session.createdAt.toISOString(),
      ...(end ? { end } : {}),
      isThisOne: session.id === caller.sessionId,
    };
  }

  async function changeOf({ id, what, at, ...look }: StoredChange): Promise<AccountChange> {
    return { id, what, at: at.toISOString(), ...(await lookOf(look)) };
  }

  return {
    lookOf,

    async list(caller: Caller): Promise<Session[]> {
      const alive = await sessions.listAlive(caller.userId);
      return Promise.all(
        alive.map(async (session) => ({
          id: session.id,
          ...(await lookOf(session)),
          ...named(session),
          method: session.method,
          createdAt: session.createdAt.toISOString(),
          lastSeenAt: session.lastSeenAt.toISOString(),
          isConnected: deps.isConnected(session.id),
          isThisOne: session.id === caller.sessionId,
        })),
      );
    },

    async rename(caller: Caller, id: SessionId, name: string | null): Promise<void> {
      const alive = await sessions.listAlive(caller.userId);
      if (!alive.some((session) => session.id === id)) throw new AppError('session-not-found');
      await repository.rename(db, caller.userId, { id, name });
      deps.tellChanged(caller.userId);
    },

    async signOut(caller: Caller, id: SessionId): Promise<void> {
      await sessions.signOutSession(caller, id);
      deps.tellChanged(caller.userId);
    },

    async signOutOthers(caller: Caller): Promise<number> {
      const count = await sessions.signOutOthers(caller);
      deps.tellChanged(caller.userId);
      return count;
    },

    /** Where the page ends its changes end as well: the next one begins there. */
    async listSignIns(caller: Caller, before: string | undefined) {
      const found = await repository.listPast(db, caller.userId, { before, max: SIGN_INS_PAGE + 1 });
      const page = found.slice(0, SIGN_INS_PAGE);
      const after = found.length > page.length ? page.at(-1)?.id : undefined;
      const changed = await changes.list(db, caller.userId, { before, after, max: ACCOUNT_CHANGES_MAX });
      return {
        changes: await Promise.all(changed.map(changeOf)),
        signIns: await Promise.all(page.map((session) => signInOf(session, caller))),
        hasMore: found.length > page.length,
        keptDays,
      };
    },

    /** What ran out ends, and what ended longer ago than it is kept goes. */
    async sweep(): Promise<void> {
      await sessions.endRunOut();
      const endedBefore = new Date(now().getTime() - keptDays * DAY_MS);
      // oxlint-disable-next-line no-await-in-loop -- portion by portion, so that nobody waits for long
      while ((await repository.removePast(db, endedBefore, SWEPT_AT_ONCE)) >= SWEPT_AT_ONCE) {}
      // oxlint-disable-next-line no-await-in-loop -- as above
      while ((await changes.removeBefore(db, endedBefore, SWEPT_AT_ONCE)) >= SWEPT_AT_ONCE) {}
    },
  };
}

function named({ name }: StoredSession): { readonly name?: string } {
  return name === null ? {} : { name };
}
