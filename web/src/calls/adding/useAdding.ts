import { GROUP_TITLE_MAX } from '@dialog/shared/chats';
import type { User } from '@dialog/shared/users';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newGroupId } from '../../chats/chats.actions.ts';
import { useChats } from '../../chats/useChats.ts';
import { useNotAdded } from '../../chats/useNotAdded.ts';
import { ApiError } from '../../platform/api.ts';
import { wantsSealing } from '../sealing/wantsSealing.ts';
import { useCalls } from '../useCalls.ts';
import { leadInto } from './leading.ts';

/** Where the call goes on once more people are in it: a group of all of them, named after them, and its call. */
export function useAdding(peer: User | undefined) {
  const { i18n } = useTranslation();
  const calls = useCalls();
  const { actions, me } = useChats();
  const sayNotAdded = useNotAdded();
  /** Kept over retries, so that they make the same group. */
  const [groupId, setGroupId] = useState(newGroupId);

  function titleOf(users: readonly User[]): string {
    const mine = calls.chats.people.store.getState().get(me)?.displayName ?? '';
    const names = [mine, ...users.map(({ displayName }) => displayName)].filter((name) => name !== '');
    return shortened(new Intl.ListFormat(i18n.language).format(names));
  }

  /** Answers false where one of them does not let themselves be added to groups, so that there is nothing to go on in. */
  async function add(picked: readonly User[]): Promise<boolean> {
    if (!peer) throw new ApiError('calls-unavailable');
    const from = calls.own.store.getState().active?.callId;
    const all = [peer, ...picked];
    const userIds = all.map(({ id }) => id);
    const { chatId, notAdded } = await actions.createGroup({ id: groupId, title: titleOf(all), memberIds: userIds });
    const added = picked.filter(({ id }) => !notAdded.includes(id));
    if (notAdded.includes(peer.id) || added.length === 0) {
      await actions.leave(chatId);
      setGroupId(newGroupId());
      return false;
    }
    await leadInto(calls, { from, chatId, isSealed: wantsSealing(), rings: added.map(({ id }) => id) });
    sayNotAdded({ chatId, asked: picked, notAdded });
    return true;
  }

  return { add, titleOf };
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length > GROUP_TITLE_MAX ? `${letters.slice(0, GROUP_TITLE_MAX - 1).join('')}…` : title;
}
