import type { ChatId } from '@dialog/shared/contract/values';
import type { KeyChange } from './chats/chats.clearing.ts';
import type { ChatKeys } from './chats/chats.keys.ts';
import { createGroupPictures } from './chats/chats.pictures.ts';
import { groupPictureRepository } from './chats/chats.pictures.repository.ts';
import { serveGroupPictures } from './chats/chats.pictures.routes.ts';
import type { ChatService } from './chats/chats.service.ts';
import { customEmojiRepository } from './customEmoji/customEmoji.repository.ts';
import { serveCustomEmoji } from './customEmoji/customEmoji.routes.ts';
import { createCustomEmoji } from './customEmoji/customEmoji.service.ts';
import type { Tx } from './platform/database.ts';
import { createRemake } from './platform/pictures/remaking.ts';
import type { Platform } from './platform/platform.ts';

interface Neighbours {
  readonly chats: ChatService;
  readonly keys: ChatKeys;
}

/** The part of the composition root that joins what a group looks like. */
export function createGroupLooks(platform: Platform, { chats, keys }: Neighbours) {
  const { db, now } = platform;
  const remake = createRemake(platform.pictures);
  const pictures = createGroupPictures({ db, chats, keys, repository: groupPictureRepository, remake });
  const customEmoji = createCustomEmoji({ db, chats, keys, repository: customEmojiRepository, remake, now });
  serveGroupPictures(platform, pictures);
  serveCustomEmoji(platform, customEmoji);
  return {
    pictures,
    requireReaction: customEmoji.requireReaction,
    /** With a chat goes how it looked. */
    async chatRemoved(tx: Tx, chatId: ChatId): Promise<void> {
      await pictures.chatRemoved(tx, chatId);
      await customEmoji.chatRemoved(tx, chatId);
    },
    /** How a group looks outlives its history. */
    async keyReplaced(tx: Tx, change: KeyChange): Promise<void> {
      await pictures.keyReplaced(tx, change);
      await customEmoji.keyReplaced(tx, change);
    },
  };
}
