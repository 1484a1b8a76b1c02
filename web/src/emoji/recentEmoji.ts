import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Storage } from '../platform/storage.ts';
import { ownNameIn } from './ownEmoji.ts';

const RECENT_MAX = 18;
const KEY = 'emoji';

export const SKIN_TONES = ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;
const Tone = z.enum(SKIN_TONES);
export type Tone = z.infer<typeof Tone>;

const Habits = z.object({
  /** The last used first. */
  recent: z.array(z.string().check(z.maxLength(40))).check(z.maxLength(RECENT_MAX)),
  tone: Tone,
});
type Habits = Readonly<z.infer<typeof Habits>>;

/** Which emoji a person uses in this browser. Kept with what else is theirs, and erased with it at sign-out. */
export interface RecentEmoji {
  readonly store: StoreApi<Habits>;
  use(emoji: string): void;
  setTone(tone: Tone): void;
}

const made = new WeakMap<Storage, RecentEmoji>();

/** One for each person's storage, read when it is first asked for. */
export function recentEmojiOf(storage: Storage): RecentEmoji {
  const recent = made.get(storage) ?? createRecentEmoji(storage);
  made.set(storage, recent);
  return recent;
}

function createRecentEmoji(storage: Storage): RecentEmoji {
  const store = createStore<Habits>(() => ({ recent: [], tone: 'none' }));
  const restoring = storage.get('settings', KEY, Habits).then(
    (kept) => kept && store.setState(kept),
    () => undefined,
  );

  function change(news: Partial<Habits>): void {
    store.setState(news);
    // What was kept before is read before it is written over; without storage it lasts as long as the page.
    void restoring.then(() => storage.put('settings', KEY, store.getState())).catch(() => undefined);
  }

  return {
    store,
    use(emoji) {
      // In other chats there is none of that name.
      if (ownNameIn(emoji) !== undefined) return;
      const { recent } = store.getState();
      change({ recent: [emoji, ...recent.filter((one) => one !== emoji)].slice(0, RECENT_MAX) });
    },
    setTone: (tone) => change({ tone }),
  };
}
