import type { NotificationLevel } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** Where somebody may be told of something: a chat (thread 0) or a thread of it. */
export interface DuePlace {
  readonly userId: UserId;
  readonly chatId: ChatId;
  readonly thread: number;
}

export interface Due extends DuePlace {
  /** What came first: what is older was nothing to tell when it came, but counts. */
  readonly from: number;
  readonly until: number;
}

/** How somebody keeps such a place, and how far they have got there. */
export interface KeptPlace extends DuePlace {
  readonly isDirect: boolean;
  readonly memberCount: number;
  /** The chat's. */
  readonly revision: number;
  /** Nothing at or before this is new to them. */
  readonly readPosition: number;
  readonly level: NotificationLevel | null;
  readonly mutedUntil: Date | null;
  readonly isFollowing: boolean;
}

/** Somebody with a device who is in a chat. */
export type Listener = Pick<KeptPlace, 'userId' | 'isDirect' | 'memberCount' | 'level' | 'mutedUntil' | 'isFollowing'>;

type ListenerColumns = {
  userId: Buffer;
  level: NotificationLevel | null;
  mutedUntil: Date | null;
  isFollowing: number | null;
};

export type DueRepository = typeof dueRepository;

/** Who is to be told of what, before anybody has asked how they want it. */
export const dueRepository = {
  /** What chats these people hear of: those in this chat who have a device, after one of them. */
  async listeners(
    tx: Tx,
    at: { chatId: ChatId; thread: number; after: UserId | null; limit: number },
  ): Promise<Listener[]> {
    const rows = await tx.rows<ListenerColumns & { kind: string; memberCount: number }>(
      `SELECT m.user_id AS userId, c.kind, c.member_count AS memberCount, p.notification_level AS level,
         p.muted_until AS mutedUntil, t.follows_thread AS isFollowing
       FROM chats c JOIN members m ON m.chat_id = c.id
         LEFT JOIN places p ON p.user_id = m.user_id AND p.chat_id = m.chat_id
         LEFT JOIN message_marks t ON t.user_id = m.user_id AND t.chat_id = m.chat_id AND t.position = :thread
       WHERE c.id = :chatId AND m.role IS NOT NULL AND m.user_id > :after
         AND EXISTS (SELECT 1 FROM push_subscriptions k WHERE k.user_id = m.user_id)
       ORDER BY m.user_id LIMIT :limit`,
      { ...at, chatId: toBytes(at.chatId), after: at.after === null ? Buffer.alloc(0) : toBytes(at.after) },
    );
    return rows.map(({ userId, kind, isFollowing, ...row }) => ({
      ...row,
      isDirect: kind === 'direct',
      userId: fromBytes<UserId>(userId),
      isFollowing: isFollowing === 1,
    }));
  },

  /** What is due already stays due as early, and for all there is. */
  async put(tx: Tx, due: readonly Due[], dueAt: Date): Promise<void> {
    if (due.length === 0) return;
    // In one order, so that two who do this at once wait for each other and do not lock each other out.
    const rows = due
      .toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
      .map((one): SqlValue[] => [toBytes(one.userId), toBytes(one.chatId), one.thread, one.from, one.until, dueAt]);
    await tx.run(
      `INSERT INTO push_due (user_id, chat_id, thread, from_position, until_position, due_at) VALUES :rows
       ON DUPLICATE KEY UPDATE from_position = LEAST(from_position, VALUES(from_position)),
         until_position = GREATEST(until_position, VALUES(until_position)), due_at = LEAST(due_at, VALUES(due_at))`,
      { rows },
    );
  },

  /** Locked; what another node holds is passed over. */
  async take(tx: Tx, now: Date, max: number): Promise<Due[]> {
    const rows = await tx.rows<{ userId: Buffer; chatId: Buffer; thread: number; first: number; until: number }>(
      `SELECT user_id AS userId, chat_id AS chatId, thread, from_position AS first, until_position AS until FROM push_due
       WHERE due_at <= :now ORDER BY due_at LIMIT :max FOR UPDATE SKIP LOCKED`,
      { now, max },
    );
    return rows.map(({ first, ...row }) => ({
      ...row,
      from: first,
      userId: fromBytes<UserId>(row.userId),
      chatId: fromBytes<ChatId>(row.chatId),
    }));
  },

  async delay(tx: Tx, place: DuePlace, dueAt: Date): Promise<void> {
    await tx.run(
      'UPDATE push_due SET due_at = :dueAt WHERE user_id = :userId AND chat_id = :chatId AND thread = :thread',
      { ...keyOf(place), dueAt },
    );
  },

  async remove(tx: Tx, places: readonly DuePlace[]): Promise<void> {
    for (const place of places) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction is one connection
      await tx.run(
        'DELETE FROM push_due WHERE user_id = :userId AND chat_id = :chatId AND thread = :thread',
        keyOf(place),
      );
    }
  },

  /** Those of these places that their people are in. */
  async placesOf(tx: Tx, places: readonly DuePlace[]): Promise<KeptPlace[]> {
    if (places.length === 0) return [];
    const rows = await tx.rows<
      ListenerColumns & {
        chatId: Buffer;
        kind: string;
        memberCount: number;
        revision: number;
        readPosition: number;
        clearedPosition: number;
      }
    >(
      `SELECT m.user_id AS userId, m.chat_id AS chatId, c.kind, c.member_count AS memberCount, c.revision,
         m.read_position AS readPosition, GREATEST(m.cleared_position, c.cleared_position) AS clearedPosition,
         p.notification_level AS level, p.muted_until AS mutedUntil, NULL AS isFollowing
       FROM members m JOIN chats c ON c.id = m.chat_id
         LEFT JOIN places p ON p.user_id = m.user_id AND p.chat_id = m.chat_id
       WHERE m.chat_id IN (:chatIds) AND m.user_id IN (:userIds) AND m.role IS NOT NULL`,
      idsOf(places),
    );
    const threads = await threadsOf(tx, places);
    const kept = new Map(rows.map((row) => [`${fromBytes(row.chatId)} ${fromBytes(row.userId)}`, row]));
    return places.flatMap(({ userId, chatId, thread }) => {
      const row = kept.get(`${chatId} ${userId}`);
      if (!row) return [];
      const own = threads.get(`${chatId} ${userId} ${thread}`);
      const readPosition = thread === 0 ? row.readPosition : (own?.readPosition ?? 0);
      return {
        userId,
        chatId,
        thread,
        isDirect: row.kind === 'direct',
        memberCount: row.memberCount,
        revision: row.revision,
        readPosition: Math.max(readPosition, row.clearedPosition, thread),
        level: row.level,
        mutedUntil: row.mutedUntil,
        isFollowing: own?.isFollowing ?? false,
      };
    });
  },

  /** Of what is new in these places what their people have deleted for themselves, or never got: `userId chatId position`. */
  async hiddenIn(tx: Tx, places: readonly KeptPlace[]): Promise<ReadonlySet<string>> {
    if (places.length === 0) return new Set();
    const values: Record<string, SqlValue> = {};
    const parts = places.map(({ userId, chatId, readPosition }, at) => {
      values[`user${at}`] = toBytes(userId);
      values[`chat${at}`] = toBytes(chatId);
      values[`read${at}`] = readPosition;
      return `(k.user_id = :user${at} AND k.chat_id = :chat${at} AND k.position > :read${at})`;
    });
    const rows = await tx.rows<{ userId: Buffer; chatId: Buffer; position: number }>(
      `SELECT k.user_id AS userId, k.chat_id AS chatId, k.position FROM message_marks k
       WHERE (${parts.join(' OR ')}) AND k.is_hidden`,
      values,
    );
    return new Set(rows.map(({ userId, chatId, position }) => `${fromBytes(userId)} ${fromBytes(chatId)} ${position}`));
  },

  /** With a chat goes what anybody was to be told of it, and whatever they were. */
  async chatRemoved(tx: Tx, chatId: ChatId): Promise<void> {
    const values = { chatId: toBytes(chatId) };
    await tx.run('DELETE FROM push_due WHERE chat_id = :chatId', values);
    await tx.run('DELETE FROM push_marks WHERE chat_id = :chatId', values);
  },
};

