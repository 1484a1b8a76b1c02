import { createStore } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';
import { bringAtLast, createLate } from '../platform/late.ts';
import type { MediaLists, MediaListStore } from './mediaLists.ts';

/** How lists are asked for comes with the first that is. */
export function createMediaLists(call: Call): MediaLists {
  const store: MediaListStore = createStore(() => new Map());
  const asking = createLate(async () => {
    const { createAsking } = await bringAtLast(() => import('./mediaLists.asking.ts'));
    return createAsking({ call, store });
  });

  return {
    store,
    refresh: async (chatId, filter) => (await asking.load()).refresh(chatId, filter),
    loadMore: async (chatId, filter) => (await asking.load()).loadMore(chatId, filter),
    reach: async (chatId, filter, id) => (await asking.load()).reach(chatId, filter, id),
    clear(chatId, cleared) {
      const state = [...store.getState()].map(([key, list]) => {
        const items = list.items.filter(({ position }) => position > cleared);
        return [key, key.startsWith(chatId) ? { ...list, items } : list] as const;
      });
      store.setState(new Map(state), true);
    },
  };
}
