import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import type { User } from '@dialog/shared/users';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { presentMembers } from '../chats/members.store.ts';
import { useChats, useSummary } from '../chats/useChats.ts';
import type { Mentionable } from './mentionText.ts';

interface MentionablePeople extends Mentionable {
  /** Those known here or found lately, oneself too. */
  readonly users: readonly User[];
}

/** A question for every key would be too many. */
const ASK_AFTER_MS = 150;
const FOUND_MAX = 200;

/** Whom one may name in a chat. Of large groups a part is known here; the server finds others by what is being typed. */
export function useMentionable(chatId: ChatId, query: string | undefined): MentionablePeople {
  const { sync } = useChats();
  const chat = useSummary(chatId)?.chat;
  const known = useStore(sync.store, ({ members }) => members.get(chatId));
  const found = useFound(chatId, known?.hasMore === true ? query : undefined);
  const hasEveryone = chat?.kind === 'group' && chat.memberCount <= EVERYONE_MEMBERS_MAX;
  return useMemo(() => {
    const present = known ? presentMembers(known, compareNames).map(({ user }) => user) : [];
    const users = [...new Map([...found, ...present].map((user) => [user.id, user])).values()];
    const people = new Map(users.map(({ userName, id }): [string, UserId] => [userName, id]));
    return { users, people, hasEveryone };
  }, [known, found, hasEveryone]);
}

/** All that were found since the chat was opened: who was named once stays named. */
function useFound(chatId: ChatId, query: string | undefined): readonly User[] {
  const { actions } = useChats();
  const [found, setFound] = useState<readonly User[]>([]);
  useEffect(() => {
    if (query === undefined || query === '') return undefined;
    const asking = setTimeout(() => {
      actions.findMembers(chatId, query).then(
        (users) => setFound((before) => [...users, ...before].slice(0, FOUND_MAX)),
        () => undefined,
      );
    }, ASK_AFTER_MS);
    return () => clearTimeout(asking);
  }, [actions, chatId, query]);
  return found;
}

function compareNames(one: string, other: string): number {
  return one.localeCompare(other);
}
