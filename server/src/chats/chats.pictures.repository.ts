import type { GroupPictureSize } from '@dialog/shared/chats.pictures';
import type { GroupPictureId } from '@dialog/shared/chats.values';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

interface SealedSides {
  readonly id: GroupPictureId;
  readonly large: Buffer;
  readonly small: Buffer;
}

interface StoredGroupPicture extends SealedSides {
  readonly chatId: ChatId;
}

export type GroupPictureRepository = typeof groupPictureRepository;

export const groupPictureRepository = {
  async insert(tx: Tx, { id, chatId, large, small }: StoredGroupPicture): Promise<void> {
    await tx.run('INSERT INTO group_pictures (id, chat_id, large, small) VALUES (:id, :chatId, :large, :small)', {
      id: toBytes(id),
      chatId: toBytes(chatId),
      large,
      small,
    });
  },

  async find(
    tx: Tx,
    id: GroupPictureId,
    size: GroupPictureSize,
  ): Promise<{ chatId: ChatId; body: Buffer } | undefined> {
    const [row] = await tx.rows<{ chatId: Buffer; body: Buffer }>(
      `SELECT chat_id AS chatId, ${size === 'large' ? 'large' : 'small'} AS body FROM group_pictures WHERE id = :id`,
      { id: toBytes(id) },
    );
    return row && { chatId: fromBytes<ChatId>(row.chatId), body: row.body };
  },

  async lockOfChat(tx: Tx, chatId: ChatId): Promise<SealedSides | undefined> {
    const [row] = await tx.rows<{ id: Buffer; large: Buffer; small: Buffer }>(
      'SELECT id, large, small FROM group_pictures WHERE chat_id = :chatId FOR UPDATE',
      { chatId: toBytes(chatId) },
    );
    return row && { ...row, id: fromBytes<GroupPictureId>(row.id) };
  },

  /** The same picture, sealed anew. */
  async put(tx: Tx, { id, large, small }: SealedSides): Promise<void> {
    await tx.run('UPDATE group_pictures SET large = :large, small = :small WHERE id = :id', {
      id: toBytes(id),
      large,
      small,
    });
  },

  async removeOfChat(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM group_pictures WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  },
};
