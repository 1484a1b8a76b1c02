import type { ChatChanges } from '@dialog/shared/chats';
import {
  CUSTOM_EMOJI_MAX,
  type CustomEmoji,
  type CustomEmojiId,
  type CustomEmojiVariant,
} from '@dialog/shared/customEmoji';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { ChatAct } from '../chats/chats.acts.ts';
import type { ChatChange } from '../chats/chats.change.ts';
import type { KeyChange } from '../chats/chats.clearing.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import { reseal, seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { Remake } from '../platform/pictures/remaking.ts';
import type { CustomEmojiRepository, StoredEmoji } from './customEmoji.repository.ts';
import { STANDARD_NAMES } from './customEmoji.standardNames.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<
    ChatService,
    'changeChat' | 'readChat' | 'requireGroupManager' | 'requireManager' | 'requireMember'
  >;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly repository: CustomEmojiRepository;
  readonly remake: Remake;
  readonly now: () => Date;
}

interface NewEmoji {
  readonly id: CustomEmojiId;
  readonly name: string;
  readonly original: Buffer;
}

export type CustomEmojiService = ReturnType<typeof createCustomEmoji>;

/**
 * The emoji that groups make for themselves: few, so that all of a chat are listed at once, and named by the revision of
 * their last change. Names are sealed, and unique under the chat's lock. Messages and reactions hold the name and not the
 * emoji: with it gone, or in another chat, what stands there is the text that was written.
 */
