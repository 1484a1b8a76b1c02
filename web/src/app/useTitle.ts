import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { unreadTotal } from '../chats/chats.arranging.store.ts';
import { useUnmuting } from '../chats/useArranged.ts';
import { useChatTitle } from '../chats/useChats.ts';
import type { Place } from './router.ts';
import { useSession } from './useSession.ts';

/** The title of the tab says where one is and how much is unread. */
export function useTitle(place: Place): void {
  const { t } = useTranslation('app');
  const { sync } = useSession().chats;
  const titleOf = useChatTitle();
  const name = useStore(sync.store, ({ list }) => {
    const summary = place.name === 'chat' ? list.chats.get(place.chatId)?.summary : undefined;
    return summary && titleOf(summary);
  });
  useUnmuting();
  const unread = useStore(sync.store, ({ list }) => unreadTotal(list, Date.now()));
  const where = place.name === 'settings' || place.name === 'people' || place.name === 'calls' ? t(place.name) : name;
  const title = where === undefined ? t('title') : t('titleOf', { place: where });
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  }, [title, unread]);
}
