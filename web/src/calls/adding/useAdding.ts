import { callRoutes } from '@dialog/shared/calls';
import { GROUP_TITLE_MAX } from '@dialog/shared/chats';
import { CallId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { newGroupId } from '../../chats/chats.actions.ts';
import { useChats } from '../../chats/useChats.ts';
import { useNotAdded } from '../../chats/useNotAdded.ts';
import { ApiError } from '../../platform/api.ts';
import { WAYS } from '../own/own.admission.ts';
import { wantsSealing } from '../sealing/wantsSealing.ts';
import { useCalls } from '../useCalls.ts';

/** Where the call goes on once more people are in it: a group of all of them, named after them, and its call. */
export function useAdding(peer: User | undefined) {
  const { i18n } = useTranslation();
  const { call, own, chats: sync } = useCalls();
  const { actions, me } = useChats();
  const isVideo = (): boolean => own.media.store.getState().camera.isWanted;
  const sayNotAdded = useNotAdded();
  /** Kept over retries, so that they make the same group. */
  const [groupId, setGroupId] = useState(newGroupId);

  function titleOf(users: readonly User[]): string {
    const mine = sync.people.store.getState().get(me)?.displayName ?? '';
    const names = [mine, ...users.map(({ displayName }) => displayName)].filter((name) => name !== '');
    return shortened(new Intl.ListFormat(i18n.language).format(names));
  }

  /** Answers false where one of them does not let themselves be added to groups, so that there is nothing to go on in. */
  async function add(picked: readonly User[]): Promise<boolean> {
    if (!peer) throw new ApiError('calls-unavailable');
    const all = [peer, ...picked];
    const userIds = all.map(({ id }) => id);
    const { chatId, notAdded } = await actions.createGroup({ id: groupId, title: titleOf(all), memberIds: userIds });
    const added = picked.filter(({ id }) => !notAdded.includes(id));
    if (notAdded.includes(peer.id) || added.length === 0) {
      await actions.leave(chatId);
      setGroupId(newGroupId());
      return false;
    }
    const body = {
      ...{ id: CallId.parse(uuidv7()), ways: WAYS, isVideo: isVideo(), isSealed: wantsSealing() },
      rings: added.map(({ id }) => id),
    };
    const chat = await call(callRoutes.startCall, { params: { chatId }, body });
    if (!chat.call) throw new ApiError('call-not-found');
    await own.goOn({ chatId, callId: chat.call.id, isSealed: chat.call.isSealed === true });
    sayNotAdded({ chatId, asked: picked, notAdded });
    return true;
  }

  return { add, titleOf };
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length > GROUP_TITLE_MAX ? `${letters.slice(0, GROUP_TITLE_MAX - 1).join('')}…` : title;
}
