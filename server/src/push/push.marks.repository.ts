import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { DuePlace } from './push.due.repository.ts';

/** How far a device was told of a place. */
export interface Mark extends DuePlace {
  readonly subscriptionId: string;
  readonly position: number;
  readonly pushedAt: Date;
}

/** What is to go from a device's screen. */
export interface Withdrawal {
  readonly subscriptionId: string;
  readonly userId: UserId;
  readonly chatId: ChatId;
  readonly thread: number;
  readonly until: number;
}

/** What of a chat was taken back: some of it, or all up to a position; to everybody, or to one person alone. */
export interface TakenBack {
  readonly chatId: ChatId;
  readonly userId?: UserId | undefined;
  readonly positions?: readonly number[] | undefined;
  readonly until?: number | undefined;
}

/** What may be on a device's screen. */
export interface ShownPlace {
  readonly subscriptionId: string;
  readonly thread: number;
  readonly position: number;
}

type Columns = {
  subscriptionId: Buffer;
  userId: Buffer;
  chatId: Buffer;
  thread: number;
  position: number;
  pushedAt: Date;
};

/** Rows one statement removes: it never holds much. */
const SWEPT_AT_ONCE = 1_000;

export type MarkRepository = typeof markRepository;

export const markRepository = {
  async ofPlaces(tx: Tx, places: readonly DuePlace[]): Promise<Mark[]> {
    if (places.length === 0) return [];
    const rows = await tx.rows<Columns>(
      `SELECT subscription_id AS subscriptionId, user_id AS userId, chat_id AS chatId, thread, position, pushed_at AS pushedAt
       FROM push_marks WHERE user_id IN (:userIds) AND chat_id IN (:chatIds)`,
      {
        userIds: [...new Set(places.map(({ userId }) => userId))].map(toBytes),
        chatIds: [...new Set(places.map(({ chatId }) => chatId))].map(toBytes),
      },
    );
    return rows.map((row) => ({
      ...row,
      subscriptionId: fromBytes(row.subscriptionId),
      userId: fromBytes<UserId>(row.userId),
      chatId: fromBytes<ChatId>(row.chatId),
    }));
  },

  /** These devices are told from here on; what comes takes the place of what was to be withdrawn. */
  async put(tx: Tx, marks: readonly Mark[]): Promise<void> {
    if (marks.length === 0) return;
    await tx.run(
      `INSERT INTO push_marks (subscription_id, chat_id, thread, user_id, position, pushed_at, is_shown) VALUES :rows
       ON DUPLICATE KEY UPDATE position = GREATEST(position, VALUES(position)), pushed_at = VALUES(pushed_at),
         is_shown = TRUE, withdraw_at = NULL, withdraw_until = NULL`,
      {
        rows: marks.map((mark): SqlValue[] => [
          toBytes(mark.subscriptionId),
          toBytes(mark.chatId),
          mark.thread,
          toBytes(mark.userId),
          mark.position,
          mark.pushedAt,
          true,
        ]),
      },
    );
  },

  /** Somebody has read so far: from the screens of their devices goes what was pushed up to there. True: something does. */
  async read(tx: Tx, place: DuePlace, { until, at }: { until: number; at: Date }): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE push_marks SET is_shown = FALSE, withdraw_at = :at, withdraw_until = position
       WHERE user_id = :userId AND chat_id = :chatId AND thread = :thread AND is_shown AND position <= :until`,
      { userId: toBytes(place.userId), chatId: toBytes(place.chatId), thread: place.thread, until, at },
    );
    return affected > 0;
  },

  /** Whatever of this chat is on screen at somebody's who is not in it any more. */
  async left(tx: Tx, { userId, chatId }: { userId: UserId; chatId: ChatId }, at: Date): Promise<void> {
    await tx.run(
      `UPDATE push_marks SET is_shown = FALSE, withdraw_at = :at, withdraw_until = position
       WHERE user_id = :userId AND chat_id = :chatId AND is_shown`,
      { userId: toBytes(userId), chatId: toBytes(chatId), at },
    );
  },

  /** Where a device may show what was taken back, in one order, after one of them. */
  async shownOf(
    tx: Tx,
    { chatId, userId, positions, until }: TakenBack,
    page: { after: Pick<ShownPlace, 'subscriptionId' | 'thread'> | null; limit: number },
  ): Promise<ShownPlace[]> {
    const which = [
      ...(userId === undefined ? [] : ['user_id = :userId']),
      positions === undefined ? 'position <= :until' : 'position IN (:positions)',
      ...(page.after === null
        ? []
        : ['(subscription_id > :subscriptionId OR (subscription_id = :subscriptionId AND thread > :thread))']),
    ];
    const rows = await tx.rows<{ subscriptionId: Buffer; thread: number; position: number }>(
      `SELECT subscription_id AS subscriptionId, thread, position FROM push_marks
       WHERE chat_id = :chatId AND is_shown AND ${which.join(' AND ')} ORDER BY subscription_id, thread LIMIT :limit`,
      {
        chatId: toBytes(chatId),
        userId: userId === undefined ? null : toBytes(userId),
        positions: positions ?? null,
        until: until ?? null,
        subscriptionId: page.after === null ? null : toBytes(page.after.subscriptionId),
        thread: page.after?.thread ?? null,
        limit: page.limit,
      },
    );
    return rows.map((row) => ({ ...row, subscriptionId: fromBytes(row.subscriptionId) }));
  },

  /** As it is now with those of these that may be shown; until the commit no device is told further there. */
  async lock(
    tx: Tx,
    chatId: ChatId,
    places: readonly Pick<ShownPlace, 'subscriptionId' | 'thread'>[],
  ): Promise<ShownPlace[]> {
    if (places.length === 0) return [];
    const rows = await tx.rows<{ subscriptionId: Buffer; thread: number; position: number }>(
      `SELECT subscription_id AS subscriptionId, thread, position FROM push_marks
       WHERE (subscription_id, chat_id, thread) IN (:keys) AND is_shown FOR UPDATE`,
      { keys: keysOf(chatId, places) },
    );
    return rows.map((row) => ({ ...row, subscriptionId: fromBytes(row.subscriptionId) }));
  },

  /** From these screens goes what was pushed last. */
  async withdrawAll(
    tx: Tx,
    chatId: ChatId,
    { places, at }: { places: readonly Pick<ShownPlace, 'subscriptionId' | 'thread'>[]; at: Date },
  ): Promise<void> {
    if (places.length === 0) return;
    await tx.run(
      `UPDATE push_marks SET is_shown = FALSE, withdraw_at = :at, withdraw_until = position
       WHERE (subscription_id, chat_id, thread) IN (:keys)`,
      { keys: keysOf(chatId, places), at },
    );
  },

  /** From this device's screen goes what stands there up to this position, unless it was told further since. */
  async withdraw(tx: Tx, { chatId, ...shown }: ShownPlace & { chatId: ChatId }, at: Date): Promise<void> {
    await tx.run(
      `UPDATE push_marks SET is_shown = FALSE, withdraw_at = :at, withdraw_until = :position
       WHERE subscription_id = :subscriptionId AND chat_id = :chatId AND thread = :thread AND position <= :position`,
      { ...shown, subscriptionId: toBytes(shown.subscriptionId), chatId: toBytes(chatId), at },
    );
  },

  /**
   * What this device was to be told never reached it: it is told as far as before. `isDone`: what it was told before is
   * not to be on its screen either.
   */
  async retreat(
    tx: Tx,
    chatId: ChatId,
    { after, isDone, at, ...from }: ShownPlace & { after: number; isDone: boolean; at: Date },
  ): Promise<void> {
    await tx.run(
      `UPDATE push_marks SET withdraw_until = IF(:withdraws AND is_shown, :after, withdraw_until),
         withdraw_at = IF(:withdraws AND is_shown, :at, withdraw_at),
         is_shown = is_shown AND NOT :isDone, position = :after
       WHERE subscription_id = :subscriptionId AND chat_id = :chatId AND thread = :thread AND position = :position`,
      {
        ...{ ...from, after, isDone, at, withdraws: isDone && after > 0 },
        subscriptionId: toBytes(from.subscriptionId),
        chatId: toBytes(chatId),
      },
    );
  },

  /** Answers how many. What was pushed as long ago no message that comes asks for: it is due from itself on. */
  async sweep(tx: Tx, pushedBefore: Date): Promise<number> {
    const { affected } = await tx.run(
      `DELETE FROM push_marks WHERE pushed_at < :pushedBefore AND withdraw_at IS NULL
       ORDER BY pushed_at LIMIT ${SWEPT_AT_ONCE}`,
      { pushedBefore },
    );
    return affected;
  },

  /** Locked, and taken. */
  async takeWithdrawals(tx: Tx, now: Date, max: number): Promise<Withdrawal[]> {
    const rows = await tx.rows<Omit<Columns, 'position' | 'pushedAt'> & { until: number }>(
      `SELECT subscription_id AS subscriptionId, user_id AS userId, chat_id AS chatId, thread, withdraw_until AS until
       FROM push_marks WHERE withdraw_at <= :now ORDER BY withdraw_at LIMIT :max FOR UPDATE SKIP LOCKED`,
      { now, max },
    );
    for (const { subscriptionId, chatId, thread } of rows) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction is one connection
      await tx.run(
        `UPDATE push_marks SET withdraw_at = NULL, withdraw_until = NULL
         WHERE subscription_id = :subscriptionId AND chat_id = :chatId AND thread = :thread`,
        { subscriptionId, chatId, thread },
      );
    }
    return rows.map((row) => ({
      ...row,
      subscriptionId: fromBytes(row.subscriptionId),
      userId: fromBytes<UserId>(row.userId),
      chatId: fromBytes<ChatId>(row.chatId),
    }));
  },
};

function keysOf(chatId: ChatId, places: readonly Pick<ShownPlace, 'subscriptionId' | 'thread'>[]): SqlValue[][] {
  return places.map(({ subscriptionId, thread }) => [toBytes(subscriptionId), toBytes(chatId), thread]);
}
