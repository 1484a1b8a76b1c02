import { type CallStanding, mayModerate } from '@dialog/shared/calls.moderation';
import type { Role } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { useStore } from 'zustand';
import { useActive, useCalls } from '../useCalls.ts';

/** Whether I keep order in the call I am in; towards one person, if one is named. The server has the last word. */
export function useMayOrder(userId?: UserId): boolean {
  const chatId = useActive((active) => active.chatId);
  const { store, me } = useCalls().chats;
  return useStore(store, ({ list, members }) => {
    const summary = list.chats.get(chatId)?.summary;
    if (summary?.chat.kind !== 'group' || !summary.chat.call || userId === me) return false;
    const { role, chat } = summary;
    const standing = (of: UserId, as: Role): CallStanding => ({ role: as, hasStarted: chat.call?.startedBy === of });
    // Whoever is not among the members that this device knows is taken for a plain one.
    const target = userId && standing(userId, members.get(chatId)?.members.get(userId)?.role ?? 'member');
    return mayModerate(chat, standing(me, role), target);
  });
}