export function createCustomEmoji({ db, chats, keys, repository, remake, now }: Deps) {
  const storedKey = async (chatId: ChatId): Promise<SealingKey | null> =>
    (await keys.stored(db, [chatId])).get(chatId) ?? null;

  async function requireFreeName({ tx, chatId, key }: ChatChange, name: string, besides?: CustomEmojiId) {
    if (STANDARD_NAMES.has(name)) throw new AppError('emoji-name-taken', 'a standard one');
    const all = await repository.ofChat(tx, chatId);
    if (all.some((emoji) => emoji.id !== besides && nameOf(key, emoji) === name))
      throw new AppError('emoji-name-taken');
    return all;
  }

  async function requireOwn({ tx, chatId }: ChatChange, id: CustomEmojiId): Promise<StoredEmoji> {
    const emoji = await repository.find(tx, id);
    if (emoji?.chatId !== chatId) throw new AppError('emoji-not-found');
    return emoji;
  }

  async function insert(change: ChatChange, { id, name }: NewEmoji, made: { still: Buffer; moving?: Buffer }) {
    const { tx, chatId, key, actorId } = change;
    if ((await requireFreeName(change, name)).length >= CUSTOM_EMOJI_MAX) throw new AppError('limit-reached');
    const { still, moving } = made;
    await repository.insert(tx, {
      ...{ id, chatId, madeBy: actorId, madeAt: now() },
      name: seal(key, name, contextOf(chatId, id, 'name')),
      still: seal(key, still, contextOf(chatId, id, 'still')),
      moving: moving ? seal(key, moving, contextOf(chatId, id, 'moving')) : null,
    });
    change.touchEmoji();
  }

  /** One that does not open under the old key opens under none: it stays what it is. */
  async function resealOne(
    tx: Tx,
    { chatId, id }: Pick<StoredEmoji, 'chatId' | 'id'>,
    change: Pick<KeyChange, 'old' | 'next'>,
  ) {
    const emoji = await repository.lock(tx, id);
    if (!emoji) return;
    const anew = (body: Buffer, what: Parameters<typeof contextOf>[2]) =>
      reseal(body, contextOf(chatId, id, what), change);
    const [name, still] = [anew(emoji.name, 'name'), anew(emoji.still, 'still')];
    const moving = emoji.moving && anew(emoji.moving, 'moving');
    if (name && still) await repository.put(tx, id, { name, still, moving });
  }

  return {
    async list(userId: UserId, chatId: ChatId): Promise<{ emoji: CustomEmoji[]; revision: number }> {
      await chats.requireMember(db, userId, chatId);
      // Before the list: what changes in between comes with the next look.
      const revision = (await chats.readChat(db, chatId))?.emojiRevision ?? 0;
      const key = await storedKey(chatId);
      const all = key ? await repository.ofChat(db, chatId) : [];
      const named = all.map((stored) => ({ stored, name: key && nameOf(key, stored) }));
      return { emoji: named.flatMap(({ stored, name }) => (name ? [toEmoji(stored, name)] : [])), revision };
    },

    async add(act: ChatAct, wanted: NewEmoji): Promise<ChatChanges> {
      // Before a stranger's picture is opened at all.
      await chats.requireManager(db, act.actorId, act.chatId);
      const { still, moving } = (await remake(wanted.original, 'emoji')).variants;
      if (!still) throw new AppError('picture-refused', 'not even a still of it');
      const { changes } = await chats
        .changeChat(act, async (change) => {
          chats.requireGroupManager(change);
          const earlier = await repository.find(change.tx, wanted.id);
          if (earlier && (earlier.chatId !== act.chatId || earlier.madeBy !== act.actorId))
            throw new AppError('id-taken');
          if (!earlier) await insert(change, wanted, { still, ...(moving ? { moving } : {}) });
        })
        .catch((error: unknown) => {
          throw isDuplicate(error) ? new AppError('id-taken') : error;
        });
      return changes;
    },

    async rename(act: ChatAct, id: CustomEmojiId, name: string): Promise<ChatChanges> {
      const { changes } = await chats.changeChat(act, async (change) => {
        chats.requireGroupManager(change);
        const emoji = await requireOwn(change, id);
        if (nameOf(change.key, emoji) === name) return;
        await requireFreeName(change, name, id);
        await repository.rename(change.tx, id, seal(change.key, name, contextOf(act.chatId, id, 'name')));
        change.touchEmoji();
      });
      return changes;
    },

    async remove(act: ChatAct, id: CustomEmojiId): Promise<ChatChanges> {
      const { changes } = await chats.changeChat(act, async (change) => {
        chats.requireGroupManager(change);
        await requireOwn(change, id);
        await repository.remove(change.tx, id);
        change.touchEmoji();
      });
      return changes;
    },

    /** @throws emoji-not-found, to strangers too. */
    async read(userId: UserId, id: CustomEmojiId, variant: CustomEmojiVariant): Promise<Buffer> {
      const found = await repository.picture(db, id, variant);
      if (!found) throw new AppError('emoji-not-found');
      await chats.requireMember(db, userId, found.chatId).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'chat-not-found' ? new AppError('emoji-not-found') : error;
      });
      const key = await storedKey(found.chatId);
      if (!key) throw new AppError('emoji-not-found', 'no key');
      return unseal(key, found.body, contextOf(found.chatId, id, variant));
    },

    /** Within an act on its chat. @throws emoji-not-found when it is named like a group's own, and is none of this one's. */
    async requireReaction({ tx, chatId, key }: ChatChange, emoji: string): Promise<void> {
      const name = /^:(.*):$/.exec(emoji)?.[1];
      if (name === undefined) return;
      const own = await repository.ofChat(tx, chatId);
      if (!own.some((one) => nameOf(key, one) === name)) throw new AppError('emoji-not-found');
    },

    chatRemoved: repository.removeOfChat,

    /** In the act that clears a chat: its emoji go on. */
    async keyReplaced(tx: Tx, { chatId, ...change }: KeyChange): Promise<void> {
      for (const { id } of await repository.ofChat(tx, chatId)) {
        // oxlint-disable-next-line no-await-in-loop -- one connection, and one after the other in memory
        await resealOne(tx, { chatId, id }, change);
      }
    },
  };
}

/** Null when it does not open: the others are there all the same. */
function nameOf(key: SealingKey, { id, chatId, name }: StoredEmoji): string | null {
  try {
    return unseal(key, name, contextOf(chatId, id, 'name')).toString('utf8');
  } catch {
    return null;
  }
}

function toEmoji({ id, isMoving, madeBy, madeAt }: StoredEmoji, name: string): CustomEmoji {
  return { id, name, ...(isMoving ? { isMoving } : {}), madeBy, madeAt: madeAt.toISOString() };
}

/** Bound to its chat and to what it is. */
function contextOf(chatId: ChatId, id: CustomEmojiId, what: 'name' | CustomEmojiVariant): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id), Buffer.from(`emoji ${what}`)]);
}
