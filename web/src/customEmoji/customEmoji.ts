import {
  CUSTOM_EMOJI_MAX,
  CustomEmoji,
  type CustomEmojiId,
  customEmojiPath,
  customEmojiRoutes,
} from '@dialog/shared/customEmoji';
import { ChatId, Revision } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { OwnEmoji, OwnEmojis } from '../emoji/ownEmoji.ts';
import type { Call } from '../platform/api.ts';
import { base64Of } from '../platform/base64.ts';
import type { Socket } from '../platform/socket.ts';
import type { Storage } from '../platform/storage.ts';

/** The emoji of one chat, complete up to this revision. */
const Held = z.object({
  chatId: ChatId,
  revision: Revision,
  emoji: z.array(CustomEmoji).check(z.maxLength(CUSTOM_EMOJI_MAX)),
});
type Held = z.infer<typeof Held>;

export interface KnownEmoji extends Readonly<Held> {
  readonly byName: OwnEmojis;
}

/** What groups have made for themselves. Each act rejects with an ApiError and changes nothing then. */
export interface CustomEmojis {
  readonly store: StoreApi<ReadonlyMap<ChatId, KnownEmoji>>;
  /** Sees to it that those of a chat are there as of this revision; what the network keeps back comes when it is there. */
  want(chatId: ChatId, revision: number): void;
  add(
    chatId: ChatId,
    made: { readonly id: CustomEmojiId; readonly name: string; readonly picture: Blob },
  ): Promise<void>;
  rename(chatId: ChatId, emojiId: CustomEmojiId, name: string): Promise<void>;
  remove(chatId: ChatId, emojiId: CustomEmojiId): Promise<void>;
  stop(): void;
}

interface CustomEmojisDeps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'onConnected'>;
  readonly chats: Pick<ChatSync, 'learn' | 'store'>;
  readonly storage: Storage;
}

const KEY = 'custom emoji';
/** As many chats as open without a network. */
const KEPT_MAX = 50;
/** On a slow line a picture takes its time. */
const SLOWLY = { timeoutMs: 60_000 };

export function createCustomEmojis({ call, socket, chats, storage }: CustomEmojisDeps): CustomEmojis {
  const store = createStore<ReadonlyMap<ChatId, KnownEmoji>>(() => new Map());
  const wanted = new Map<ChatId, number>();
  const underWay = new Set<ChatId>();
  const restoring = storage.get('settings', KEY, z.array(Held)).then(
    (kept) => kept?.forEach(learn),
    () => undefined,
  );

  function learn(held: Held): void {
    const known = store.getState();
    if ((known.get(held.chatId)?.revision ?? -1) > held.revision) return;
    // The last learned stands last.
    const others = [...known].filter(([chatId]) => chatId !== held.chatId);
    store.setState(new Map([...others, [held.chatId, { ...held, byName: byName(held.emoji) }]]), true);
  }

  function isMissing(chatId: ChatId): boolean {
    return (store.getState().get(chatId)?.revision ?? -1) < (wanted.get(chatId) ?? -1);
  }

  async function bring(chatId: ChatId): Promise<void> {
    await restoring;
    if (!isMissing(chatId) || underWay.has(chatId)) return;
    underWay.add(chatId);
    try {
      learn({ chatId, ...(await call(customEmojiRoutes.listCustomEmoji, { params: { chatId } })) });
      await keep();
    } catch {
      // Asked again with the next connection, the next change, or when the chat is opened again.
      return;
    } finally {
      underWay.delete(chatId);
    }
    // It changed while it was asked for.
    await bring(chatId);
  }

  async function keep(): Promise<void> {
    const { list } = chats.store.getState();
    const kept = [...store.getState().values()].filter(({ chatId }) => list.chats.has(chatId)).slice(-KEPT_MAX);
    const copies = kept.map(({ chatId, revision, emoji }) => ({ chatId, revision, emoji }));
    await storage.put('settings', KEY, copies).catch(() => undefined);
  }

  const stop = socket.onConnected(() => {
    for (const chatId of wanted.keys()) void bring(chatId);
  });

  return {
    store,
    want(chatId, revision) {
      wanted.set(chatId, Math.max(revision, wanted.get(chatId) ?? 0));
      void bring(chatId);
    },
    async add(chatId, { id, name, picture }) {
      const body = { id, name, picture: await base64Of(picture) };
      chats.learn(await call(customEmojiRoutes.addCustomEmoji, { params: { chatId }, body }, SLOWLY));
    },
    async rename(chatId, emojiId, name) {
      const params = { chatId, emojiId };
      chats.learn(await call(customEmojiRoutes.renameCustomEmoji, { params, body: { name } }));
    },
    async remove(chatId, emojiId) {
      chats.learn(await call(customEmojiRoutes.removeCustomEmoji, { params: { chatId, emojiId } }));
    },
    stop,
  };
}

function byName(emoji: readonly CustomEmoji[]): OwnEmojis {
  return new Map(emoji.map((one) => [one.name, shownAs(one)]));
}

export function shownAs({ id, name, isMoving }: CustomEmoji): OwnEmoji {
  const still = customEmojiPath(id, 'still');
  return isMoving ? { name, still, moving: customEmojiPath(id, 'moving') } : { name, still };
}
