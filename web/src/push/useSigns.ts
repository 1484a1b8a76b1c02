import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { isMuted, unreadTotal } from '../chats/chats.arranging.store.ts';
import type { ChatList } from '../chats/chats.store.ts';
import { useUnmuting } from '../chats/useArranged.ts';
import { useRings } from '../calls/ring/useRings.ts';
import { useChats } from '../chats/useChats.ts';
import { createFavicon, type Mark, showAppBadge } from './signs.ts';

/** How much is unread, on the tab's icon and the installed app's. */
export function useSigns(): void {
  const { store } = useChats().sync;
  const [favicon] = useState(createFavicon);
  useUnmuting();
  const calling = useRings(({ incoming }) => incoming.length);
  const count = useStore(store, ({ list }) => unreadTotal(list, Date.now())) + calling;
  const told = useStore(store, ({ list }) => markOf(list, Date.now()));
  const mark = calling > 0 ? 'mention' : told;
  useEffect(() => showAppBadge(count), [count]);
  useEffect(() => favicon.show(mark), [favicon, mark]);
  useEffect(() => favicon.followTheme(), [favicon]);
  // Whoever signs out takes their numbers along.
  useEffect(
    () => () => {
      showAppBadge(0);
      favicon.show('none');
    },
    [favicon],
  );
}

function markOf(list: ChatList, now: number): Mark {
  const isCalled = [...list.chats.values()].some(
    ({ summary: { place, mentions, threadMentions } }) =>
      !isMuted(place, now) && mentions.length + threadMentions.length > 0,
  );
  if (isCalled) return 'mention';
  return unreadTotal(list, now) > 0 ? 'unread' : 'none';
}
