import { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
import { RING_MS } from '@dialog/shared/calls.ring.values';
import { EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import { callTag } from '@dialog/shared/push.tags';
import * as z from 'zod';
import type { Database, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { DeliveryRepository } from './push.deliveries.repository.ts';
import type { DueRepository } from './push.due.repository.ts';
import type { PushEvents } from './push.events.ts';
import { eventKeyOf, type PushOutbox } from './push.outbox.ts';
import type { Subscription, Subscriptions } from './push.subscriptions.ts';
import { withdrawalFrom } from './push.withdrawal.ts';

interface Deps {
  readonly db: Database;
  readonly jobs: Pick<Jobs, 'add' | 'handle' | 'kick'>;
  readonly listeners: DueRepository['listeners'];
  readonly deliveries: Pick<DeliveryRepository, 'toldOf' | 'triedOf' | 'giveUp'>;
  readonly subscriptions: Pick<Subscriptions, 'ofPeople'>;
  readonly events: Pick<PushEvents, 'tell'>;
  readonly outbox: Pick<PushOutbox, 'put' | 'preclude'>;
  readonly now: () => Date;
  readonly pushed: () => void;
}

/** What of a call counts here. */
export interface RungCall {
  readonly id: CallId;
  readonly chatId: ChatId;
  readonly startedBy: UserId;
  readonly startedAt: Date;
}

const TOPIC = 'push.call';
const LIFE_MS = 86_400_000;

const Job = z.object({
  what: z.enum(['started', 'answered', 'missed', 'ended']),
  callId: CallId,
  chatId: ChatId,
  startedBy: UserId,
  startedAt: z.iso.datetime(),
  /** Who answered, or missed it. */
  userId: z.optional(UserId),
  /** Whom it rings; absent: everybody there. */
  userIds: z.optional(z.array(UserId)),
  /** When those were asked, in ms, if they were asked again. */
  again: z.optional(z.number()),
});
type Job = z.infer<typeof Job>;

/**
 * Rings where people are not looking. Whom a call rings is said by calls; who answers, or declines, on one device is left
 * alone by the others; who did neither learns that they missed it.
 */
export function createPushCalls(deps: Deps) {
  const { db, jobs, now } = deps;

  jobs.handle(TOPIC, async (payload) => {
    const job = z.parse(Job, payload);
    const hasPushed = await db.transaction(async (tx) => {
      if (job.what === 'started') return ring(tx, job);
      if (job.what === 'ended') return ended(tx, job);
      if (job.userId === undefined) return false;
      return job.what === 'answered' ? stopRinging(tx, job, [job.userId]) : missed(tx, job, [job.userId]);
    });
    if (hasPushed) deps.pushed();
    jobs.kick();
  });

  async function othersIn(tx: Tx, { chatId, startedBy }: Job): Promise<UserId[]> {
    const listeners = await deps.listeners(tx, { chatId, thread: 0, after: null, limit: EVERYONE_MEMBERS_MAX + 1 });
    const isTooLarge = listeners.some(({ memberCount }) => memberCount > EVERYONE_MEMBERS_MAX);
    const others = listeners.map(({ userId }) => userId).filter((userId) => userId !== startedBy);
    return isTooLarge ? [] : others;
  }

  async function ring(tx: Tx, job: Job): Promise<boolean> {
    const expiresAt = new Date((job.again ?? Date.parse(job.startedAt)) + RING_MS);
    if (expiresAt <= now()) return false;
    await deps.events.tell(tx, {
      userIds: job.userIds ?? (await othersIn(tx, job)),
      about: ringing(job),
      event: { kind: 'call', ...eventOf(job), expiresAt: expiresAt.toISOString() },
    });
    return false;
  }

  /**
   * On the devices that rang, also where their service has yet to take it. The others never will: the place of the ring is
   * taken, however late the job that would ring comes.
   */
  async function stopRinging(tx: Tx, job: Job, userIds: readonly UserId[]): Promise<boolean> {
    const devices = await silence(tx, job, userIds);
    const rang = await deps.deliveries.triedOf(tx, userIds, eventKeyOf(ringing(job)));
    const tag = callTag(job.callId);
    const withdrawals = devices
      .filter(({ id }) => rang.has(id))
      .map((device) => withdrawalFrom(device, { tag, until: null, about: settled(job) }, now()));
    await deps.outbox.put(tx, withdrawals);
    await deps.outbox.preclude(tx, devices, settled(job));
    return withdrawals.length > 0;
  }

  async function silence(tx: Tx, job: Job, userIds: readonly UserId[]): Promise<Subscription[]> {
    const devices = await deps.subscriptions.ofPeople(tx, userIds);
    await deps.outbox.preclude(tx, devices, ringing(job));
    await deps.deliveries.giveUp(tx, userIds, eventKeyOf(ringing(job)));
    return devices;
  }

  async function ended(tx: Tx, job: Job): Promise<boolean> {
    return missed(tx, job, await othersIn(tx, job));
  }

  /** Those of them who neither answered nor declined. */
  async function missed(tx: Tx, job: Job, userIds: readonly UserId[]): Promise<boolean> {
    const devices = await silence(tx, job, userIds);
    const isOver = await deps.deliveries.toldOf(tx, userIds, eventKeyOf(settled(job)));
    const settledBy = new Set(devices.filter(({ id }) => isOver.has(id)).map(({ userId }) => userId));
    const missing = new Set(devices.filter(({ userId }) => !settledBy.has(userId)).map(({ userId }) => userId));
    // It takes the place of what rang.
    await deps.events.tell(tx, {
      userIds: [...missing],
      about: about('missed', job),
      event: { kind: 'missedCall', ...eventOf(job), expiresAt: new Date(now().getTime() + LIFE_MS).toISOString() },
    });
    return false;
  }

  function add(tx: Tx, call: RungCall, what: Pick<Job, 'what' | 'userId' | 'userIds' | 'again'>): Promise<void> {
    const { id, chatId, startedBy, startedAt } = call;
    const job: Job = { ...what, callId: id, chatId, startedBy, startedAt: startedAt.toISOString() };
    return jobs.add(tx, TOPIC, job);
  }

  return {
    rang: (tx: Tx, call: RungCall, { userIds, round }: { userIds: readonly UserId[]; round: number }): Promise<void> =>
      add(tx, call, { what: 'started', userIds: [...userIds], again: againIn(call, round) }),
    /** Or declined. */
    settled: (tx: Tx, call: RungCall, { userId, round }: { userId: UserId; round: number }): Promise<void> =>
      add(tx, call, { what: 'answered', userId, again: againIn(call, round) }),
    missed: (tx: Tx, call: RungCall, { userId, round }: { userId: UserId; round: number }): Promise<void> =>
      add(tx, call, { what: 'missed', userId, again: againIn(call, round) }),
    ended: (tx: Tx, call: RungCall): Promise<void> => add(tx, call, { what: 'ended' }),
  };
}

function eventOf({ chatId, callId, startedBy }: Job) {
  return { chatId, callId, actorId: startedBy };
}

/** The first time everybody is asked as the call begins. */
function againIn({ startedAt }: RungCall, round: number): number | undefined {
  return round === startedAt.getTime() ? undefined : round;
}

function ringing(job: Job): string {
  return about('call', job);
}

function settled(job: Job): string {
  return about('answered', job);
}

function about(what: string, { callId, again }: Job): string {
  return again === undefined ? `${what} ${callId}` : `${what} ${callId} ${again}`;
}
