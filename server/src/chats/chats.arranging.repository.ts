import type { NotificationLevel } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** How a person keeps a chat, as it is stored. */
export interface StoredPlace {
  readonly revision: number;
  readonly pinOrder: number | null;
  readonly archivedAt: number | null;
  readonly mutedUntil: Date | null;
  readonly level: NotificationLevel | null;
  readonly isMarkedUnread: boolean;
  readonly draft: StoredDraft | null;
  /** Kept with the membership: it stays when a person leaves and comes back. */
  readonly clearedPosition: number;
}

export interface StoredDraft {
  /** Sealed; null when it was emptied. */
  readonly body: Buffer | null;
  readonly writtenAt: Date;
}

export interface Pin {
  readonly chatId: ChatId;
  readonly order: number;
}

/** What of a place one act sets; what is undefined stays. */
export type Arrangement = {
  readonly [Part in Exclude<keyof StoredPlace, 'revision' | 'clearedPosition'>]?: StoredPlace[Part] | undefined;
};

interface Whose {
  readonly userId: UserId;
  readonly chatId: ChatId;
}

export type ArrangingRepository = typeof arrangingRepository;

export const arrangingRepository = {
  /** The person's revision; holds their row, and with it all that they arranged. */
  async lockPerson(tx: Tx, userId: UserId): Promise<number> {
    const [row] = await tx.rows<{ revision: number }>('SELECT revision FROM users WHERE id = :userId FOR UPDATE', {
      userId: toBytes(userId),
    });
    return row?.revision ?? 0;
  },

  /** The person is at this revision now, and so are their places in these chats. */
  async raise(tx: Tx, person: { userId: UserId; revision: number }, chatIds: readonly ChatId[]): Promise<void> {
    const { revision } = person;
    const userId = toBytes(person.userId);
    await tx.run('UPDATE users SET revision = :revision WHERE id = :userId', { revision, userId });
    if (chatIds.length === 0) return;
    await tx.run('UPDATE members SET person_revision = :revision WHERE user_id = :userId AND chat_id IN (:chatIds)', {
      revision,
      userId,
      chatIds: chatIds.map(toBytes),
    });
  },

  /** The newest revisions of those of these chats that the person is in. */
  async headsOf(tx: Tx, userId: UserId, chatIds: readonly ChatId[]): Promise<ReadonlyMap<ChatId, number>> {
    if (chatIds.length === 0) return new Map();
    const rows = await tx.rows<{ chatId: Buffer; revision: number }>(
      `SELECT c.id AS chatId, c.revision FROM members m JOIN chats c ON c.id = m.chat_id
       WHERE m.user_id = :userId AND m.chat_id IN (:chatIds) AND m.role IS NOT NULL`,
      { userId: toBytes(userId), chatIds: chatIds.map(toBytes) },
    );
    return new Map(rows.map((row) => [fromBytes<ChatId>(row.chatId), row.revision]));
  },

  async pinsOf(tx: Tx, userId: UserId): Promise<Pin[]> {
    const rows = await tx.rows<{ chatId: Buffer; order: number }>(
      'SELECT chat_id AS chatId, pin_order AS `order` FROM places WHERE user_id = :userId AND pin_order IS NOT NULL',
      { userId: toBytes(userId) },
    );
    return rows.map(({ chatId, order }) => ({ chatId: fromBytes<ChatId>(chatId), order }));
  },

  async draftOf(tx: Tx, { userId, chatId }: Whose): Promise<StoredDraft | null> {
    const [row] = await tx.rows<{ body: Buffer | null; writtenAt: Date | null }>(
      'SELECT draft AS body, drafted_at AS writtenAt FROM places WHERE user_id = :userId AND chat_id = :chatId',
      { userId: toBytes(userId), chatId: toBytes(chatId) },
    );
    return row?.writtenAt ? { body: row.body, writtenAt: row.writtenAt } : null;
  },

  /** Sets what is named and leaves the rest. */
  async save(tx: Tx, { userId, chatId }: Whose, arrangement: Arrangement): Promise<void> {
    const columns = columnsOf(arrangement);
    if (columns.length === 0) return;
    const values = Object.fromEntries(columns);
    const names = columns.map(([name]) => name);
    await tx.run(
      `INSERT INTO places (user_id, chat_id, ${names.join(', ')}) VALUES (:userId, :chatId, ${names.map((name) => `:${name}`).join(', ')})
       ON DUPLICATE KEY UPDATE ${names.map((name) => `${name} = VALUES(${name})`).join(', ')}`,
      { ...values, userId: toBytes(userId), chatId: toBytes(chatId) },
    );
  },

  /** Whoever leaves and comes back begins anew. */
  async remove(tx: Tx, { userId, chatId }: Whose): Promise<void> {
    await tx.run('DELETE FROM places WHERE user_id = :userId AND chat_id = :chatId', {
      userId: toBytes(userId),
      chatId: toBytes(chatId),
    });
  },
};

function columnsOf(arrangement: Arrangement): (readonly [string, SqlValue])[] {
  const { pinOrder, archivedAt, mutedUntil, level, isMarkedUnread, draft } = arrangement;
  const columns: (readonly [string, SqlValue | undefined])[] = [
    ['pin_order', pinOrder],
    ['archived_at', archivedAt],
    ['muted_until', mutedUntil],
    ['notification_level', level],
    ['is_marked_unread', isMarkedUnread],
    ['draft', draft && draft.body],
    ['drafted_at', draft && draft.writtenAt],
  ];
  return columns.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
