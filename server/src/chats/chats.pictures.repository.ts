import type { GroupPictureSize } from '@dialog/shared/chats.pictures';
import type { GroupPictureId } from '@dialog/shared/chats.values';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

interface StoredGroupPicture {
  readonly id: GroupPictureId;
  readonly chatId: ChatId;
  /** Both sealed. */
  readonly large: Buffer;
  readonly small: Buffer;
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

  async removeOfChat(tx: Tx, chatId: ChatId): Promise<void> {
    await tx.run('DELETE FROM group_pictures WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  },
};
