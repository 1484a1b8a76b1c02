import { type CallRinging, type Ring, RING_MS, type RingEnd } from '@dialog/shared/calls.ring.values';
import { CallId, type DeviceId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { AppError } from '../../platform/appError.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { createPump } from '../../platform/pump.ts';
import type { Call } from '../calls.repository.ts';
import type { PersonOutcome, RingRepository } from './ring.repository.ts';
import type { Asking } from './ring.asking.ts';
import { ringingIn } from './ring.rules.ts';
import type { Asked, RingStore, SettleTo } from './ring.store.ts';

/** What features to the right do as a call rings and stops; in the transaction that keeps it. */
export interface RingFollowers {
  rang(tx: Tx, call: Call, rung: { readonly userIds: readonly UserId[]; readonly round: number }): Promise<void>;
  /** Answered or declined: nothing of it rings any more. */
  settled(tx: Tx, call: Call, whose: { readonly userId: UserId; readonly round: number }): Promise<void>;
  missed(tx: Tx, call: Call, whose: { readonly userId: UserId; readonly round: number }): Promise<void>;
  /** After the commit. */
  told(): void;
}

interface Deps {
  readonly db: Database;
  readonly repository: RingRepository;
  readonly store: RingStore;
  readonly find: (callId: CallId) => Promise<(Call & { readonly hasEnded: boolean }) | null>;
  readonly whomToAsk: (call: Call, asking: Asking) => Promise<Asked[]>;
  readonly tellRing: (userId: UserId, ring: Ring) => void;
  readonly tellEnd: (
    userId: UserId,
    end: { readonly callId: CallId; readonly reason: RingEnd; readonly deviceId: DeviceId | null },
  ) => void;
  readonly tellRinging: (userId: UserId, ringing: CallRinging) => void;
  readonly addJob: (tx: Tx, topic: string, payload: unknown) => Promise<void>;
  readonly follow: RingFollowers;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

const TOPIC = 'calls.ring';
const Job = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('ask'),
    callId: CallId,
    from: UserId,
    userIds: z.nullable(z.array(UserId)),
    at: z.number(),
  }),
  /** Somebody left the chat, or blocks who called. */
  z.object({ what: z.literal('withdraw'), callId: CallId, userId: UserId }),
  z.object({ what: z.literal('end'), callId: CallId }),
]);
type Job = z.infer<typeof Job>;

const LOOK_EVERY_MS = 1_000;
const DUE_AT_ONCE = 50;
/** Many devices answer at once; who called is told of all of them together. */
const TOLD_TOGETHER_MS = 100;

const ENDS: Readonly<Record<Asked['state'], RingEnd>> = {
  asked: 'ended',
  answered: 'answered',
  declined: 'declined',
  missed: 'missed',
  ended: 'ended',
};
interface Change {
  readonly to: PersonOutcome;
  readonly from: readonly PersonOutcome[];
}
const ANSWERED: Change = { to: 'answered', from: ['asked', 'missed', 'declined'] };
const OUTCOMES: Partial<Record<Asked['state'], Change>> = {
  answered: ANSWERED,
  declined: { to: 'declined', from: ['asked', 'missed'] },
  missed: { to: 'missed', from: ['asked'] },
  ended: { to: 'missed', from: ['asked'] },
};

export type RingService = ReturnType<typeof createRingService>;

/**
 * Whom calls ring. That somebody is asked is a row, and what follows from it an outbox row (R8); that it rings now is an
 * entry in Redis, with a deadline that whichever node looks first carries out (R7). The first answer wins there, in one step;
 * rows, pushes and events follow from it, and another node sees to them when the one that was asked dies in between.
 */
