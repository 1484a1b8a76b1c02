import type { CustomEmojiId, CustomEmojiVariant } from '@dialog/shared/customEmoji';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** What is known of one without its pictures; the name is sealed. */
export interface StoredEmoji {
  readonly id: CustomEmojiId;
  readonly chatId: ChatId;
  readonly name: Buffer;
  readonly isMoving: boolean;
  readonly madeBy: UserId;
  readonly madeAt: Date;
}

type SealedPictures = { readonly still: Buffer; readonly moving: Buffer | null };

type SealedEmoji = SealedPictures & { readonly name: Buffer };

type Columns = { id: Buffer; chatId: Buffer; name: Buffer; isMoving: number; madeBy: Buffer; madeAt: Date };

const COLUMNS = `e.id, e.chat_id AS chatId, e.name, e.moving IS NOT NULL AS isMoving, e.made_by AS madeBy,
  e.made_at AS madeAt`;

export type CustomEmojiRepository = typeof customEmojiRepository;

export const customEmojiRepository = {
  async ofChat(tx: Tx, chatId: ChatId): Promise<StoredEmoji[]> {
    const rows = await tx.rows<Columns>(
      `SELECT ${COLUMNS} FROM custom_emoji e WHERE e.chat_id = :chatId ORDER BY e.made_at, e.id`,
      { chatId: toBytes(chatId) },
    );
    return rows.map(toStored);
  },

  async find(tx: Tx, id: CustomEmojiId): Promise<StoredEmoji | undefined> {
    const [row] = await tx.rows<Columns>(`SELECT ${COLUMNS} FROM custom_emoji e WHERE e.id = :id`, { id: toBytes(id) });
    return row && toStored(row);
  },

  async picture(
    tx: Tx,
    id: CustomEmojiId,
    variant: CustomEmojiVariant,
  ): Promise<{ chatId: ChatId; body: Buffer } | undefined> {
    const [row] = await tx.rows<{ chatId: Buffer; body: Buffer | null }>(
      `SELECT chat_id AS chatId, ${variant === 'moving' ? 'moving' : 'still'} AS body FROM custom_emoji WHERE id = :id`,
      { id: toBytes(id) },
    );
    return row?.body ? { chatId: fromBytes<ChatId>(row.chatId), body: row.body } : undefined;
  },

  async insert(tx: Tx, emoji: Omit<StoredEmoji, 'isMoving'> & SealedPictures): Promise<void> {
    const { id, chatId, name, still, moving, madeBy, madeAt } = emoji;
    await tx.run(
      `INSERT INTO custom_emoji (id, chat_id, name, still, moving, made_by, made_at)
       VALUES (:id, :chatId, :name, :still, :moving, :madeBy, :madeAt)`,
      { id: toBytes(id), chatId: toBytes(chatId), name, still, moving, madeBy: toBytes(madeBy), madeAt },
    );
  },

  /** With all that is sealed of it. */
  async lock(tx: Tx, id: CustomEmojiId): Promise<SealedEmoji | undefined> {
    const [row] = await tx.rows<SealedEmoji>('SELECT name, still, moving FROM custom_emoji WHERE id = :id FOR UPDATE', {
      id: toBytes(id),
    });
    return row;
  },

  /** The same, sealed anew. */
  async put(tx: Tx, id: CustomEmojiId, { name, still, moving }: SealedEmoji): Promise<void> {
    await tx.run('UPDATE custom_emoji SET name = :name, still = :still, moving = :moving WHERE id = :id', {
      id: toBytes(id),
      ...{ name, still, moving },
    });
  },

  async rename(tx: Tx, id: CustomEmojiId, name: Buffer): Promise<void> {
    await tx.run('UPDATE custom_emoji SET name = :name WHERE id = :id', { id: toBytes(id), name });
  },

  async remove(tx: Tx, id: CustomEmojiId): Promise<void> {
    await tx.run('DELETE FROM custom_emoji WHERE id = :id', { id: toBytes(id) });
  },

  async removeOfChat(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM custom_emoji WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  },
};

function toStored({ id, chatId, name, isMoving, madeBy, madeAt }: Columns): StoredEmoji {
  return {
    id: fromBytes<CustomEmojiId>(id),
    chatId: fromBytes<ChatId>(chatId),
    name,
    isMoving: isMoving === 1,
    madeBy: fromBytes<UserId>(madeBy),
    madeAt,
  };
}
