import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import { createContext, use, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Chats } from './chats.ts';
import { usePresenceLine } from './usePresenceLine.ts';

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
  const presence = usePresenceLine(usePresence(peer?.id));
  if (chat.kind === 'group') return t('members', { count: chat.memberCount });
  return chat.kind === 'notes' ? t('notesHint') : (presence ?? '');
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

/** How someone is, as far as that may be known; watches while the caller is on screen. */
export function usePresence(userId: UserId | undefined): Presence | undefined {
  const { presences } = useChats();
  const watched = useMemo(() => (userId ? [userId] : []), [userId]);
  useEffect(() => presences.watch(watched), [presences, watched]);
  return useStore(presences.store, (people) => (userId === undefined ? undefined : people.get(userId)));
}
