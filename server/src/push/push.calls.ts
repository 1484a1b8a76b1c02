import { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
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
/** As long as a telephone rings. */
const RINGS_FOR_MS = 45_000;
const LIFE_MS = 86_400_000;

const Job = z.object({
  what: z.enum(['started', 'answered', 'ended']),
  callId: CallId,
  chatId: ChatId,
  startedBy: UserId,
  startedAt: z.iso.datetime(),
  /** Who answered. */
  userId: z.optional(UserId),
});
type Job = z.infer<typeof Job>;

/**
 * Rings where people are not looking: in a direct chat, and in groups small enough that everybody may be called there.
 * Who answers, or declines, on one device is left alone by the others; who did neither learns that they missed it.
 */
export function createPushCalls(deps: Deps) {
  const { db, jobs, now } = deps;

  jobs.handle(TOPIC, async (payload) => {
    const job = z.parse(Job, payload);
    const hasPushed = await db.transaction(async (tx) => {
      if (job.what === 'started') return ring(tx, job);
      return job.what === 'answered' ? answered(tx, job) : ended(tx, job);
    });
    if (hasPushed) deps.pushed();
    jobs.kick();
  });

  async function othersIn(tx: Tx, { chatId, startedBy }: Job) {
    const listeners = await deps.listeners(tx, { chatId, thread: 0, after: null, limit: EVERYONE_MEMBERS_MAX + 1 });
    const isTooLarge = listeners.some(({ memberCount }) => memberCount > EVERYONE_MEMBERS_MAX);
    return isTooLarge ? [] : listeners.filter(({ userId }) => userId !== startedBy);
  }

  async function ring(tx: Tx, job: Job): Promise<boolean> {
    const expiresAt = new Date(Date.parse(job.startedAt) + RINGS_FOR_MS);
    if (expiresAt <= now()) return false;
    const others = await othersIn(tx, job);
    await deps.events.tell(tx, {
      userIds: others.map(({ userId }) => userId),
      about: ringing(job.callId),
      event: { kind: 'call', ...eventOf(job), expiresAt: expiresAt.toISOString() },
    });
    return false;
  }

  async function answered(tx: Tx, job: Job): Promise<boolean> {
    return job.userId === undefined ? false : stopRinging(tx, job, [job.userId]);
  }

  /**
   * On the devices that rang, also where their service has yet to take it. The others never will: the place of the ring is
   * taken, however late the job that would ring comes.
   */
  async function stopRinging(tx: Tx, { callId }: Job, userIds: readonly UserId[]): Promise<boolean> {
    const devices = await silence(tx, callId, userIds);
    const rang = await deps.deliveries.triedOf(tx, userIds, eventKeyOf(ringing(callId)));
    const withdrawals = devices
      .filter(({ id }) => rang.has(id))
      .map((device) => withdrawalFrom(device, { tag: callTag(callId), until: null, about: settled(callId) }, now()));
    await deps.outbox.put(tx, withdrawals);
    await deps.outbox.preclude(tx, devices, settled(callId));
    return withdrawals.length > 0;
  }

  async function silence(tx: Tx, callId: CallId, userIds: readonly UserId[]): Promise<Subscription[]> {
    const devices = await deps.subscriptions.ofPeople(tx, userIds);
    await deps.outbox.preclude(tx, devices, ringing(callId));
    await deps.deliveries.giveUp(tx, userIds, eventKeyOf(ringing(callId)));
    return devices;
  }

  async function ended(tx: Tx, job: Job): Promise<boolean> {
    const others = await othersIn(tx, job);
    const userIds = others.map(({ userId }) => userId);
    const devices = await silence(tx, job.callId, userIds);
    const isOver = await deps.deliveries.toldOf(tx, userIds, eventKeyOf(settled(job.callId)));
    const settledBy = new Set(devices.filter(({ id }) => isOver.has(id)).map(({ userId }) => userId));
    const missed = new Set(devices.filter(({ userId }) => !settledBy.has(userId)).map(({ userId }) => userId));
    // It takes the place of what rang.
    await deps.events.tell(tx, {
      userIds: [...missed],
      about: `missed ${job.callId}`,
      event: { kind: 'missedCall', ...eventOf(job), expiresAt: new Date(now().getTime() + LIFE_MS).toISOString() },
    });
    return false;
  }

  function add(tx: Tx, call: RungCall, what: Pick<Job, 'what' | 'userId'>): Promise<void> {
    const { id, chatId, startedBy, startedAt } = call;
    const job: Job = { ...what, callId: id, chatId, startedBy, startedAt: startedAt.toISOString() };
    return jobs.add(tx, TOPIC, job);
  }

  return {
    started: (tx: Tx, call: RungCall): Promise<void> => add(tx, call, { what: 'started' }),
    /** Or declined. */
    answered: (tx: Tx, call: RungCall, userId: UserId): Promise<void> => add(tx, call, { what: 'answered', userId }),
    ended: (tx: Tx, call: RungCall): Promise<void> => add(tx, call, { what: 'ended' }),
  };
}

function eventOf({ chatId, callId, startedBy }: Job) {
  return { chatId, callId, actorId: startedBy };
}

function ringing(callId: CallId): string {
  return `call ${callId}`;
}

function settled(callId: CallId): string {
  return `answered ${callId}`;
}
