import { type User, UserName } from '@dialog/shared/users';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { inOrder } from '../chats/chats.store.ts';
import { useChats, useChatTitle } from '../chats/useChats.ts';
import { systemClock } from '../platform/clock.ts';

/** Longer than for messages: whom nobody knows is asked for by the whole name. */
const ASKED_AFTER_MS = 400;

/** Chats and people that this device knows, and whoever has exactly the user name that was typed. */
export function useKnown(question: string) {
  const { me, sync } = useChats();
  const titleOf = useChatTitle();
  const list = useStore(sync.store, (state) => state.list);
  const known = useStore(sync.people.store);
  const found = useFoundUser(question);
  const summaries = useMemo(() => inOrder(list).map(({ summary }) => summary), [list]);
  const people = useMemo(() => {
    const others = [...known.values()].filter(({ id }) => id !== me);
    return found && found.id !== me && !known.has(found.id) ? [...others, found] : others;
  }, [known, found, me]);
  return { summaries, titleOf, people, foundId: found?.id };
}

function useFoundUser(question: string): User | undefined {
  const { actions, sync } = useChats();
  const [found, setFound] = useState<{ readonly by: string; readonly user: User }>();
  const typed = UserName.safeParse(question.trim().replace(/^@/, ''));
  const userName = typed.success ? typed.data : undefined;
  useEffect(() => {
    const isKnown = [...sync.people.store.getState().values()].some((user) => user.userName === userName);
    if (userName === undefined || isKnown) return undefined;
    const ending = new AbortController();
    const callOff = systemClock.after(ASKED_AFTER_MS, () => {
      // Nobody of that name, or no network: then there is simply nobody to offer.
      void actions.findUser(userName, ending.signal).then(
        (user) => setFound({ by: userName, user }),
        () => undefined,
      );
    });
    return () => {
      callOff();
      ending.abort();
    };
  }, [actions, sync, userName]);
  // Also by a name that this person gave up lately.
  return found?.by === userName ? found?.user : undefined;
}
