import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { MessageLifetime } from '@dialog/shared/messages.values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { BARS, barsKeeping } from '../platform/mysql/memberBars.ts';

/** Chats in one statement. */
const CHATS_AT_ONCE = 500;
/** Counted anew in one act. */
const GROUPS_MAX = 100;

export interface DirectHead {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly revision: number;
}

export type BarRepository = typeof barRepository;

export const barRepository = {
  async findDirect(tx: Tx, one: UserId, other: UserId): Promise<DirectHead | undefined> {
    return headOf(tx, directKeyOf(one, other), '');
  },

  /** Holds the chat's row: before those of persons and members, as everywhere. */
  async lockDirect(tx: Tx, one: UserId, other: UserId): Promise<DirectHead | undefined> {
    return headOf(tx, directKeyOf(one, other), 'FOR UPDATE');
  },

  async setBars(tx: Tx, { chatId, userId }: { chatId: ChatId; userId: UserId }, bars: number): Promise<void> {
    const kept = BARS.missed | ((bars & BARS.blocks) > 0 ? BARS.keptLifetime : 0);
    await tx.run(`UPDATE members SET bars = (bars & ${kept}) | :bars WHERE chat_id = :chatId AND user_id = :userId`, {
      chatId: toBytes(chatId),
      userId: toBytes(userId),
      bars,
    });
  },

  /** One who is blocked chooses another lifetime: to the other it stays what it was before the first such choice. */
  async keepLifetime(
    tx: Tx,
    { chatId, actorId }: { chatId: ChatId; actorId: UserId },
    seconds: MessageLifetime | null,
  ): Promise<void> {
    await tx.run(
      `UPDATE members SET bars = bars | :kept
       WHERE chat_id = :chatId AND user_id <> :actorId AND bars & ${BARS.keptLifetime} = 0`,
      { chatId: toBytes(chatId), actorId: toBytes(actorId), kept: barsKeeping(seconds) },
    );
  },

  /** A block ends: the chat itself is told anew where it is otherwise than this person has seen it. Its row is held. */
  async tellAnew(tx: Tx, chatId: ChatId, userId: UserId): Promise<void> {
    await tx.run(
      `UPDATE chats SET own_revision = revision + 1, revision = revision + 1
       WHERE id = :chatId AND (call_id IS NOT NULL OR EXISTS (SELECT 1 FROM members m
         WHERE m.chat_id = :chatId AND m.user_id = :userId AND m.bars & ${BARS.keptLifetime} > 0))`,
      { chatId: toBytes(chatId), userId: toBytes(userId) },
    );
  },

  /** The other person of a direct chat; undefined of any other chat. */
  async peerOf(tx: Tx, chatId: ChatId, userId: UserId): Promise<UserId | undefined> {
    const [row] = await tx.rows<{ userId: Buffer }>(
      `SELECT m.user_id AS userId FROM chats c JOIN members m ON m.chat_id = c.id
       WHERE c.id = :chatId AND c.kind = 'direct' AND m.user_id <> :userId`,
      { chatId: toBytes(chatId), userId: toBytes(userId) },
    );
    return row && fromBytes<UserId>(row.userId);
  },

  /** Groups that both are in now, the newest first: what one of them does not want to hear of the other stands there. */
  async groupsOfBoth(tx: Tx, one: UserId, other: UserId): Promise<ChatId[]> {
    const rows = await tx.rows<{ chatId: Buffer }>(
      `SELECT c.id AS chatId FROM members mine JOIN members theirs ON theirs.chat_id = mine.chat_id
         JOIN chats c ON c.id = mine.chat_id AND c.kind = 'group'
       WHERE mine.user_id = :one AND mine.role IS NOT NULL AND theirs.user_id = :other AND theirs.role IS NOT NULL
       ORDER BY c.id DESC LIMIT ${GROUPS_MAX}`,
      { one: toBytes(one), other: toBytes(other) },
    );
    return rows.map((row) => fromBytes<ChatId>(row.chatId));
  },

  /** Who may hear in the chat are fewer from here on (R11). Its row is held. */
  async raiseEpoch(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('UPDATE chats SET epoch = epoch + 1 WHERE id = :chatId', { chatId: toBytes(chatId) });
  },

  /** In all direct chats of this person: of whom they take messages has changed. Under the lock of their row. */
  async refuseAllBut(tx: Tx, userId: UserId, taken: 'everyone' | readonly UserId[]): Promise<void> {
    const rows = await tx.rows<{ chatId: Buffer }>(
      `SELECT m.chat_id AS chatId FROM members m JOIN chats c ON c.id = m.chat_id
       WHERE m.user_id = :userId AND c.kind = 'direct'`,
      { userId: toBytes(userId) },
    );
    const kept = taken === 'everyone' || taken.length === 0 ? '' : 'WHEN user_id IN (:taken) THEN 0';
    const others = taken === 'everyone' ? 0 : BARS.refused;
    for (let at = 0; at < rows.length; at += CHATS_AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      await tx.run(
        `UPDATE members SET bars = (bars & ~${BARS.refused}) | CASE ${kept} WHEN TRUE THEN ${others} END
         WHERE chat_id IN (:chatIds) AND user_id <> :userId`,
        {
          userId: toBytes(userId),
          taken: taken === 'everyone' ? [] : taken.map(toBytes),
          chatIds: rows.slice(at, at + CHATS_AT_ONCE).map((row) => row.chatId),
        },
      );
    }
  },
};

/** The same for both: the smaller id first. */
export function directKeyOf(one: UserId, other: UserId): Buffer {
  return Buffer.concat([toBytes(one), toBytes(other)].toSorted(Buffer.compare));
}

async function headOf(tx: Tx, key: Buffer, hold: 'FOR UPDATE' | ''): Promise<DirectHead | undefined> {
  const [row] = await tx.rows<{ id: Buffer; epoch: number; revision: number }>(
    `SELECT id, epoch, revision FROM chats WHERE direct_key = :key ${hold}`,
    { key },
  );
  return row && { chatId: fromBytes<ChatId>(row.id), epoch: row.epoch, revision: row.revision };
}
