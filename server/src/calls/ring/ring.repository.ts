import type { CallOutcome } from '@dialog/shared/calls.values';
import type { NotificationLevel } from '@dialog/shared/chats.values';
import type { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
import type { Row, SqlValue, Tx } from '../../platform/database.ts';
import { fromBytes, toBytes } from '../../platform/ids.ts';
import type { Call } from '../calls.repository.ts';
import type { RungPlace } from './ring.rules.ts';

/** What came of it for one person. `called`: it is theirs. */
export type PersonOutcome = 'called' | 'asked' | 'answered' | 'declined' | 'missed';

export interface RungMember extends RungPlace {
  readonly userId: UserId;
  readonly memberCount: number;
}

/** A call with how the person who reads it stood to it. */
export interface StoredPast {
  readonly callId: CallId;
  readonly chatId: ChatId;
  readonly startedBy: UserId;
  readonly isVideo: boolean;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  /** Since when one person was alone in it; null: there were more, or nobody hung up. */
  readonly aloneAt: Date | null;
  readonly endedAt: Date | null;
  /** Of the call. */
  readonly outcome: CallOutcome | null;
  /** Of the person. */
  readonly own: PersonOutcome;
}

/** What was cleared of a chat; without a person: for everyone. */
export interface ClearedPlace {
  readonly chatId: ChatId;
  readonly userId?: UserId;
  readonly until: number;
}

interface PastRow extends Row {
  readonly call_id: Buffer;
  readonly chat_id: Buffer;
  readonly started_by: Buffer;
  readonly is_video: number;
  readonly started_at: Date;
  readonly answered_at: Date | null;
  readonly alone_at: Date | null;
  readonly ended_at: Date | null;
  readonly outcome: CallOutcome | null;
  readonly own: PersonOutcome;
}

/** The rows of `call_people`, what of `calls` tells how one ended, and what of members decides whom a call rings. */
export const ringRepository = {
  /** So many of a call's chat at most, with how they keep it; null: whoever is in it. Nobody who was removed from the call. */
  async members(
    tx: Tx,
    { id, chatId }: Pick<Call, 'id' | 'chatId'>,
    { userIds, limit }: { userIds: readonly UserId[] | null; limit: number },
  ): Promise<RungMember[]> {
    const rows = await tx.rows<{
      userId: Buffer;
      kind: string;
      memberCount: number;
      level: NotificationLevel | null;
      mutedUntil: Date | null;
    }>(
      `SELECT m.user_id AS userId, c.kind, c.member_count AS memberCount, p.notification_level AS level,
         p.muted_until AS mutedUntil
       FROM chats c JOIN members m ON m.chat_id = c.id AND m.role IS NOT NULL
         LEFT JOIN places p ON p.user_id = m.user_id AND p.chat_id = m.chat_id
       WHERE c.id = :chatId ${userIds ? 'AND m.user_id IN (:userIds)' : ''}
         AND NOT EXISTS (SELECT 1 FROM call_removals r WHERE r.call_id = :id AND r.user_id = m.user_id)
       ORDER BY m.user_id LIMIT :limit`,
      { id: toBytes(id), chatId: toBytes(chatId), limit, userIds: (userIds ?? []).map(toBytes) },
    );
    return rows.map(({ userId, kind, ...row }) => ({
      ...row,
      isDirect: kind === 'direct',
      userId: fromBytes<UserId>(userId),
    }));
  },

  async isMember(tx: Tx, chatId: ChatId, userId: UserId): Promise<boolean> {
    const rows = await tx.rows(
      'SELECT 1 FROM members WHERE chat_id = :chatId AND user_id = :userId AND role IS NOT NULL',
      { chatId: toBytes(chatId), userId: toBytes(userId) },
    );
    return rows.length > 0;
  },

  /** Whoever stands there already stays as they are. */
  async insert(tx: Tx, call: Call, people: readonly { userId: UserId; outcome: PersonOutcome }[]): Promise<void> {
    if (people.length === 0) return;
    await tx.run(
      `INSERT INTO call_people (call_id, user_id, chat_id, started_at, outcome) VALUES :rows
       ON DUPLICATE KEY UPDATE outcome = outcome`,
      { rows: rowsOf(call, people) },
    );
  },

  /** Whoever stands there as asked or as coming stays so; who missed or declined it is asked again. */
  async ask(tx: Tx, call: Call, userIds: readonly UserId[]): Promise<void> {
    if (userIds.length === 0) return;
    await tx.run(
      `INSERT INTO call_people (call_id, user_id, chat_id, started_at, outcome) VALUES :rows
       ON DUPLICATE KEY UPDATE outcome = IF(outcome IN ('missed', 'declined'), VALUES(outcome), outcome)`,
      {
        rows: rowsOf(
          call,
          userIds.map((userId) => ({ userId, outcome: 'asked' })),
        ),
      },
    );
  },

  /** True: it was otherwise before. */
  async setOutcome(
    tx: Tx,
    { callId, userId }: { callId: CallId; userId: UserId },
    { to, from }: { to: PersonOutcome; from: readonly PersonOutcome[] },
  ): Promise<boolean> {
    const { affected } = await tx.run(
      'UPDATE call_people SET outcome = :to WHERE call_id = :callId AND user_id = :userId AND outcome IN (:from)',
      { callId: toBytes(callId), userId: toBytes(userId), to, from },
    );
    return affected > 0;
  },

  /** Somebody else than who called is in it. */
  async answered(tx: Tx, callId: CallId, at: Date): Promise<void> {
    await tx.run('UPDATE calls SET answered_at = :at WHERE id = :id AND answered_at IS NULL', {
      id: toBytes(callId),
      at,
    });
  },

  /** Nobody is asked any more; answers how many stand there with which outcome, and from when until when more than one talked. */
  async close(tx: Tx, callId: CallId) {
    const [call] = await tx.rows<Pick<PastRow, 'answered_at' | 'alone_at'>>(
      'SELECT answered_at, alone_at FROM calls WHERE id = :callId',
      { callId: toBytes(callId) },
    );
    const rows = await tx.rows<{ outcome: PersonOutcome; count: number }>(
      'SELECT outcome, COUNT(*) AS count FROM call_people WHERE call_id = :callId GROUP BY outcome',
      { callId: toBytes(callId) },
    );
    await tx.run("UPDATE call_people SET outcome = 'missed' WHERE call_id = :callId AND outcome = 'asked'", {
      callId: toBytes(callId),
    });
    const people: ReadonlyMap<PersonOutcome, number> = new Map(rows.map(({ outcome, count }) => [outcome, count]));
    return { people, answeredAt: call?.answered_at ?? null, aloneAt: call?.alone_at ?? null };
  },

  async setCallOutcome(tx: Tx, callId: CallId, outcome: CallOutcome): Promise<void> {
    await tx.run('UPDATE calls SET outcome = :outcome WHERE id = :id', { id: toBytes(callId), outcome });
  },

  /** A person's calls in the chats they are in, the newest first, from before this one on. */
  async listPast(
    tx: Tx,
    userId: UserId,
    { before, isMissedOnly, limit }: { before: CallId | null; isMissedOnly: boolean; limit: number },
  ): Promise<StoredPast[]> {
    const from = before && (await placeOf(tx, userId, before));
    if (before && !from) return [];
    const rows = await tx.rows<PastRow>(
      `SELECT c.id AS call_id, c.chat_id, c.started_by, c.is_video, c.started_at, c.answered_at, c.alone_at, c.ended_at,
         c.outcome, p.outcome AS own
       FROM call_people p JOIN calls c ON c.id = p.call_id
         JOIN members m ON m.chat_id = p.chat_id AND m.user_id = p.user_id AND m.role IS NOT NULL
       WHERE p.user_id = :userId
         ${from ? 'AND (p.started_at < :at OR (p.started_at = :at AND p.call_id < :before))' : ''}
         ${isMissedOnly ? "AND p.outcome = 'missed'" : ''}
       ORDER BY p.started_at DESC, p.call_id DESC LIMIT :limit`,
      { userId: toBytes(userId), limit, ...(from ? { at: from, before: toBytes(before) } : {}) },
    );
    return rows.map((row) => ({
      callId: fromBytes(row.call_id),
      chatId: fromBytes(row.chat_id),
      startedBy: fromBytes(row.started_by),
      isVideo: row.is_video === 1,
      startedAt: row.started_at,
      answeredAt: row.answered_at,
      aloneAt: row.alone_at,
      endedAt: row.ended_at,
      outcome: row.outcome,
      own: row.own,
    }));
  },

  /** What this person, or everyone, had to do with the calls of a chat that are over and began by the message at `until`. */
  async removeUntil(tx: Tx, { chatId, userId, until }: ClearedPlace): Promise<void> {
    const values = { chatId: toBytes(chatId), until, ...(userId ? { userId: toBytes(userId) } : {}) };
    const began = `(SELECT s.posted_at FROM messages s WHERE s.chat_id = :chatId AND s.position <= :until
       ORDER BY s.position DESC LIMIT 1)`;
    await tx.run(
      `DELETE p FROM call_people p JOIN calls c ON c.id = p.call_id AND c.ended_at IS NOT NULL
       WHERE p.chat_id = :chatId ${userId ? 'AND p.user_id = :userId' : ''} AND p.started_at <= ${began}`,
      values,
    );
    // The call itself goes with the last one who had to do with it.
    const ended = 'c.chat_id = :chatId AND c.ended_at IS NOT NULL';
    const isNobodys = 'NOT EXISTS (SELECT 1 FROM call_people p WHERE p.call_id = c.id)';
    await tx.run(`DELETE v FROM call_moves v JOIN calls c ON c.id = v.call_id WHERE ${ended} AND ${isNobodys}`, values);
    await tx.run(`DELETE c FROM calls c WHERE ${ended} AND ${isNobodys}`, values);
  },

  async removeOfChat(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM call_people WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  },
};

export type RingRepository = typeof ringRepository;

/** In one order, so that two who write the same rows wait for each other. */
function rowsOf(call: Call, people: readonly { userId: UserId; outcome: PersonOutcome }[]): SqlValue[][] {
  return people
    .toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
    .map(({ userId, outcome }) => [toBytes(call.id), toBytes(userId), toBytes(call.chatId), call.startedAt, outcome]);
}

async function placeOf(tx: Tx, userId: UserId, callId: CallId): Promise<Date | null> {
  const [row] = await tx.rows<{ started_at: Date }>(
    'SELECT started_at FROM call_people WHERE call_id = :callId AND user_id = :userId',
    { callId: toBytes(callId), userId: toBytes(userId) },
  );
  return row?.started_at ?? null;
}
