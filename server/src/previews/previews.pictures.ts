import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Preview, PreviewPictureId } from '@dialog/shared/previews.values';
import type { ChatChange } from '../chats/chats.change.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import { seal, unseal } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import { newId, toBytes } from '../platform/ids.ts';
import type { PreviewPicture } from './previews.picture.ts';
import type { PreviewRepository } from './previews.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: PreviewRepository;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly keys: Pick<ChatKeys, 'of'>;
}

/** Pictures of a removed chat that go in one statement. */
const REMOVED_AT_ONCE = 200;

export type PreviewPictures = ReturnType<typeof createPreviewPictures>;

/**
 * The pictures of previews. Each message has its own copy, sealed under its chat's key: so who may see it is who may see
 * the message, and the end of either, or of the key, is the end of the picture. The price is a second copy (100 kB at most)
 * where one page is sent twice; one that is shared would have to outlive, and would tie together, chats that know nothing of
 * each other.
 */
export function createPreviewPictures({ db, repository, chats, keys }: Deps) {
  return {
    async keep(
      { tx, chatId, key }: ChatChange,
      position: number,
      { bytes, width, height, thumbHash }: PreviewPicture,
    ): Promise<NonNullable<Preview['picture']>> {
      const id = newId<PreviewPictureId>();
      await repository.putPicture(tx, { id, chatId, position, body: seal(key, bytes, contextOf(chatId, id)) });
      return { id, width, height, thumbHash };
    },

    /** Those of these messages. */
    async forget(tx: Tx, chatId: ChatId, positions: readonly number[]): Promise<void> {
      await repository.removePicturesAt(tx, chatId, positions);
    },

    /** @throws AppError `message-not-found`, to strangers too. */
    async read(userId: UserId, id: PreviewPictureId): Promise<Buffer> {
      const picture = await repository.findPicture(db, id);
      if (!picture) throw new AppError('message-not-found');
      const { chatId, body } = picture;
      await chats.requireMember(db, userId, chatId).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'chat-not-found' ? new AppError('message-not-found') : error;
      });
      const key = await keys.of(db, chatId);
      if (!key) throw new AppError('message-not-found', 'no key');
      return unseal(key, body, contextOf(chatId, id));
    },

    /** The rows of a chat that is gone. Safe to run again. */
    async removeAll(chatId: ChatId): Promise<void> {
      // oxlint-disable-next-line no-await-in-loop -- in portions, so that no statement runs out of time
      while ((await repository.removeSomePictures(db, chatId, REMOVED_AT_ONCE)) > 0);
    },
  };
}

/** A picture is bound to its chat and its name. */
function contextOf(chatId: ChatId, id: PreviewPictureId): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id)]);
}
