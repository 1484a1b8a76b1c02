import { attachmentRoutes, type MediaFilter } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { ApiError, type Call } from '../platform/api.ts';
import { keyOf, type MediaList, type MediaLists, type MediaListStore } from './mediaLists.ts';

/** Further back than this the gallery shows the message alone. */
const PAGES_TO_REACH = 20;
const EMPTY: MediaList = { items: [], state: 'loading', hasMore: true };

interface Deps {
  readonly call: Call;
  readonly store: MediaListStore;
}

/** What fills the lists, page by page. */
export function createAsking({ call, store }: Deps): Pick<MediaLists, 'refresh' | 'loadMore' | 'reach'> {
  const asking = new Map<string, Promise<void>>();

  return {
    refresh: (chatId, filter) => once(chatId, filter, undefined),
    loadMore,
    async reach(chatId, filter, id) {
      await once(chatId, filter, undefined);
      for (let page = 1; page < PAGES_TO_REACH; page += 1) {
        const { items, hasMore, state } = listOf(chatId, filter);
        if (items.some(({ attachment }) => attachment.id === id) || !hasMore || state !== 'ready') return;
        // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ends
        await loadMore(chatId, filter);
      }
    },
  };

  function listOf(chatId: ChatId, filter: MediaFilter): MediaList {
    return store.getState().get(keyOf(chatId, filter)) ?? EMPTY;
  }

  function loadMore(chatId: ChatId, filter: MediaFilter): Promise<void> {
    return once(chatId, filter, listOf(chatId, filter).items.at(-1)?.position);
  }

  /** One question about a list at a time: pages must not overtake each other. */
  async function once(chatId: ChatId, filter: MediaFilter, before: number | undefined): Promise<void> {
    const key = keyOf(chatId, filter);
    const asked = asking.get(key);
    if (asked) return asked;
    const answer = load(chatId, filter, before).finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  }

  async function load(chatId: ChatId, filter: MediaFilter, before: number | undefined): Promise<void> {
    put(chatId, filter, { state: 'loading' });
    try {
      const query = { filter, ...(before === undefined ? {} : { before: `${before}` }) };
      const { attachments, hasMore } = await call(attachmentRoutes.listAttachments, { params: { chatId }, query });
      const known = listOf(chatId, filter);
      const oldest = attachments.at(-1)?.position ?? 0;
      const older = known.items.filter(({ position }) => position < oldest);
      const isFirst = before === undefined;
      // A new first page that does not reach the old one would leave a hole: then the list begins anew.
      const joins = known.items.some(({ position }) => position >= oldest);
      if (!isFirst) put(chatId, filter, { items: [...known.items, ...attachments], hasMore, state: 'ready' });
      else if (joins && older.length > 0) put(chatId, filter, { items: [...attachments, ...older], state: 'ready' });
      else put(chatId, filter, { items: attachments, hasMore, state: 'ready' });
    } catch (failure) {
      put(chatId, filter, { state: failure instanceof ApiError ? failure.code : 'internal' });
    }
  }

  function put(chatId: ChatId, filter: MediaFilter, change: Partial<MediaList>): void {
    const list = { ...listOf(chatId, filter), ...change };
    store.setState(new Map([...store.getState(), [keyOf(chatId, filter), list]]), true);
  }
}
