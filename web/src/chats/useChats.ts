import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { createContext, use, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Chats } from './chats.ts';

export const ChatsContext = createContext<Chats | undefined>(undefined);

export function useChats(): Chats {
  const chats = use(ChatsContext);
  if (!chats) throw new Error('outside of ChatsContext');
  return chats;
}

/** A chat in the person's list; undefined when it is not in it. */
export function useSummary(chatId: ChatId): ChatSummary | undefined {
  return useStore(useChats().sync.store, ({ list }) => list.chats.get(chatId)?.summary);
}

/** What a chat is called in a list or a header. */
export function useChatTitle(): (summary: ChatSummary) => string {
  const { t } = useTranslation('chats');
  return ({ chat, peer }) =>
    chat.kind === 'notes' ? t('notes') : (chat.title ?? peer?.displayName ?? t('formerMember'));
}

/** What stands under that: how many are in a group, whether the other person is there. */
export function useUnderTitle({ chat, peer }: ChatSummary): string {
  const { t } = useTranslation('chats');
  const isOnline = useIsOnline(peer?.id);
  if (chat.kind === 'group') return t('members', { count: chat.memberCount });
  return chat.kind === 'notes' ? t('notesHint') : t(isOnline ? 'online' : 'offline');
}

/** Someone's name, asked for when it is not known yet. */
export function usePersonName(userId: UserId | null): string {
  const { people, me } = useChats().sync;
  const { t } = useTranslation('chats');
  const user = useStore(people.store, (known) => (userId ? known.get(userId) : undefined));
  useEffect(() => {
    if (userId && !user) people.want(userId);
  }, [userId, user, people]);
  if (userId === me) return t('you');
  return user?.displayName ?? t('formerMember');
}

/** Whether someone is online; watches while the caller is on screen. */
export function useIsOnline(userId: UserId | undefined): boolean {
  const { online } = useChats();
  const watched = useMemo(() => (userId ? [userId] : []), [userId]);
  useEffect(() => online.watch(watched), [online, watched]);
  return useStore(online.store, (people) => userId !== undefined && people.has(userId));
}
