import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { PushUrgency } from '../platform/webPush/webPush.ts';

/** Where a push of messages is about. */
export interface PushedPlace {
  readonly chatId: ChatId;
  /** 0: the conversation itself. */
  readonly thread: number;
  /** Of the newest message that it tells of. */
  readonly position: number;
  /** How far its device was told before. */
  readonly after: number;
  /** What is older was nothing to tell when it came. */
  readonly from: number;
  /** The chat's, as of which it was made. */
  readonly revision: number;
}

/** Whether a push of messages may still be shown: `over` is read, or left; `gone` is what it shows; `otherwise` that or what it counts. */
export type Standing = 'stands' | 'over' | 'gone' | 'otherwise';

export interface Delivery {
  readonly id: string;
  readonly subscriptionId: string;
  readonly service: string;
  readonly body: Buffer;
  readonly urgency: PushUrgency;
  readonly topic: string | null;
  readonly attempts: number;
  readonly expiresAt: Date;
  readonly place: PushedPlace | null;
  /** An earlier try was left without an answer: it may be on screen. */
  readonly mayHaveCome: boolean;
}

export interface NewDelivery extends Omit<Delivery, 'attempts' | 'body' | 'mayHaveCome'> {
  readonly eventKey: Buffer;
  readonly tokenHash: Buffer;
  /** Null: somebody else sends it. */
  readonly body: Buffer | null;
  readonly testId: string | null;
  readonly runAfter: Date | null;
  readonly madeAt: Date;
}

/** A push of messages that is still on its way. */
export interface WaitingPush {
  readonly subscriptionId: string;
  readonly thread: number;
  readonly position: number;
}

type Columns = {
  id: Buffer;
  subscriptionId: Buffer;
  service: string;
  body: Buffer;
  urgency: PushUrgency;
  topic: string | null;
  attempts: number;
  expiresAt: Date;
  chatId: Buffer | null;
  thread: number | null;
  position: number | null;
  after: number | null;
  first: number | null;
  revision: number | null;
  mayHaveCome: number;
};

/** Rows one statement removes: it never holds much. */
const SWEPT_AT_ONCE = 1_000;

export type DeliveryRepository = typeof deliveryRepository;

