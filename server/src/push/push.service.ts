import { createHash } from 'node:crypto';
import type { DeviceId } from '@dialog/shared/contract/values';
import type { PushHealth, pushRoutes } from '@dialog/shared/push';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { Database } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { fromBytes } from '../platform/ids.ts';
import type { VapidKeys, WebPush } from '../platform/webPush/webPush.ts';
import { judge } from './push.outcomes.ts';
import type { PushOutbox } from './push.outbox.ts';
import type { HealthColumns, PushTry, SubscriptionRepository } from './push.subscriptions.repository.ts';
import type { Subscriptions } from './push.subscriptions.ts';

interface Deps {
  readonly db: Database;
  readonly repository: SubscriptionRepository;
  readonly subscriptions: Subscriptions;
  readonly outbox: Pick<PushOutbox, 'putAside'>;
  readonly keys: () => Promise<VapidKeys>;
  readonly webPush: Pick<WebPush, 'send'>;
  readonly now: () => Date;
}

/** A test that is not there at once has failed. */
const TEST_LIFE_MS = 60_000;

export type PushService = ReturnType<typeof createPushService>;

/** What a device asks about its pushes, and what it says of them. */
export function createPushService({ db, repository, subscriptions, outbox, keys, webPush, now }: Deps) {
  return {
    async key(): Promise<{ publicKey: string }> {
      return { publicKey: (await keys()).publicKey };
    },

    save: subscriptions.save,
    remove: subscriptions.remove,

    /** Whoever shows the token has read the push. One that nobody knows is answered alike. */
    async acknowledge({ token, isShown }: { token: string; isShown: boolean }): Promise<void> {
      await repository.noteArrival(db, createHash('sha256').update(token).digest(), { isShown, at: now() });
    },

    /** At once, and past the queue, so that the answer is of this very push. */
    async test(
      { userId }: Caller,
      { deviceId, id }: { deviceId: DeviceId; id: string },
    ): Promise<RouteReply<typeof pushRoutes.testPush>> {
      const subscription = await subscriptions.ofDevice(db, userId, deviceId);
      const startedAt = now();
      if (!subscription)
        return { outcome: 'no-subscription', status: null, at: startedAt.toISOString(), service: null, tookMs: 0 };
      const content = { kind: 'test' as const, id, language: subscription.language, isQuiet: false };
      const expiresAt = new Date(startedAt.getTime() + TEST_LIFE_MS);
      const push = {
        subscription,
        content,
        about: `test ${id}`,
        tag: null,
        urgency: 'high' as const,
        expiresAt,
        testId: id,
      };
      const body = await db.transaction(async (tx) => {
        await repository.noteTest(tx, subscription.id, id);
        return outbox.putAside(tx, push);
      });
      const { endpoint } = subscription.keys;
      const answer = await webPush.send(
        { endpoint, body, ttlSeconds: TEST_LIFE_MS / 1_000, urgency: 'high', topic: null },
        await keys(),
      );
      const { outcome, status, verdict } = judge(answer, 1);
      const at = now();
      await db.transaction(async (tx) => {
        if (verdict.kind === 'gone') await repository.remove(tx, [subscription.id]);
        else await repository.noteTry(tx, subscription.id, { outcome, status, at });
      });
      const { service } = subscription;
      return { outcome, status, at: at.toISOString(), service, tookMs: at.getTime() - startedAt.getTime() };
    },

    async health({ userId }: Caller, deviceId: DeviceId): Promise<PushHealth> {
      const row = await repository.health(db, userId, deviceId);
      return {
        isSubscribed: (await subscriptions.ofDevice(db, userId, deviceId)) !== undefined,
        service: row?.service ?? null,
        lastTry: row ? tryOf({ outcome: row.outcome, status: row.status, at: row.triedAt }) : null,
        lastArrivedAt: textOf(row?.arrivedAt),
        lastShownAt: textOf(row?.shownAt),
        lastError: row ? tryOf({ outcome: row.failedOutcome, status: row.failedStatus, at: row.failedAt }) : null,
        lastTest: row?.testId ? testOf(row, row.testId) : null,
      };
    },
  };
}

function tryOf({ outcome, status, at }: { [K in keyof PushTry]: PushTry[K] | null }): PushHealth['lastTry'] {
  return outcome && at ? { outcome, status, at: at.toISOString() } : null;
}

function testOf({ testArrivedAt, testShownAt }: HealthColumns, id: Buffer): PushHealth['lastTest'] {
  return { id: fromBytes(id), arrivedAt: textOf(testArrivedAt), shownAt: textOf(testShownAt) };
}

function textOf(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null;
}
