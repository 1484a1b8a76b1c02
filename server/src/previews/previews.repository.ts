import type { ChatId } from '@dialog/shared/contract/values';
import type { PreviewPictureId } from '@dialog/shared/previews.values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export interface StoredPage {
  /** Sealed; null: the page gave nothing. */
  readonly body: Buffer | null;
}

export interface StoredPicture {
  readonly id: PreviewPictureId;
  readonly chatId: ChatId;
  readonly position: number;
  /** Sealed under the chat's key. */
  readonly body: Buffer;
}

export type PreviewRepository = typeof previewRepository;

export const previewRepository = {
  async findPage(tx: Tx, urlKey: Buffer, now: Date): Promise<StoredPage | undefined> {
    const [row] = await tx.rows<{ body: Buffer | null }>(
      'SELECT body FROM link_previews WHERE url_key = :urlKey AND expires_at > :now',
      { urlKey, now },
    );
    return row;
  },

  async putPage(
    tx: Tx,
    page: StoredPage & { readonly urlKey: Buffer; readonly fetchedAt: Date; readonly expiresAt: Date },
  ): Promise<void> {
    await tx.run(
      `REPLACE INTO link_previews (url_key, body, fetched_at, expires_at)
       VALUES (:urlKey, :body, :fetchedAt, :expiresAt)`,
      { ...page },
    );
  },

  /** Some of those that are past their time; 0 when none is left. */
  async removeExpired(tx: Tx, now: Date, limit: number): Promise<number> {
    const { affected } = await tx.run('DELETE FROM link_previews WHERE expires_at <= :now LIMIT :limit', {
      now,
      limit,
    });
    return affected;
  },

  async putPicture(tx: Tx, { id, chatId, position, body }: StoredPicture): Promise<void> {
    await tx.run('INSERT INTO preview_pictures (id, chat_id, position, body) VALUES (:id, :chatId, :position, :body)', {
      id: toBytes(id),
      chatId: toBytes(chatId),
      position,
      body,
    });
  },

  async findPicture(tx: Tx, id: PreviewPictureId): Promise<StoredPicture | undefined> {
    const [row] = await tx.rows<{ chatId: Buffer; position: number; body: Buffer }>(
      'SELECT chat_id AS chatId, position, body FROM preview_pictures WHERE id = :id',
      { id: toBytes(id) },
    );
    return row && { ...row, id, chatId: fromBytes<ChatId>(row.chatId) };
  },

  async removePicturesAt(tx: Tx, chatId: ChatId, positions: readonly number[]): Promise<void> {
    await tx.run('DELETE FROM preview_pictures WHERE chat_id = :chatId AND position IN (:positions)', {
      chatId: toBytes(chatId),
      positions,
    });
  },

  /** Some of a chat's pictures up to a position; 0 when none is left. */
  async removeSomePictures(tx: Tx, range: { chatId: ChatId; until: number; limit: number }): Promise<number> {
    const { affected } = await tx.run(
      'DELETE FROM preview_pictures WHERE chat_id = :chatId AND position <= :until LIMIT :limit',
      { ...range, chatId: toBytes(range.chatId) },
    );
    return affected;
  },
};
