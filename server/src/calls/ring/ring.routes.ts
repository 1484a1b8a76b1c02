import { callHistoryRoutes } from '@dialog/shared/calls.history';
import { ringRoutes } from '@dialog/shared/calls.ring';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import type { Database, Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/appError.ts';
import type { Router } from '../../platform/http/router.ts';
import type { Call } from '../calls.repository.ts';
import type { CallHistory } from './ring.history.ts';
import type { RingRepository } from './ring.repository.ts';
import type { RingService } from './ring.service.ts';

interface Deps {
  readonly db: Database;
  readonly rings: RingService;
  readonly history: CallHistory;
  readonly repository: Pick<RingRepository, 'isMember'>;
  /** @throws call-not-found unless it goes on and this person is in its chat. */
  readonly requireCall: (callId: CallId, userId: UserId) => Promise<Call>;
  /** Whether this person is in it with one of their devices, or on the way. */
  readonly isIn: (tx: Tx, callId: CallId, userId: UserId) => Promise<boolean>;
  /** Whether a moderator has removed this person from the call. */
  readonly isRemoved: (tx: Tx, callId: CallId, userId: UserId) => Promise<boolean>;
  /** @throws not-reachable, blocked-by-you */
  readonly requireMayCall: (
    tx: Tx,
    call: { readonly actorId: UserId; readonly chatId: Call['chatId']; readonly isAnswer: boolean },
  ) => Promise<void>;
  readonly kickJobs: () => void;
}

export function serveRings(router: Router, { db, rings, history, repository, ...deps }: Deps): void {
  const { requireCall } = deps;
  router.serve(ringRoutes.listRings, async (_input, caller) => rings.list(caller.userId));
  router.serve(ringRoutes.ringPerson, async ({ params: { callId }, body: { userId } }, caller) => {
    const call = await requireCall(callId, caller.userId);
    // Only who is in the call asks others into it.
    if (!(await deps.isIn(db, callId, caller.userId))) throw new AppError('call-not-found');
    if (!(await repository.isMember(db, call.chatId, userId))) throw new AppError('member-not-found');
    if (await deps.isRemoved(db, callId, userId)) throw new AppError('not-reachable', 'removed from this call');
    await deps.requireMayCall(db, { actorId: caller.userId, chatId: call.chatId, isAnswer: false });
    await rings.askAgain(call, { from: caller.userId, userId });
    deps.kickJobs();
    return {};
  });
  router.serve(ringRoutes.acknowledgeRing, async ({ params: { callId }, body }, { userId }) => {
    await requireCall(callId, userId);
    await rings.acknowledge({ callId, userId }, body);
    return {};
  });
  router.serve(ringRoutes.answerRing, async ({ params: { callId }, body }, { userId }) => {
    await requireCall(callId, userId);
    await rings.answer({ callId, userId }, body.deviceId);
    return {};
  });
  router.serve(ringRoutes.declineCall, async ({ params: { callId } }, { userId }) => {
    await rings.decline(await requireCall(callId, userId), userId);
    return {};
  });
  router.serve(callHistoryRoutes.listCalls, async ({ query }, { userId }) =>
    history.list(userId, { before: query.before ?? null, isMissedOnly: query.missed === 'only' }),
  );
}