/** What is on its way to devices. */
export const deliveryRepository = {
  /** What a device is told of already is passed over. */
  async insert(tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await tx.run(
      `INSERT IGNORE INTO push_deliveries (id, subscription_id, event_key, token_hash, service, body, urgency, topic,
         chat_id, thread, position, after_position, from_position, chat_revision, test_id, run_after, expires_at, made_at)
       VALUES :rows`,
      { rows: deliveries.map(rowOf) },
    );
  },

  /** What is due for other services than these, locked; what another node holds is passed over. */
  async takeDue(tx: Tx, due: { now: Date; max: number; butNot: readonly string[] }): Promise<Delivery[]> {
    const rows = await tx.rows<Columns>(
      `SELECT id, subscription_id AS subscriptionId, service, body, urgency, topic, attempts, expires_at AS expiresAt,
         chat_id AS chatId, thread, position, after_position AS after, from_position AS first, chat_revision AS revision,
         may_have_come AS mayHaveCome
       FROM push_deliveries WHERE run_after <= :now ${due.butNot.length > 0 ? 'AND service NOT IN (:butNot)' : ''}
       ORDER BY run_after LIMIT :max FOR UPDATE SKIP LOCKED`,
      { ...due },
    );
    return rows.map(deliveryOf);
  },

  /** One more try begins: until then nobody else takes these. */
  async postpone(tx: Tx, ids: readonly string[], runAfter: Date): Promise<void> {
    await tx.run(
      `UPDATE push_deliveries SET attempts = attempts + 1, may_have_come = TRUE, run_after = :runAfter WHERE id IN (:ids)`,
      { ids: ids.map(toBytes), runAfter },
    );
  },

  /** Unless it was given up while it was tried. */
  async delay(tx: Tx, id: string, next: { runAfter: Date; mayHaveCome: boolean }): Promise<void> {
    await tx.run(
      `UPDATE push_deliveries SET run_after = :runAfter, may_have_come = :mayHaveCome
       WHERE id = :id AND body IS NOT NULL`,
      { ...next, id: toBytes(id) },
    );
  },

  /** Whether its service was, or is to be, given another one of the same topic after it. */
  async isReplaced(tx: Tx, { id, subscriptionId, topic }: Delivery): Promise<boolean> {
    const values = { id: toBytes(id), subscriptionId: toBytes(subscriptionId), topic };
    const newer = await tx.rows(
      `SELECT 1 FROM push_deliveries
       WHERE subscription_id = :subscriptionId AND topic = :topic AND id > :id LIMIT 1`,
      values,
    );
    return newer.length > 0;
  },

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.run('DELETE FROM push_deliveries WHERE id = :id', { id: toBytes(id) });
  },

  /** What these people's devices were to be told of this, and were not yet, they never are. */
  async giveUp(tx: Tx, userIds: readonly UserId[], eventKey: Buffer): Promise<void> {
    if (userIds.length === 0) return;
    await tx.run(
      `UPDATE push_deliveries d JOIN push_subscriptions k ON k.id = d.subscription_id
       SET d.body = NULL, d.run_after = NULL WHERE k.user_id IN (:userIds) AND d.event_key = :eventKey`,
      { userIds: userIds.map(toBytes), eventKey },
    );
  },

  /** Sent, or given up: kept so that its arrival finds it, and that nobody sends it again. */
  async finish(tx: Tx, id: string): Promise<void> {
    await tx.run('UPDATE push_deliveries SET body = NULL, run_after = NULL WHERE id = :id', { id: toBytes(id) });
  },

  /** Of these people's devices, those that something was tried to be told to. */
  async triedOf(tx: Tx, userIds: readonly UserId[], eventKey: Buffer): Promise<ReadonlySet<string>> {
    return subscriptionsWith(tx, userIds, { eventKey, more: 'AND d.attempts > 0' });
  },

  /** Of these people's devices, those that were told of this. */
  async toldOf(tx: Tx, userIds: readonly UserId[], eventKey: Buffer): Promise<ReadonlySet<string>> {
    return subscriptionsWith(tx, userIds, { eventKey, more: '' });
  },

  /** What has become of what this device is told, to its reader. */
  async standingOf(tx: Tx, subscriptionId: string, place: PushedPlace): Promise<Standing> {
    const [row] = await tx.rows<Record<'isOver' | 'isGone' | 'isOtherwise', number>>(
      `SELECT m.user_id IS NULL
           OR IF(:thread = 0, m.read_position, COALESCE(t.thread_read_position, 0)) >= :position AS isOver,
         x.position IS NULL OR x.kind = 'deleted' OR h.is_hidden IS TRUE
           OR x.position <= GREATEST(m.cleared_position, c.cleared_position) AS isGone,
         (x.edited_at IS NOT NULL AND x.revision > :revision) OR EXISTS (SELECT 1 FROM messages y
           WHERE y.chat_id = :chatId AND y.position > GREATEST(:after, :from - 1) AND y.position < :position
             AND y.thread <=> NULLIF(:thread, 0) AND y.revision > :revision AND y.kind = 'deleted') AS isOtherwise
       FROM push_subscriptions k
         LEFT JOIN members m ON m.chat_id = :chatId AND m.user_id = k.user_id AND m.role IS NOT NULL
         LEFT JOIN chats c ON c.id = m.chat_id
         LEFT JOIN message_marks t ON t.user_id = k.user_id AND t.chat_id = m.chat_id AND t.position = :thread
         LEFT JOIN messages x ON x.chat_id = :chatId AND x.position = :position
         LEFT JOIN message_marks h ON h.user_id = k.user_id AND h.chat_id = :chatId AND h.position = :position
       WHERE k.id = :id`,
      { id: toBytes(subscriptionId), ...place, chatId: toBytes(place.chatId) },
    );
    if (!row || row.isOver === 1) return 'over';
    if (row.isGone === 1) return 'gone';
    return row.isOtherwise === 1 ? 'otherwise' : 'stands';
  },

  /** Whoever reads there at this moment is waited for, and whoever begins to waits until the commit. */
  async holdReading(tx: Tx, userId: UserId, { chatId, thread }: PushedPlace): Promise<void> {
    const row =
      thread === 0
        ? 'members WHERE chat_id = :chatId AND user_id = :userId'
        : 'message_marks WHERE user_id = :userId AND chat_id = :chatId AND position = :thread';
    await tx.rows(`SELECT 1 FROM ${row} LOCK IN SHARE MODE`, {
      userId: toBytes(userId),
      chatId: toBytes(chatId),
      thread,
    });
  },

  /** Of these devices' places in a chat those whose push waits for its service, which surely has not taken it. */
  async waitingIn(tx: Tx, chatId: ChatId, subscriptionIds: readonly string[]): Promise<WaitingPush[]> {
    if (subscriptionIds.length === 0) return [];
    const rows = await tx.rows<{ subscriptionId: Buffer; thread: number; position: number }>(
      `SELECT subscription_id AS subscriptionId, thread, position FROM push_deliveries
       WHERE chat_id = :chatId AND run_after IS NOT NULL AND subscription_id IN (:ids) AND NOT may_have_come`,
      { chatId: toBytes(chatId), ids: subscriptionIds.map(toBytes) },
    );
    return rows.map((row) => ({ ...row, subscriptionId: fromBytes(row.subscriptionId) }));
  },

  /** Answers how many; nobody acknowledges what is as old as that. */
  async sweep(tx: Tx, madeBefore: Date): Promise<number> {
    const { affected } = await tx.run(
      `DELETE FROM push_deliveries WHERE made_at < :madeBefore AND run_after IS NULL LIMIT ${SWEPT_AT_ONCE}`,
      { madeBefore },
    );
    return affected;
  },
};

