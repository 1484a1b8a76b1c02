import type { DeviceId, SessionId, UserId } from '@dialog/shared/contract/values';
import type { PushOutcome } from '@dialog/shared/push';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** A device that is pushed to, as it is stored: where and with which keys is sealed. */
export interface StoredSubscription {
  readonly id: string;
  readonly userId: UserId;
  readonly body: Buffer;
  readonly service: string;
  readonly language: string;
}

export interface NewSubscription extends StoredSubscription {
  readonly deviceId: DeviceId;
  readonly sessionId: SessionId;
  readonly endpointHash: Buffer;
  readonly savedAt: Date;
}

/** Sessions live that began after one moment and were in use after the other. */
export interface SessionBounds {
  readonly createdAfter: Date;
  readonly seenAfter: Date;
}

interface Whose {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

export interface PushTry {
  readonly outcome: PushOutcome;
  readonly status: number | null;
  readonly at: Date;
}

export type HealthColumns = {
  service: string;
  triedAt: Date | null;
  outcome: PushOutcome | null;
  status: number | null;
  failedAt: Date | null;
  failedOutcome: PushOutcome | null;
  failedStatus: number | null;
  arrivedAt: Date | null;
  shownAt: Date | null;
  testId: Buffer | null;
  testArrivedAt: Date | null;
  testShownAt: Date | null;
};

type Columns = { id: Buffer; userId: Buffer; body: Buffer; service: string; language: string };

const COLUMNS = 'k.id, k.user_id AS userId, k.body, k.service, k.language';
/** Nobody is pushed to whose session is over. */
const OF_LIVE_SESSION = `JOIN sessions s ON s.id = k.session_id AND s.revoked_at IS NULL
  AND s.created_at > :createdAfter AND s.last_seen_at > :seenAfter`;
const HANGING_ON = ['push_marks', 'push_deliveries'] as const;

export type SubscriptionRepository = typeof subscriptionRepository;

export const subscriptionRepository = {
  /** One save of a person waits for the other. */
  async lockPerson(tx: Tx, userId: UserId): Promise<void> {
    await tx.rows('SELECT id FROM users WHERE id = :userId FOR UPDATE', { userId: toBytes(userId) });
  },

  async insert(tx: Tx, subscription: NewSubscription): Promise<void> {
    const { id, userId, deviceId, sessionId, ...rest } = subscription;
    await tx.run(
      `INSERT INTO push_subscriptions (id, user_id, device_id, session_id, endpoint_hash, body, service, language, saved_at)
       VALUES (:id, :userId, :deviceId, :sessionId, :endpointHash, :body, :service, :language, :savedAt)`,
      {
        ...rest,
        id: toBytes(id),
        userId: toBytes(userId),
        deviceId: toBytes(deviceId),
        sessionId: toBytes(sessionId),
      },
    );
  },

  /** The same browser with the same address, which goes on as it is. */
  async renew(
    tx: Tx,
    subscription: Omit<NewSubscription, 'id' | 'body' | 'service'>,
  ): Promise<StoredSubscription | undefined> {
    const values = {
      userId: toBytes(subscription.userId),
      deviceId: toBytes(subscription.deviceId),
      endpointHash: subscription.endpointHash,
    };
    const [row] = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM push_subscriptions k
       WHERE k.user_id = :userId AND k.device_id = :deviceId AND k.endpoint_hash = :endpointHash FOR UPDATE`,
      values,
    );
    return row && subscriptionOf(row);
  },

  async update(
    tx: Tx,
    { id, body, ...changed }: Pick<NewSubscription, 'id' | 'body' | 'sessionId' | 'language' | 'savedAt'>,
  ): Promise<void> {
    await tx.run(
      `UPDATE push_subscriptions SET body = :body, session_id = :sessionId, language = :language, saved_at = :savedAt WHERE id = :id`,
      { ...changed, id: toBytes(id), body, sessionId: toBytes(changed.sessionId) },
    );
  },

  async isAny(tx: Tx): Promise<boolean> {
    return (await tx.rows('SELECT 1 FROM push_subscriptions LIMIT 1')).length > 0;
  },

  /** Of these people, those devices whose sessions live. */
  async ofPeople(tx: Tx, userIds: readonly UserId[], bounds: SessionBounds): Promise<StoredSubscription[]> {
    if (userIds.length === 0) return [];
    const rows = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM push_subscriptions k ${OF_LIVE_SESSION} WHERE k.user_id IN (:userIds)`,
      { ...bounds, userIds: userIds.map(toBytes) },
    );
    return rows.map(subscriptionOf);
  },

