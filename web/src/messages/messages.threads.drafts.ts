import type { ChatId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../platform/clock.ts';
import type { Storage } from '../platform/storage.ts';
import { isPlaceIn, type WritingPlace } from './writingPlace.ts';

/** On the shelf of the other drafts, which pass over what is not of their form. */
const KeptDraft = z.object({ thread: z.string(), words: z.string() });

export interface ThreadDrafts {
  /** What was begun in each thread and not sent, in this browser. */
  readonly store: StoreApi<ReadonlyMap<WritingPlace, string>>;
  write(place: WritingPlace, words: string): void;
  restore(): Promise<void>;
  /** The page may go. */
  flush(): void;
  drop(chatId: ChatId): void;
}

const KEEP_AFTER_MS = 300;

export function createThreadDrafts({ storage, clock }: { storage: Storage; clock: Clock }): ThreadDrafts {
  const store = createStore<ReadonlyMap<WritingPlace, string>>(() => new Map());
  const keeping = new Map<WritingPlace, () => void>();

  function put(place: WritingPlace, words: string): void {
    const drafts = new Map(store.getState());
    if (words === '') drafts.delete(place);
    else drafts.set(place, words);
    store.setState(drafts, true);
  }

  function keep(place: WritingPlace): void {
    keeping.get(place)?.();
    keeping.delete(place);
    const words = store.getState().get(place);
    const kept =
      words === undefined
        ? storage.remove('drafts', `thread ${place}`)
        : storage.put('drafts', `thread ${place}`, { thread: place, words });
    // Without storage they live as long as the page.
    void kept.catch(() => undefined);
  }

  function write(place: WritingPlace, words: string): void {
    put(place, words);
    keeping.get(place)?.();
    keeping.set(
      place,
      clock.after(KEEP_AFTER_MS, () => keep(place)),
    );
  }

  return {
    store,
    write,
    async restore() {
      const kept = await storage.list('drafts', KeptDraft).catch(() => []);
      // What is written already wins over what was kept.
      for (const { thread, words } of kept) if (!store.getState().has(thread)) put(thread, words);
    },
    flush() {
      for (const place of keeping.keys()) keep(place);
    },
    drop(chatId) {
      for (const place of store.getState().keys()) if (isPlaceIn(place, chatId)) write(place, '');
    },
  };
}
