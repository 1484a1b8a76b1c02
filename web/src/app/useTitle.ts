import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Place } from './router.ts';
import { useSession } from './useSession.ts';

/** The title of the tab says where one is and how much is unread. */
export function useTitle(place: Place): void {
  const { t } = useTranslation('app');
  const { sync } = useSession().chats;
  const name = useStore(sync.store, ({ list }) => {
    if (place.name !== 'chat') return undefined;
    const summary = list.chats.get(place.chatId)?.summary;
    return summary?.chat.title ?? summary?.peer?.displayName;
  });
  const unread = useStore(sync.store, ({ list }) =>
    [...list.chats.values()].reduce((sum, { summary }) => sum + summary.unreadCount, 0),
  );
  const where = place.name === 'settings' ? t('settings') : name;
  const title = where === undefined ? t('title') : t('titleOf', { place: where });
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  }, [title, unread]);
}
