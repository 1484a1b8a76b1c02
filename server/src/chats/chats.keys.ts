import { LRUCache } from 'lru-cache';
import type { ChatId } from '@dialog/shared/contract/values';
import { newKeyBytes, seal, toSealingKey, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import type { ChatRepository } from './chats.repository.ts';

/** Unwrapped keys kept at hand: 10,000 take about 3 MB and spare the hot path a read. */
const KEYS_KEPT = 10_000;
/** A destroyed key outlives its row by no more than this, even where the bus lost the news. */
const KEPT_MS = 600_000;

interface Deps {
  readonly repository: Pick<ChatRepository, 'insertKey' | 'keysOf'>;
  readonly masterKey: Buffer;
}

/**
 * The data key of each chat, wrapped by the master key in its own table: destroying a chat's text is deleting that row.
 */
export interface ChatKeys {
  /** Makes and stores a key. Not kept at hand: the transaction may still be rolled back and another key be stored. */
  make(tx: Tx, chatId: ChatId): Promise<SealingKey>;
  /** Null when the key was destroyed or does not open under this master key. */
  of(tx: Tx, chatId: ChatId): Promise<SealingKey | null>;
  /** The keys of committed chats, read in one query where they are not at hand. */
  ofMany(tx: Tx, chatIds: readonly ChatId[]): Promise<ReadonlyMap<ChatId, SealingKey>>;
  /** The chat is gone: its key must not outlive it in memory. */
  forget(chatId: ChatId): void;
}

export function createChatKeys({ repository, masterKey }: Deps): ChatKeys {
  const wrappingKey = toSealingKey(masterKey);
  const atHand = new LRUCache<ChatId, SealingKey>({ max: KEYS_KEPT, ttl: KEPT_MS });

  async function ofMany(tx: Tx, chatIds: readonly ChatId[]): Promise<ReadonlyMap<ChatId, SealingKey>> {
    const found = new Map<ChatId, SealingKey>();
    const missing: ChatId[] = [];
    for (const chatId of chatIds) {
      const key = atHand.get(chatId);
      if (key) found.set(chatId, key);
      else missing.push(chatId);
    }
    if (missing.length === 0) return found;
    for (const { chatId, wrapped } of await repository.keysOf(tx, missing)) {
      const key = unwrap(wrappingKey, chatId, wrapped);
      if (!key) continue;
      atHand.set(chatId, key);
      found.set(chatId, key);
    }
    return found;
  }

  return {
    async make(tx, chatId) {
      const bytes = newKeyBytes();
      await repository.insertKey(tx, chatId, seal(wrappingKey, bytes, toBytes(chatId)));
      return toSealingKey(bytes);
    },
    async of(tx, chatId) {
      return (await ofMany(tx, [chatId])).get(chatId) ?? null;
    },
    ofMany,
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
