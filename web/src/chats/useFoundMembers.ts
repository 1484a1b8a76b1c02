import type { Member } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { PresentMember } from './members.store.ts';
import { useChats } from './useChats.ts';

const ASK_AFTER_MS = 200;

/** The members whose name begins with this, as the server finds them; undefined while nothing is looked for. */
export function useFoundMembers(chatId: ChatId, name: string): readonly PresentMember[] | undefined {
  const { groups, sync } = useChats();
  const wanted = name.trim();
  const [answer, setAnswer] = useState<readonly Member[]>();
  // What was told since counts: a new role, somebody gone.
  const told = useStore(sync.store, ({ members }) => members.get(chatId)?.members);
  useEffect(() => {
    if (wanted === '') return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      groups.findMembers(chatId, wanted).then(
        (members) => isCurrent && setAnswer(members),
        () => undefined,
      );
    }, ASK_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [chatId, groups, wanted]);
  return useMemo(() => {
    if (wanted === '' || !answer) return undefined;
    return answer
      .map((member) => newest(member, told?.get(member.user.id)))
      .filter((member): member is PresentMember => member.role !== null);
  }, [answer, told, wanted]);
}

function newest(found: Member, told: Member | undefined): Member {
  return told && told.revision > found.revision ? told : found;
}
