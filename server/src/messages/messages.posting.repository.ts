import type { Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** A chat whose row this transaction holds, with those of the senders asked about who are in it now. */
export interface LockedHead {
  readonly revision: number;
  readonly epoch: number;
  readonly memberCount: number;
  /** Names the key that seals in this chat now. */
  readonly keyNumber: number;
  /** How long what is posted stands; null: for good. */
  readonly lifetimeSeconds: number | null;
  readonly isAnnouncementOnly: boolean;
  readonly slowModeSeconds: number;
  readonly senders: ReadonlyMap<UserId, LockedSender>;
}

export interface LockedSender {
  readonly role: Role;
  /** Kept where slow mode is on. */
  readonly lastPostedAt: Date | null;
  /** `BARS`: what stands between this sender and the other person of a direct chat. */
  readonly bars: number;
}

/** What a batch left of a chat. */
export interface Raised {
  readonly revision: number;
  /** Of the newest message that is in no thread; null when it brought none. */
  readonly lastPosition: number | null;
}

export interface Sender {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

type LockedColumns = {
  chatId: Buffer;
  revision: number;
  epoch: number;
  memberCount: number;
  keyNumber: number;
  lifetimeSeconds: number | null;
  isAnnouncementOnly: number;
  slowModeSeconds: number;
  senderId: Buffer;
  role: Role;
  lastPostedAt: Date | null;
  bars: number;
};

const LOCKED_COLUMNS = `c.id AS chatId, c.revision, c.epoch, c.member_count AS memberCount, c.key_number AS keyNumber,
  c.message_lifetime_seconds AS lifetimeSeconds, c.is_announcement_only AS isAnnouncementOnly,
  c.slow_mode_seconds AS slowModeSeconds, m.user_id AS senderId, m.role, m.last_posted_at AS lastPostedAt, m.bars`;

export type PostingRepository = typeof postingRepository;

/** The statements of the hot path: one each to lock and to raise, for any number of chats. */
export const postingRepository = {
  /**
   * Holds the rows of these chats, in the order of their ids, and of these members: whoever is removed is removed
   * before or after the batch, never in between (R11). Chats without any of these senders are missing in the answer.
   */
  async lock(tx: Tx, senders: readonly Sender[]): Promise<ReadonlyMap<ChatId, LockedHead>> {
    const byChat = groupByChat(senders);
    const [only] = byChat;
    const rows = byChat.size === 1 && only ? await lockOne(tx, only) : await lockMany(tx, byChat);
    const heads = new Map<ChatId, LockedHead & { readonly senders: Map<UserId, LockedSender> }>();
    for (const { chatId, senderId, role, lastPostedAt, bars, ...columns } of rows) {
      const id = fromBytes<ChatId>(chatId);
      const isAnnouncementOnly = columns.isAnnouncementOnly === 1;
      const head = heads.get(id) ?? { ...columns, isAnnouncementOnly, senders: new Map() };
      head.senders.set(fromBytes<UserId>(senderId), { role, lastPostedAt, bars });
      heads.set(id, head);
    }
    return heads;
  },

  /** Slow mode counts from here. The rows of these members are held by `lock`. */
  notePostedAtCommit(tx: WriteTx, { chatId, userId }: Sender, postedAt: Date): void {
    tx.atCommit('UPDATE members SET last_posted_at = :postedAt WHERE chat_id = :chatId AND user_id = :userId', {
      chatId: toBytes(chatId),
      userId: toBytes(userId),
      postedAt,
    });
  },

  /** With the COMMIT. What stands in a thread is not the last message of its chat. */
  raiseAtCommit(tx: WriteTx, raised: ReadonlyMap<ChatId, Raised>): void {
    const values: Record<string, SqlValue> = {};
    const rows = [...raised].map(([chatId, { revision, lastPosition }], at) => {
      values[`chat${at}`] = toBytes(chatId);
      values[`revision${at}`] = revision;
      values[`last${at}`] = lastPosition;
      return `SELECT :chat${at} AS chat_id, :revision${at} AS revision, :last${at} AS last_position`;
    });
    if (rows.length === 1) {
      tx.atCommit(
        `UPDATE chats SET revision = :revision0, last_position = COALESCE(:last0, last_position) WHERE id = :chat0`,
        values,
      );
      return;
    }
    tx.atCommit(
      `UPDATE chats c JOIN (${rows.join(' UNION ALL ')}) head ON head.chat_id = c.id
       SET c.revision = head.revision, c.last_position = COALESCE(head.last_position, c.last_position)`,
      values,
    );
  },
};

type SendersOfChat = readonly [ChatId, ReadonlySet<UserId>];

function lockOne(tx: Tx, [chatId, userIds]: SendersOfChat): Promise<LockedColumns[]> {
  return tx.rows<LockedColumns>(
    `SELECT ${LOCKED_COLUMNS}
     FROM chats c STRAIGHT_JOIN members m ON m.chat_id = c.id
     WHERE c.id = :chatId AND m.user_id IN (:userIds) AND m.role IS NOT NULL FOR UPDATE`,
    { chatId: toBytes(chatId), userIds: [...userIds].map(toBytes) },
  );
}

function lockMany(tx: Tx, byChat: ReadonlyMap<ChatId, ReadonlySet<UserId>>): Promise<LockedColumns[]> {
  const values: Record<string, SqlValue> = {};
  const pairs: string[] = [];
  // Ids are compared as text here and as bytes there: the same order.
  for (const [chatId, userIds] of [...byChat].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const userId of userIds) {
      const at = pairs.length;
      values[`chat${at}`] = toBytes(chatId);
      values[`user${at}`] = toBytes(userId);
      pairs.push(`SELECT :chat${at} AS chat_id, :user${at} AS user_id`);
    }
  }
  return tx.rows<LockedColumns>(
    `SELECT ${LOCKED_COLUMNS}
     FROM (${pairs.join(' UNION ALL ')}) sender
       STRAIGHT_JOIN chats c ON c.id = sender.chat_id
       STRAIGHT_JOIN members m ON m.chat_id = c.id AND m.user_id = sender.user_id
     WHERE m.role IS NOT NULL FOR UPDATE`,
    values,
  );
}

function groupByChat(senders: readonly Sender[]): Map<ChatId, Set<UserId>> {
  const byChat = new Map<ChatId, Set<UserId>>();
  for (const { chatId, userId } of senders) {
    const known = byChat.get(chatId);
    if (known) known.add(userId);
    else byChat.set(chatId, new Set([userId]));
  }
  return byChat;
}