async function subscriptionsWith(
  tx: Tx,
  userIds: readonly UserId[],
  { eventKey, more }: { eventKey: Buffer; more: '' | 'AND d.attempts > 0' },
): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await tx.rows<{ id: Buffer }>(
    `SELECT k.id FROM push_subscriptions k
       JOIN push_deliveries d ON d.subscription_id = k.id AND d.event_key = :eventKey ${more}
     WHERE k.user_id IN (:userIds)`,
    { userIds: userIds.map(toBytes), eventKey },
  );
  return new Set(rows.map(({ id }) => fromBytes(id)));
}

function rowOf(delivery: NewDelivery): SqlValue[] {
  const { place } = delivery;
  return [
    toBytes(delivery.id),
    toBytes(delivery.subscriptionId),
    delivery.eventKey,
    delivery.tokenHash,
    delivery.service,
    delivery.body,
    delivery.urgency,
    delivery.topic,
    place && toBytes(place.chatId),
    place && place.thread,
    place && place.position,
    place && place.after,
    place && place.from,
    place && place.revision,
    delivery.testId === null ? null : toBytes(delivery.testId),
    delivery.runAfter,
    delivery.expiresAt,
    delivery.madeAt,
  ];
}

function deliveryOf(columns: Columns): Delivery {
  const { id, subscriptionId, chatId, thread, position, after, first, revision, mayHaveCome, ...row } = columns;
  return {
    ...row,
    id: fromBytes(id),
    subscriptionId: fromBytes(subscriptionId),
    mayHaveCome: mayHaveCome === 1,
    place: chatId && {
      chatId: fromBytes<ChatId>(chatId),
      thread: thread ?? 0,
      position: position ?? 0,
      after: after ?? 0,
      from: first ?? position ?? 0,
      revision: revision ?? 0,
    },
  };
}
