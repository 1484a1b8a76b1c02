import { createHash } from 'node:crypto';
import type { PushPayload } from '@dialog/shared/push';
import type { Tx } from '../platform/database.ts';
import { newId, newSecret } from '../platform/ids.ts';
import { encryptPush, type PushUrgency } from '../platform/webPush/webPush.ts';
import type { DeliveryRepository, NewDelivery, PushedPlace } from './push.deliveries.repository.ts';
import { turnOf } from './push.rules.ts';
import type { Subscription } from './push.subscriptions.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What is said, but for what is the same in all: who may say that it came, and in whose words it is shown. */
export type PushContent = Without<PushPayload, 'token' | 'at'>;

export interface NewPush {
  readonly subscription: Subscription;
  readonly content: PushContent;
  /** What it tells of; the same again is not pushed to the same device. */
  readonly about: string;
  readonly urgency: PushUrgency;
  /** Of what is undelivered with the same tag only the newest is. */
  readonly tag: string | null;
  readonly expiresAt: Date;
  readonly place?: PushedPlace;
  /** How many are told of the same; without it, this one alone. */
  readonly audience?: number;
  readonly testId?: string;
}

interface Deps {
  readonly repository: Pick<DeliveryRepository, 'insert'>;
  readonly now: () => Date;
}

/** RFC 8030 takes 32 letters; which chat a topic stands for is not for a push service to know. */
const TOPIC_LENGTH = 32;

export type PushOutbox = ReturnType<typeof createPushOutbox>;

/**
 * Writes pushes down, encrypted, in the transaction that decides on them; the sending follows by whichever node comes
 * first. So what was decided is pushed once, whoever dies in between.
 */
export function createPushOutbox({ repository, now }: Deps) {
  function precluded({ id, service }: Subscription, about: string): NewDelivery {
    const at = now();
    return {
      ...{ id: newId<string>(), subscriptionId: id, service, eventKey: eventKeyOf(about), madeAt: at, expiresAt: at },
      ...{ body: null, urgency: 'normal', topic: null, place: null, testId: null, runAfter: null },
      tokenHash: createHash('sha256').update(newSecret()).digest(),
    };
  }

  function written(push: NewPush, isOurs: boolean): NewDelivery {
    const { subscription, content, tag, place = null, testId = null } = push;
    const token = newSecret();
    const at = now();
    const plain = JSON.stringify({ ...content, token, at: at.toISOString() });
    return {
      id: newId<string>(),
      subscriptionId: subscription.id,
      service: subscription.service,
      eventKey: eventKeyOf(push.about),
      tokenHash: createHash('sha256').update(token).digest(),
      body: encryptPush(subscription.keys, plain),
      urgency: push.urgency,
      topic: tag === null ? null : topicOf(subscription.id, tag),
      place,
      testId,
      runAfter: isOurs ? turnOf(push.audience ?? 1, at) : null,
      expiresAt: push.expiresAt,
      madeAt: at,
    };
  }

  return {
    async put(tx: Tx, pushes: readonly NewPush[]): Promise<void> {
      await repository.insert(
        tx,
        pushes.map((push) => written(push, true)),
      );
    },

    /** Takes the place of what these devices have not been told of: whoever comes second finds it taken. */
    async preclude(tx: Tx, devices: readonly Subscription[], about: string): Promise<void> {
      await repository.insert(
        tx,
        devices.map((device) => precluded(device, about)),
      );
    },

    /** Written down, so that its arrival is known; whoever asks sends it. */
    async putAside(tx: Tx, push: NewPush): Promise<Buffer> {
      const delivery = written(push, false);
      await repository.insert(tx, [{ ...delivery, body: null }]);
      return delivery.body ?? Buffer.alloc(0);
    },
  };
}

export function eventKeyOf(about: string): Buffer {
  return createHash('sha256').update(about).digest();
}

function topicOf(subscriptionId: string, tag: string): string {
  return createHash('sha256').update(`${subscriptionId} ${tag}`).digest('base64url').slice(0, TOPIC_LENGTH);
}