export function createRingService(deps: Deps) {
  const { db, repository, store, follow, now } = deps;
  const telling = new Map<CallId, NodeJS.Timeout>();
  const pump = createPump({ work: carryOutDue, everyMs: LOOK_EVERY_MS, onError: deps.onError });

  async function ask(job: Extract<Job, { what: 'ask' }>): Promise<void> {
    const at = await store.clock().catch(() => now().getTime());
    // Never longer than a ring lasts: the clock of the node that began it may be ahead.
    const expiresAt = Math.min(job.at, at) + RING_MS;
    const call = await deps.find(job.callId);
    if (!call || call.hasEnded || expiresAt <= at) return;
    // Whom it rings already since they were asked another time: once is enough, and ends once.
    const rung = (await store.of(call.id).catch(() => [])).filter(
      (one) => one.state === 'asked' && one.round !== job.at,
    );
    const isRung = new Set(rung.map(({ userId }) => userId));
    const asked = (await deps.whomToAsk(call, { ...job, expiresAt })).filter(({ userId }) => !isRung.has(userId));
    if (asked.length === 0) return;
    const userIds = asked.filter(({ how }) => how === 'loud').map(({ userId }) => userId);
    const heard = asked.filter(({ how }) => how !== 'apart').map(({ userId }) => userId);
    await db.transaction(async (tx) => {
      await repository.ask(tx, call, heard);
      await follow.rang(tx, call, { userIds, round: job.at });
    });
    follow.told();
    try {
      await Promise.all(asked.map((one) => store.begin(one)));
    } catch (error) {
      deps.onError(error);
      deps.tellRinging(job.from, { callId: call.id, chatId: call.chatId, isPossible: false, asked: [] });
      return;
    }
    for (const one of asked) if (one.how === 'loud') deps.tellRing(one.userId, ringOf(one));
    await tellRinging(call.id);
  }

  /** One step in Redis, then what follows from it. */
  async function settle(
    who: Pick<Asked, 'callId' | 'userId'>,
    how: { readonly to: SettleTo; readonly deviceId?: DeviceId },
  ) {
    const settled = await store.settle(who, how);
    // The same once more: whoever asked first may not have heard, nor done what follows.
    const isDone = settled.outcome === 'won' || settled.outcome === 'same';
    if (isDone && settled.asked) await followFrom(settled.asked);
    return settled;
  }

  /** May be done twice: rows and pushes keep what they have, and who is told again finds nothing new. */
  async function followFrom(asked: Asked): Promise<void> {
    const { callId, userId, state, how, round, deviceId } = asked;
    const call = await deps.find(callId);
    const change = OUTCOMES[state];
    if (how === 'loud') {
      deps.tellEnd(userId, { callId, reason: ENDS[state], deviceId: deviceId === '' ? null : deviceId });
    }
    if (call && change && how !== 'apart') {
      await db.transaction(async (tx) => {
        await repository.setOutcome(tx, { callId, userId }, change);
        if (state === 'answered') await repository.answered(tx, callId, now());
        if (change.to === 'missed') await follow.missed(tx, call, { userId, round });
        else await follow.settled(tx, call, { userId, round });
      });
      follow.told();
    }
    await store.done({ callId, userId });
    tellSoon(callId);
  }

  async function carryOutDue(): Promise<boolean> {
    const due = await store.due(DUE_AT_ONCE).catch(() => []);
    await Promise.all(due.map(carryOutOne));
    return due.length === DUE_AT_ONCE;
  }

  async function carryOutOne(who: Pick<Asked, 'callId' | 'userId'>): Promise<void> {
    const { outcome, asked } = await settle(who, { to: 'missed' });
    // Settled before, and whoever was to see to the rest has not.
    if (outcome === 'kept' && asked && asked.state !== 'asked') await followFrom(asked);
    if (outcome === 'none') await store.done(who);
  }

  async function tellRinging(callId: CallId): Promise<void> {
    const everyone = await store.of(callId);
    for (const from of new Set(everyone.map((one) => one.from))) {
      const theirs = everyone.filter((one) => one.from === from);
      const [first] = theirs;
      if (first) deps.tellRinging(from, ringingIn(first, theirs));
    }
  }

  function tellSoon(callId: CallId): void {
    if (telling.has(callId)) return;
    const timer = setTimeout(() => {
      telling.delete(callId);
      tellRinging(callId).catch(deps.onError);
    }, TOLD_TOGETHER_MS);
    timer.unref();
    telling.set(callId, timer);
  }

  async function endAll(callId: CallId): Promise<void> {
    const open = (await store.of(callId)).filter(({ state }) => state === 'asked');
    await Promise.all(open.map(({ userId }) => settle({ callId, userId }, { to: 'ended' })));
  }

  const add = (tx: Tx, job: Job): Promise<void> => deps.addJob(tx, TOPIC, job);

  return {
    start: pump.start,
    async stop(): Promise<void> {
      for (const timer of telling.values()) clearTimeout(timer);
      await pump.stop();
    },

    /** In the transaction in which a call begins. Null: everyone in its chat. */
    async began(tx: Tx, call: Call, userIds: readonly UserId[] | null): Promise<void> {
      await repository.insert(tx, call, [{ userId: call.startedBy, outcome: 'called' }]);
      if (userIds?.length === 0) return;
      const asking = { from: call.startedBy, userIds: userIds && [...userIds], at: call.startedAt.getTime() };
      await add(tx, { what: 'ask', callId: call.id, ...asking });
    },

    /** In the transaction in which a call ends. */
    ended: (tx: Tx, call: Call): Promise<void> => add(tx, { what: 'end', callId: call.id }),

    /** In the transaction in which somebody leaves the chat of a call, or blocks who calls there. */
    withdraw: (tx: Tx, { callId, userId }: Pick<Asked, 'callId' | 'userId'>): Promise<void> =>
      add(tx, { what: 'withdraw', callId, userId }),

    /** Once more, or for the first time. */
    async askAgain(call: Call, { from, userId }: { readonly from: UserId; readonly userId: UserId }): Promise<void> {
      // Without Redis nothing rings, and whoever calls is to know at once.
      await store.of(call.id);
      await add(db, { what: 'ask', callId: call.id, from, userIds: [userId], at: now().getTime() });
    },

    async acknowledge(
      who: Pick<Asked, 'callId' | 'userId'>,
      device: { readonly deviceId: DeviceId; readonly isBusy: boolean },
    ): Promise<void> {
      if (await store.acknowledge(who, device)) tellSoon(who.callId);
    },

    /** @throws answered-elsewhere */
    async answer(who: Pick<Asked, 'callId' | 'userId'>, deviceId: DeviceId): Promise<void> {
      // Asked twice it stays the first: a Redis that was too slow to say so is asked once more.
      const take = () => settle(who, { to: 'answered', deviceId });
      const { outcome } = await take().catch(take);
      if (outcome === 'lost') throw new AppError('answered-elsewhere');
    },

    /** @throws answered-elsewhere */
    async decline(call: Call, userId: UserId): Promise<void> {
      const { outcome } = await settle({ callId: call.id, userId }, { to: 'declined' });
      if (outcome === 'lost') throw new AppError('answered-elsewhere');
      if (outcome !== 'none') return;
      // Only pushed to, or not asked at all: nothing of it is told on their devices any more.
      await db.transaction((tx) => follow.settled(tx, call, { userId, round: call.startedAt.getTime() }));
      follow.told();
    },

    /** Somebody was seen in the call: whatever rang, they have answered. */
    async joined(call: Call, { userId, deviceId }: { readonly userId: UserId; readonly deviceId: DeviceId }) {
      if (userId !== call.startedBy)
        await db.transaction(async (tx) => {
          if (await repository.setOutcome(tx, { callId: call.id, userId }, ANSWERED))
            await follow.settled(tx, call, { userId, round: call.startedAt.getTime() });
          else await repository.insert(tx, call, [{ userId, outcome: 'answered' }]);
          await repository.answered(tx, call.id, now());
        });
      follow.told();
      // Also whoever began it: somebody who came in may have rung them back.
      await settle({ callId: call.id, userId }, { to: 'joined', deviceId });
    },

    async list(userId: UserId): Promise<{ rings: Ring[]; ringing: CallRinging[] }> {
      const { at, rings, ringing } = await store.callsOf(userId);
      const [toMe, byMe] = await Promise.all([
        Promise.all(rings.map((callId) => store.of(callId))),
        Promise.all(ringing.map((callId) => store.of(callId))),
      ]);
      return {
        rings: toMe
          .flat()
          .filter((one) => one.userId === userId && one.state === 'asked' && one.how === 'loud' && one.expiresAt > at)
          .map(ringOf),
        ringing: byMe.flatMap((everyone) => {
          const theirs = everyone.filter(({ from }) => from === userId);
          const [first] = theirs;
          return first ? [ringingIn(first, theirs)] : [];
        }),
      };
    },

    jobs: {
      async [TOPIC](payload: unknown): Promise<void> {
        const job = z.parse(Job, payload);
        if (job.what === 'ask') return ask(job);
        // What Redis has forgotten is over as well.
        const ending = job.what === 'end' ? endAll(job.callId) : settle(job, { to: 'ended' });
        await ending.catch(deps.onError);
      },
    },
  };
}

function ringOf({ callId, chatId, from, isVideo, expiresAt }: Asked): Ring {
  return { callId, chatId, from, isVideo, expiresAt: new Date(expiresAt).toISOString() };
}
