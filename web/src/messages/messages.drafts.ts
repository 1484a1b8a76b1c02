import { ChatId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../platform/clock.ts';
import type { Storage } from '../platform/storage.ts';

const Draft = z.object({ chatId: ChatId, text: z.string() });

/** What was begun in each chat and not sent. */
export type DraftTexts = ReadonlyMap<ChatId, string>;

export interface Drafts {
  readonly store: StoreApi<DraftTexts>;
  /** Kept a moment after the last key. */
  write(chatId: ChatId, text: string): void;
  restore(): Promise<void>;
  /** Keeps at once what is still on its way: the page may go. */
  flush(): void;
}

const KEEP_AFTER_MS = 300;

export function createDrafts({ storage, clock }: { readonly storage: Storage; readonly clock: Clock }): Drafts {
  const store = createStore<DraftTexts>(() => new Map());
  const waiting = new Map<ChatId, () => void>();

  return { store, write, restore, flush };

  function write(chatId: ChatId, text: string): void {
    const drafts = new Map(store.getState());
    if (text === '') drafts.delete(chatId);
    else drafts.set(chatId, text);
    store.setState(drafts, true);
    waiting.get(chatId)?.();
    waiting.set(
      chatId,
      clock.after(KEEP_AFTER_MS, () => keep(chatId)),
    );
  }

  function keep(chatId: ChatId): void {
    waiting.delete(chatId);
    const text = store.getState().get(chatId);
    const kept =
      text === undefined ? storage.remove('drafts', chatId) : storage.put('drafts', chatId, { chatId, text });
    // Without storage the draft lives as long as the page.
    void kept.catch(() => undefined);
  }

  async function restore(): Promise<void> {
    const kept = await storage.list('drafts', Draft);
    // What is written already wins over what was kept.
    store.setState(
      new Map([...kept.map(({ chatId, text }): [ChatId, string] => [chatId, text]), ...store.getState()]),
      true,
    );
  }

  function flush(): void {
    for (const [chatId, cancel] of waiting) {
      cancel();
      keep(chatId);
    }
  }
}
