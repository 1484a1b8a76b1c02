import type { ChatChanges } from '@dialog/shared/chats';
import type { GroupPictureSize } from '@dialog/shared/chats.pictures';
import type { GroupPictureId } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import { reseal, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import { newId, toBytes } from '../platform/ids.ts';
import type { Remake } from '../platform/pictures/remaking.ts';
import type { ChatAct } from './chats.acts.ts';
import type { KeyChange } from './chats.clearing.ts';
import type { ChatKeys } from './chats.keys.ts';
import type { GroupPictureRepository } from './chats.pictures.repository.ts';
import { requireGroupManager } from './chats.rights.ts';
import type { ChatService } from './chats.service.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'changeChat' | 'requireManager' | 'requireMember'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly repository: GroupPictureRepository;
  readonly remake: Remake;
}

export type GroupPictures = ReturnType<typeof createGroupPictures>;

/**
 * The picture of a group: made anew by a process of its own, sealed under the chat's key, told as the chat's id of it. The
 * one before goes in the same transaction, so no moment has two, and none is left over.
 */
export function createGroupPictures({ db, chats, keys, repository, remake }: Deps) {
  async function open(id: GroupPictureId, size: GroupPictureSize): Promise<{ chatId: ChatId; bytes: Buffer }> {
    const found = await repository.find(db, id, size);
    const key = found && (await keys.stored(db, [found.chatId])).get(found.chatId);
    if (!found || !key) throw new AppError('chat-not-found', 'no such picture');
    return { chatId: found.chatId, bytes: unseal(key, found.body, contextOf(found.chatId, id, size)) };
  }

  return {
    async set(act: ChatAct, original: Buffer): Promise<ChatChanges> {
      // Before a stranger's picture is opened at all.
      await chats.requireManager(db, act.actorId, act.chatId);
      const { large, small } = (await remake(original, 'square')).variants;
      if (!large || !small) throw new AppError('picture-refused', 'not both sides of it');
      const { changes } = await chats.changeChat(act, async (change) => {
        requireGroupManager(change);
        const { tx, chatId, key } = change;
        const id = newId<GroupPictureId>();
        await repository.removeOfChat(tx, chatId);
        await repository.insert(tx, {
          ...{ id, chatId },
          large: seal(key, large, contextOf(chatId, id, 'large')),
          small: seal(key, small, contextOf(chatId, id, 'small')),
        });
        change.setPicture(id);
        await change.note({ what: 'pictureChanged', isRemoved: false });
      });
      return changes;
    },

    async remove(act: ChatAct): Promise<ChatChanges> {
      const { changes } = await chats.changeChat(act, async (change) => {
        requireGroupManager(change);
        if (!change.chat().pictureId) return;
        await repository.removeOfChat(change.tx, change.chatId);
        change.setPicture(null);
        await change.note({ what: 'pictureChanged', isRemoved: true });
      });
      return changes;
    },

    /** @throws chat-not-found, to strangers and former members too. */
    async read(userId: UserId, id: GroupPictureId, size: GroupPictureSize): Promise<Buffer> {
      const { chatId, bytes } = await open(id, size);
      await chats.requireMember(db, userId, chatId);
      return bytes;
    },

    /** For who may see it without being in the chat; says nothing of who that is. */
    readForGuest: async (id: GroupPictureId): Promise<Buffer> => (await open(id, 'large')).bytes,

    chatRemoved: repository.removeOfChat,

    /** In the act that clears a chat: how it looks goes on. */
    async keyReplaced(tx: Tx, { chatId, ...change }: KeyChange): Promise<void> {
      const picture = await repository.lockOfChat(tx, chatId);
      if (!picture) return;
      const { id } = picture;
      const large = reseal(picture.large, contextOf(chatId, id, 'large'), change);
      const small = reseal(picture.small, contextOf(chatId, id, 'small'), change);
      if (large && small) await repository.put(tx, { id, large, small });
    },
  };
}

/** Bound to its chat, its name and its size. */
function contextOf(chatId: ChatId, id: GroupPictureId, size: GroupPictureSize): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id), Buffer.from(`group picture ${size}`)]);
}
