import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ChatId } from '@dialog/shared/contract/values';
import { newKeyBytes, seal, toSealingKey, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import type { KeyRepository, WrappedKey } from './chats.keys.repository.ts';

export type { WrappedKey } from './chats.keys.repository.ts';

/** Unwrapped keys kept at hand: 10,000 take about 3 MB and spare the hot path a read. */
const KEYS_KEPT = 10_000;
/** A destroyed key outlives its row by no more than this, even where the bus lost the news. */
const KEPT_MS = 600_000;
/** Drawn at random: one that a transaction made which was rolled back is taken for no other. */
const NUMBERS = 2 ** 32;

interface Deps {
  readonly repository: KeyRepository;
  readonly masterKey: Buffer;
}

/** A chat with the number of its key, as its row says. */
export interface KeyedChat {
  readonly id: ChatId;
  readonly keyNumber: number;
}

interface Kept {
  readonly key: SealingKey;
  readonly number: number;
}

type Keys = ReadonlyMap<ChatId, SealingKey>;

/**
 * The data key of each chat, wrapped by the master key in its own table: destroying a chat's text is replacing or
 * deleting that row. A key at hand may be one that was destroyed on another node: so whoever seals takes the key by its
 * number under the chat's lock (`numbered`) or holds it (`hold`), and whoever opens asks again for what did not open.
 */
export interface ChatKeys {
  /** Makes and stores a key; one that the chat had before is nowhere then. The chat's row, which is locked, names it. */
  make(tx: Tx, chatId: ChatId): Promise<{ readonly key: SealingKey; readonly keyNumber: number }>;
  /** Null when the key was destroyed or does not open under this master key. */
  of(tx: Tx, chatId: ChatId): Promise<SealingKey | null>;
  /** The keys of committed chats, read in one query where they are not at hand. */
  ofMany(tx: Tx, chatIds: readonly ChatId[]): Promise<Keys>;
  /** The keys that these chats' rows speak of. */
  numbered(tx: Tx, chats: readonly KeyedChat[]): Promise<Keys>;
  /** As they are stored at this moment. */
  stored(tx: Tx, chatIds: readonly ChatId[]): Promise<Keys>;
  /** As it is stored; nobody replaces it before the transaction ends. */
  hold(tx: Tx, chatId: ChatId): Promise<SealingKey | null>;
  /** One that was read together with what it opens. */
  unwrapped(read: WrappedKey): SealingKey | null;
  /** The chat is gone, or its key: neither must outlive that in memory. */
  forget(chatId: ChatId): void;
}

export function createChatKeys({ repository, masterKey }: Deps): ChatKeys {
  const wrappingKey = toSealingKey(masterKey);
  const atHand = new LRUCache<ChatId, Kept>({ max: KEYS_KEPT, ttl: KEPT_MS });

  function unwrapped({ chatId, wrapped, number }: WrappedKey): SealingKey | null {
    const kept = atHand.get(chatId);
    if (kept?.number === number) return kept.key;
    const key = unwrap(wrappingKey, chatId, wrapped);
    if (key) atHand.set(chatId, { key, number });
    return key;
  }

  async function stored(tx: Tx, chatIds: readonly ChatId[]): Promise<Keys> {
    const found = new Map<ChatId, SealingKey>();
    if (chatIds.length === 0) return found;
    for (const read of await repository.of(tx, chatIds)) {
      const key = unwrapped(read);
      if (key) found.set(read.chatId, key);
    }
    return found;
  }

  /** Those at hand that will do, and the others as they are stored. */
  async function gathered(tx: Tx, chatIds: readonly ChatId[], willDo: (kept: Kept, id: ChatId) => boolean) {
    const found = new Map<ChatId, SealingKey>();
    const missing: ChatId[] = [];
    for (const chatId of chatIds) {
      const kept = atHand.get(chatId);
      if (kept && willDo(kept, chatId)) found.set(chatId, kept.key);
      else missing.push(chatId);
    }
    return missing.length === 0 ? found : new Map([...found, ...(await stored(tx, missing))]);
  }

  const ofMany = (tx: Tx, chatIds: readonly ChatId[]): Promise<Keys> => gathered(tx, chatIds, () => true);

  return {
    async make(tx, chatId) {
      const [bytes, keyNumber] = [newKeyBytes(), randomInt(1, NUMBERS)];
      const wrapped = seal(wrappingKey, bytes, toBytes(chatId));
      await repository.put(tx, { chatId, wrapped, number: keyNumber });
      return { key: toSealingKey(bytes), keyNumber };
    },
    async of(tx, chatId) {
      return (await ofMany(tx, [chatId])).get(chatId) ?? null;
    },
    ofMany,
    numbered(tx, chats) {
      const numbers = new Map(chats.map(({ id, keyNumber }) => [id, keyNumber]));
      return gathered(tx, [...numbers.keys()], ({ number }, chatId) => number === numbers.get(chatId));
    },
    stored,
    async hold(tx, chatId) {
      const held = await repository.hold(tx, chatId);
      return held ? unwrapped(held) : null;
    },
    unwrapped,
    forget: (chatId) => void atHand.delete(chatId),
  };
}

function unwrap(wrappingKey: SealingKey, chatId: ChatId, wrapped: Buffer): SealingKey | null {
  try {
    return toSealingKey(unseal(wrappingKey, wrapped, toBytes(chatId)));
  } catch {
    // A chat whose key is broken is shown as unreadable; it must not take the whole list down with it.
    return null;
  }
}
