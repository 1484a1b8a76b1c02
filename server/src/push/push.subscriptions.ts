import { createHash } from 'node:crypto';
import type { DeviceId, SessionId, UserId } from '@dialog/shared/contract/values';
import { SUBSCRIPTIONS_PER_PERSON_MAX } from '@dialog/shared/push';
import * as z from 'zod';
import { AppError } from '../platform/appError.ts';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { newId, toBytes } from '../platform/ids.ts';
import type { PushSubscriptionKeys, WebPush } from '../platform/webPush/webPush.ts';
import type { SessionBounds, StoredSubscription, SubscriptionRepository } from './push.subscriptions.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: SubscriptionRepository;
  readonly webPush: Pick<WebPush, 'serviceOf'>;
  readonly masterKey: Buffer;
  readonly now: () => Date;
  /** After the commit of one. */
  readonly came: () => void;
  /** Which sessions live. */
  readonly sessionBounds: () => SessionBounds;
}

/** A device that can be pushed to. */
export interface Subscription {
  readonly id: string;
  readonly userId: UserId;
  readonly service: string;
  readonly language: string;
  readonly keys: PushSubscriptionKeys;
}

interface Wanted {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly language: string;
}

const Body = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() });

export type Subscriptions = ReturnType<typeof createSubscriptions>;

/**
 * Devices that are pushed to. Each belongs to one session and goes in the transaction that ends it; a browser has one, so
 * whoever signs in there next takes it over.
 */
export function createSubscriptions({ db, repository, webPush, masterKey, now, came, sessionBounds }: Deps) {
  const sealingKey = deriveSealingKey(masterKey, 'push');

  function opened({ body, ...stored }: StoredSubscription): Subscription {
    return {
      ...stored,
      keys: z.parse(Body, JSON.parse(unseal(sealingKey, body, toBytes(stored.id)).toString('utf8'))),
    };
  }

  function sealed(id: string, { endpoint, keys }: Wanted): Buffer {
    return seal(sealingKey, JSON.stringify({ endpoint, ...keys }), toBytes(id));
  }

  return {
    async save(caller: Caller, deviceId: DeviceId, wanted: Wanted): Promise<void> {
      const service = webPush.serviceOf(wanted.endpoint);
      if (service === null) throw new AppError('push-service-refused', 'not a known push service');
      const endpointHash = createHash('sha256').update(wanted.endpoint).digest();
      const { userId, sessionId } = caller;
      const common = { userId, deviceId, sessionId, endpointHash, language: wanted.language, savedAt: now() };
      await db.transaction(async (tx) => {
        await repository.lockPerson(tx, userId);
        const known = await repository.renew(tx, common);
        if (known) return repository.update(tx, { ...common, id: known.id, body: sealed(known.id, wanted) });
        await repository.remove(tx, [
          ...(await repository.idsOf(tx, { userId, deviceId })),
          ...(await repository.idsOf(tx, { endpointHash })),
        ]);
        const id = newId<string>();
        await repository.insert(tx, { ...common, id, service, body: sealed(id, wanted) });
        await repository.remove(tx, await repository.beyond(tx, userId, SUBSCRIPTIONS_PER_PERSON_MAX));
      });
      came();
    },

    async remove({ userId }: Caller, deviceId: DeviceId): Promise<void> {
      await db.transaction(async (tx) => repository.remove(tx, await repository.idsOf(tx, { userId, deviceId })));
    },

    /** In the transaction that ends these sessions. */
    async sessionsEnded(tx: Tx, sessions: ReadonlyArray<{ readonly sessionId: SessionId }>): Promise<void> {
      await repository.remove(
        tx,
        await repository.idsOf(tx, { sessionIds: sessions.map(({ sessionId }) => sessionId) }),
      );
    },

    async ofPeople(tx: Tx, userIds: readonly UserId[]): Promise<Subscription[]> {
      return (await repository.ofPeople(tx, userIds, sessionBounds())).map(opened);
    },

    async find(tx: Tx, id: string): Promise<Subscription | undefined> {
      const stored = await repository.find(tx, id, sessionBounds());
      return stored && opened(stored);
    },

    async ofDevice(tx: Tx, userId: UserId, deviceId: DeviceId): Promise<Subscription | undefined> {
      const stored = await repository.ofDevice(tx, { userId, deviceId }, sessionBounds());
      return stored && opened(stored);
    },
  };
}