  async find(tx: Tx, id: string, bounds: SessionBounds): Promise<StoredSubscription | undefined> {
    const [row] = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM push_subscriptions k ${OF_LIVE_SESSION} WHERE k.id = :id`,
      { ...bounds, id: toBytes(id) },
    );
    return row && subscriptionOf(row);
  },

  async ofDevice(tx: Tx, { userId, deviceId }: Whose, bounds: SessionBounds): Promise<StoredSubscription | undefined> {
    const [row] = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM push_subscriptions k ${OF_LIVE_SESSION} WHERE k.user_id = :userId AND k.device_id = :deviceId`,
      { ...bounds, userId: toBytes(userId), deviceId: toBytes(deviceId) },
    );
    return row && subscriptionOf(row);
  },

  async health(tx: Tx, userId: UserId, deviceId: DeviceId): Promise<HealthColumns | undefined> {
    const [row] = await tx.rows<HealthColumns>(
      `SELECT service, tried_at AS triedAt, outcome, status, failed_at AS failedAt, failed_outcome AS failedOutcome,
         failed_status AS failedStatus, arrived_at AS arrivedAt, shown_at AS shownAt, test_id AS testId,
         test_arrived_at AS testArrivedAt, test_shown_at AS testShownAt
       FROM push_subscriptions WHERE user_id = :userId AND device_id = :deviceId`,
      { userId: toBytes(userId), deviceId: toBytes(deviceId) },
    );
    return row;
  },

  async noteTry(tx: Tx, id: string, { outcome, status, at }: PushTry): Promise<void> {
    const failed =
      outcome === 'accepted' ? '' : ', failed_at = :at, failed_outcome = :outcome, failed_status = :status';
    await tx.run(
      `UPDATE push_subscriptions SET tried_at = :at, outcome = :outcome, status = :status${failed} WHERE id = :id`,
      { id: toBytes(id), outcome, status, at },
    );
  },

  async noteTest(tx: Tx, id: string, testId: string): Promise<void> {
    await tx.run(
      `UPDATE push_subscriptions SET test_id = :testId, test_arrived_at = NULL, test_shown_at = NULL WHERE id = :id`,
      { id: toBytes(id), testId: toBytes(testId) },
    );
  },

  /** What a device said of the push with this token. */
  async noteArrival(tx: Tx, tokenHash: Buffer, { isShown, at }: { isShown: boolean; at: Date }): Promise<void> {
    const shown = isShown
      ? ', k.shown_at = :at, k.test_shown_at = IF(d.test_id = k.test_id, :at, k.test_shown_at)'
      : '';
    await tx.run(
      `UPDATE push_subscriptions k JOIN push_deliveries d ON d.subscription_id = k.id
       SET k.arrived_at = :at, k.test_arrived_at = IF(d.test_id = k.test_id, COALESCE(k.test_arrived_at, :at), k.test_arrived_at)${shown}
       WHERE d.token_hash = :tokenHash`,
      { tokenHash, at },
    );
  },

  async idsOf(
    tx: Tx,
    which: { userId: UserId; deviceId: DeviceId } | { sessionIds: readonly SessionId[] } | { endpointHash: Buffer },
  ): Promise<string[]> {
    if ('sessionIds' in which && which.sessionIds.length === 0) return [];
    const [where, values] =
      'sessionIds' in which
        ? (['session_id IN (:sessionIds)', { sessionIds: which.sessionIds.map(toBytes) }] as const)
        : 'endpointHash' in which
          ? (['endpoint_hash = :endpointHash', which] as const)
          : ([
              'user_id = :userId AND device_id = :deviceId',
              { userId: toBytes(which.userId), deviceId: toBytes(which.deviceId) },
            ] as const);
    const rows = await tx.rows<{ id: Buffer }>(`SELECT id FROM push_subscriptions WHERE ${where}`, values);
    return rows.map(({ id }) => fromBytes(id));
  },

  /** Those of a person beyond so many, the ones that were saved longest ago. */
  async beyond(tx: Tx, userId: UserId, max: number): Promise<string[]> {
    const rows = await tx.rows<{ id: Buffer }>(
      'SELECT id FROM push_subscriptions WHERE user_id = :userId ORDER BY saved_at DESC, id DESC LIMIT 1000 OFFSET :max',
      { userId: toBytes(userId), max },
    );
    return rows.map(({ id }) => fromBytes(id));
  },

  /** With what was on its way to them. */
  async remove(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const values = { ids: ids.map(toBytes) };
    await tx.run('DELETE FROM push_subscriptions WHERE id IN (:ids)', values);
    for (const table of HANGING_ON) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction is one connection
      await tx.run(`DELETE FROM ${table} WHERE subscription_id IN (:ids)`, values);
    }
  },
};

function subscriptionOf({ id, userId, ...row }: Columns): StoredSubscription {
  return { ...row, id: fromBytes(id), userId: fromBytes<UserId>(userId) };
}
