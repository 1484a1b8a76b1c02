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
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
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
      const { chatId, position, body } = picture;
      const cleared = await chats.clearedFor(db, userId, chatId).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'chat-not-found' ? new AppError('message-not-found') : error;
      });
      if (position <= cleared) throw new AppError('message-not-found', 'cleared');
      const key = (await keys.stored(db, [chatId])).get(chatId);
      if (!key) throw new AppError('message-not-found', 'no key');
      return unseal(key, body, contextOf(chatId, id));
    },

    /** Some of those of messages up to a position; 0 when none is left. */
    removeSome: (chatId: ChatId, until: number): Promise<number> =>
      repository.removeSomePictures(db, { chatId, until, limit: REMOVED_AT_ONCE }),
  };
}

/** A picture is bound to its chat and its name. */
function contextOf(chatId: ChatId, id: PreviewPictureId): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id)]);
}
