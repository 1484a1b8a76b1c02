import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useChatTitle } from '../chats/useChats.ts';
import { toast } from '../ui/toast.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** Says to owners and admins, wherever they are in the app, that somebody asks to come into their group. */
export function useKnocks(): void {
  const { t } = useTranslation('app');
  const { router } = useApp();
  const { chats, invites } = useSession();
  const titleOf = useChatTitle();
  useEffect(() => {
    const waiting = new Map<string, number>();
    return invites.onRequests((chatId, requestCount) => {
      const before = waiting.get(chatId) ?? 0;
      waiting.set(chatId, requestCount);
      const summary = chats.sync.store.getState().list.chats.get(chatId)?.summary;
      if (!summary || requestCount <= before) return;
      toast(t('asksToJoin', { title: titleOf(summary) }), {
        action: { label: t('openChat'), run: () => router.go({ name: 'chat', chatId }) },
      });
    });
    // oxlint-disable-next-line react/exhaustive-deps -- titles are read when somebody knocks
  }, [chats, invites, router, t]);
}
