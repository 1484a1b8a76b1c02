import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log/log.ts';
import { createPump } from '../platform/pump.ts';
import type { VapidKeys, WebPush } from '../platform/webPush/webPush.ts';
import type { Delivery, DeliveryRepository } from './push.deliveries.repository.ts';
import { judge } from './push.outcomes.ts';
import type { PushStanding } from './push.standing.ts';
import type { SubscriptionRepository } from './push.subscriptions.repository.ts';
import type { Subscription, Subscriptions } from './push.subscriptions.ts';

interface Deps {
  readonly db: Database;
  readonly repository: DeliveryRepository;
  readonly subscriptions: Pick<Subscriptions, 'find'>;
  readonly subscriptionRepository: Pick<SubscriptionRepository, 'noteTry' | 'remove'>;
  readonly standing: PushStanding;
  readonly keys: () => Promise<VapidKeys>;
  readonly webPush: Pick<WebPush, 'send'>;
  readonly log: Log;
  readonly now: () => Date;
}

const POLL_MS = 1_000;
/** Under way at a time on this node; to one service no more than half of them, so that a dead one holds up no other. */
const AT_ONCE = 24;
const PER_SERVICE = 8;
/** Longer than any try takes: by then its node has died, and another one tries. */
const HELD_MS = 20_000;

/**
 * Hands pushes to their services. A push is taken with its try counted and held for 20 s; so it is sent once unless its
 * node dies between the service's answer and the note of it, and then the same push comes again, which the service worker
 * knows by its position and does not show twice. What fails in passing is tried again, later each time, until it is of
 * no use any more.
 */
export function createPushSending(deps: Deps) {
  const { db, repository, subscriptions, now, log } = deps;
  const underWay = new Set<Promise<void>>();
  const perService = new Map<string, number>();
  const onError = (error: unknown): void => log.warn({ err: error }, 'push: sending waits for the database');

  const pump = createPump({ work: takeDue, everyMs: POLL_MS, onError });
  async function takeDue(): Promise<boolean> {
    const room = AT_ONCE - underWay.size;
    if (room <= 0) return false;
    const butNot = [...perService].filter(([, count]) => count >= PER_SERVICE).map(([service]) => service);
    const taken = await db.transaction(async (tx) => {
      const due = await repository.takeDue(tx, { now: now(), max: room, butNot });
      const begun = withinServices(due);
      if (begun.length > 0) {
        const ids = begun.map(({ id }) => id);
        await repository.postpone(tx, ids, new Date(now().getTime() + HELD_MS));
      }
      return begun;
    });
    taken.forEach(begin);
    return taken.length > 0;
  }

  function withinServices(due: readonly Delivery[]): Delivery[] {
    const counts = new Map(perService);
    return due.filter(({ service }) => {
      const count = counts.get(service) ?? 0;
      counts.set(service, count + 1);
      return count < PER_SERVICE;
    });
  }

  function begin(delivery: Delivery): void {
    const { service } = delivery;
    perService.set(service, (perService.get(service) ?? 0) + 1);
    const work = carryOut(delivery)
      .catch(onError)
      .finally(() => {
        underWay.delete(work);
        const left = (perService.get(service) ?? 1) - 1;
        if (left > 0) perService.set(service, left);
        else perService.delete(service);
        pump.kick();
      });
    underWay.add(work);
  }

  async function carryOut(delivery: Delivery): Promise<void> {
    const { id, subscriptionId } = delivery;
    const ttlSeconds = Math.ceil((delivery.expiresAt.getTime() - now().getTime()) / 1_000);
    const subscription = await subscriptions.find(db, subscriptionId);
    // Its session has ended, or its time is over.
    if (ttlSeconds <= 0 || !subscription) return repository.finish(db, id);
    // Only a further try comes late enough: it would take the place of what its service keeps for a device that is off.
    if (delivery.attempts > 0 && (await repository.isReplaced(db, delivery))) return repository.finish(db, id);
    if (!(await deps.standing.mayBeSent(delivery, subscription.userId))) return;
    const { endpoint } = subscription.keys;
    const answer = await deps.webPush.send({ ...delivery, endpoint, ttlSeconds }, await deps.keys());
    await conclude(delivery, subscription.userId, judge(answer, delivery.attempts + 1));
  }

  async function conclude(
    delivery: Delivery,
    userId: Subscription['userId'],
    { verdict, outcome, status }: ReturnType<typeof judge>,
  ): Promise<void> {
    const { id, subscriptionId, expiresAt, service } = delivery;
    const at = now();
    if (outcome !== 'accepted') log.info({ service, outcome, status }, 'push: not accepted');
    await db.transaction(async (tx) => {
      if (verdict.kind === 'gone') return deps.subscriptionRepository.remove(tx, [subscriptionId]);
      await deps.subscriptionRepository.noteTry(tx, subscriptionId, { outcome, status, at });
      const mayHaveCome = outcome === 'accepted' || outcome === 'unreachable';
      const isOfUse = !mayHaveCome || (await deps.standing.stillStands(tx, delivery, userId));
      const runAfter = verdict.kind === 'again' && isOfUse ? new Date(at.getTime() + verdict.inMs) : expiresAt;
      if (runAfter < expiresAt) await repository.delay(tx, id, { runAfter, mayHaveCome });
      else await repository.finish(tx, id);
    });
  }

  return {
    kick: pump.kick,
    start: pump.start,
    async stop(): Promise<void> {
      await pump.stop();
      await Promise.all(underWay);
    },
  };
}
