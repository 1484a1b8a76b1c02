import { mayModerate } from '@dialog/shared/calls.moderation.rules';
import type { CallModerated, CallSource } from '@dialog/shared/calls.moderation.values';
import type { CallSilence } from '@dialog/shared/calls.silences';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { CallModerationRepository } from './calls.moderation.repository.ts';
import type { Call, CallRepository } from './calls.repository.ts';
import { identityOf } from './identity.ts';

interface Deps {
  readonly db: Database;
  readonly calls: CallRepository;
  readonly moderation: CallModerationRepository;
  readonly pool: MediaPool;
  /** @throws AppError call-not-found unless it goes on and this person is in its chat. */
  readonly requireCall: (callId: CallId, userId: UserId) => Promise<Call>;
  readonly takeOutOf: (tx: Tx, call: Call, userId: UserId) => Promise<void>;
  readonly endCall: (call: Call) => Promise<void>;
  /** To all devices of one person. */
  readonly tellPerson: (userId: UserId, told: CallModerated) => void;
  /** After a commit: outbox rows need not wait for the next poll. */
  readonly kickJobs: () => void;
}

interface Target {
  readonly callId: CallId;
  readonly userId: UserId;
}

export type CallModeration = ReturnType<typeof createCallModeration>;

/** Keeping order in the calls of groups: what owners, admins and whoever started a call may do to others in it. */
export function createCallModeration(deps: Deps) {
  const { db, calls, moderation, pool, requireCall, tellPerson } = deps;

  /** @throws not-allowed unless this person may act so; for the call as a whole without a target. */
  async function requireRight(caller: Caller, { callId, userId }: { callId: CallId; userId?: UserId }): Promise<Call> {
    const call = await requireCall(callId, caller.userId);
    const rights = await moderation.rightsOf(db, callId, { actorId: caller.userId, targetId: userId ?? caller.userId });
    const isGroup = rights?.kind === 'group';
    if (!isGroup || userId === caller.userId) throw new AppError('not-allowed', 'here one can only leave');
    if (rights.isActorRemoved) throw new AppError('not-allowed', 'removed from this call');
    if (!mayModerate(rights, rights.actor)) throw new AppError('not-allowed', 'needs another role');
    if (userId === undefined) return call;
    if (rights.target.role === null) throw new AppError('member-not-found');
    if (!mayModerate(rights, rights.actor, rights.target)) throw new AppError('not-allowed', 'needs another role');
    return call;
  }

  /** Those in the call, and whoever it is about. */
  async function tellAll(call: Call, told: Omit<CallModerated, 'callId'>): Promise<void> {
    const about = 'userId' in told.act ? [told.act.userId] : [];
    const standing = await calls.standing(db, call.id);
    const inside = (standing?.devices ?? []).map(({ userId }) => userId);
    for (const userId of new Set([...inside, ...about])) tellPerson(userId, { callId: call.id, ...told });
  }

  return {
    async muteInCall(caller: Caller, { source, ...target }: Target & { readonly source: CallSource }) {
      const call = await requireRight(caller, target);
      const devices = await calls.devicesOf(db, call.id, target.userId);
      if (devices.length === 0) return {};
      const server = pool.find(call.mediaServer);
      if (server?.status() !== 'ready') throw new AppError('calls-unavailable', 'the media server of the call is away');
      // Written first: whoever hears of it finds it there, and whoever hears nothing finds it when they come back.
      await moderation.silence(db, target, source);
      // Told first: their pages take it as their own wish before they hear of it from the media server.
      await tellAll(call, { by: caller.userId, act: { what: 'muted', userId: target.userId, source } });
      const identities = devices.map((deviceId) => identityOf({ userId: target.userId, deviceId }));
      await Promise.all(identities.map((identity) => server.mute({ room: call.roomName, identity }, source)));
      return {};
    },

    async listSilences({ userId }: Caller, callId: CallId): Promise<{ silences: CallSilence[] }> {
      const call = await requireCall(callId, userId);
      return { silences: await moderation.silencesOf(db, { callId: call.id, userId }) };
    },

    async askToUnmute(caller: Caller, target: Target): Promise<Record<string, never>> {
      const { id: callId } = await requireRight(caller, target);
      const act = { what: 'askedToUnmute' as const, userId: target.userId };
      if ((await calls.devicesOf(db, callId, target.userId)).length > 0)
        tellPerson(target.userId, { callId, by: caller.userId, act });
      return {};
    },

    /** The row of the removal keeps all their devices out at the gate; the outbox takes out who is in (R8). */
    async removeFromCall(caller: Caller, target: Target): Promise<Record<string, never>> {
      const call = await requireRight(caller, target);
      await db.transaction(async (tx) => {
        await moderation.remove(tx, { ...target, removedBy: caller.userId });
        await deps.takeOutOf(tx, call, target.userId);
      });
      deps.kickJobs();
      await tellAll(call, { by: caller.userId, act: { what: 'removed', userId: target.userId } });
      return {};
    },

    async admitAgain(caller: Caller, target: Target): Promise<Record<string, never>> {
      const call = await requireRight(caller, target);
      if (await moderation.admitAgain(db, call.id, target.userId))
        await tellAll(call, { by: caller.userId, act: { what: 'admittedAgain', userId: target.userId } });
      return {};
    },

    async listRemovals(caller: Caller, callId: CallId): Promise<{ userIds: UserId[] }> {
      const call = await requireRight(caller, { callId });
      return { userIds: await moderation.list(db, call.id) };
    },

    async endCall(caller: Caller, callId: CallId): Promise<Record<string, never>> {
      const call = await requireRight(caller, { callId });
      // Told first: a page says it as the call ends, and of a call that it has left already it hears nothing.
      await tellAll(call, { by: caller.userId, act: { what: 'ended' } });
      await deps.endCall(call);
      return {};
    },
  };
}
