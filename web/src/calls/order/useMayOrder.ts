import { type CallStanding, mayModerate } from '@dialog/shared/calls.moderation.rules';
import type { Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { ChatsState } from '../../chats/chats.sync.ts';
import type { ChatMembers } from '../../chats/members.store.ts';
import { useActive, useCalls } from '../useCalls.ts';

/** Whether I keep order in the call I am in; towards one person, if one is named. The server has the last word. */
export function useMayOrder(userId?: UserId): boolean {
  const { chats, call, own } = useCalls();
  const chatId = useActive((active) => active.chatId);
  const answer = useStore(chats.store, (state) => mayOrder(state, { me: chats.me, chatId, userId }));
  useEffect(() => {
    if (answer !== 'unknown') return;
    const wanted = () => own.store.getState().active?.people.map((one) => one.userId) ?? [];
    import('./roles.ts').then(({ learnRoles }) => learnRoles(chatId, { call, chats, wanted })).catch(() => {}); // Until then nothing is offered that the server might refuse.
  }, [answer, chatId, call, chats, own]);
  return answer === true;
}

interface Question {
  readonly me: UserId;
  readonly chatId: ChatId;
  readonly userId: UserId | undefined;
}

/** `unknown`: that depends on a role which this device does not know yet. */
export function mayOrder(
  { list, members }: Pick<ChatsState, 'list' | 'members'>,
  { me, chatId, userId }: Question,
): boolean | 'unknown' {
  const summary = list.chats.get(chatId)?.summary;
  if (summary?.chat.kind !== 'group' || !summary.chat.call || userId === me) return false;
  const { role, chat } = summary;
  const standing = (of: UserId, as: Role): CallStanding => ({ role: as, hasStarted: chat.call?.startedBy === of });
  const may = (as?: Role): boolean => mayModerate(chat, standing(me, role), userId && as && standing(userId, as));
  if (!userId) return may();
  const theirs = roleOf(members.get(chatId), userId);
  return theirs ? may(theirs) : may('admin') || (may('member') && 'unknown');
}

/** Undefined: not known here. Whoever is none of all the members has just left. */
function roleOf(known: ChatMembers | undefined, userId: UserId): Role | undefined {
  const member = known?.members.get(userId);
  return member || known?.hasMore === false ? (member?.role ?? 'member') : undefined;
}