function keyOf({ userId, chatId, thread }: DuePlace) {
  return { userId: toBytes(userId), chatId: toBytes(chatId), thread };
}

function idsOf(places: readonly DuePlace[]) {
  return {
    chatIds: [...new Set(places.map(({ chatId }) => chatId))].map(toBytes),
    userIds: [...new Set(places.map(({ userId }) => userId))].map(toBytes),
  };
}

async function threadsOf(tx: Tx, places: readonly DuePlace[]) {
  const inThreads = places.filter(({ thread }) => thread > 0);
  if (inThreads.length === 0) return new Map<string, never>();
  const rows = await tx.rows<{
    userId: Buffer;
    chatId: Buffer;
    thread: number;
    isFollowing: number | null;
    readPosition: number;
  }>(
    `SELECT user_id AS userId, chat_id AS chatId, position AS thread, follows_thread AS isFollowing,
       thread_read_position AS readPosition
     FROM message_marks WHERE user_id IN (:userIds) AND chat_id IN (:chatIds) AND position IN (:threads)`,
    { ...idsOf(inThreads), threads: [...new Set(inThreads.map(({ thread }) => thread))] },
  );
  return new Map(
    rows.map(({ userId, chatId, thread, isFollowing, readPosition }) => [
      `${fromBytes(chatId)} ${fromBytes(userId)} ${thread}`,
      { isFollowing: isFollowing === 1, readPosition },
    ]),
  );
}
