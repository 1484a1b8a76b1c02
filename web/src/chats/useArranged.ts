import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type Arranged, arranged, nextUnmuting } from './chats.arranging.store.ts';
import { useChats } from './useChats.ts';

/** What a timer can wait at most. */
const WAIT_MAX_MS = 2_000_000_000;

/** Renders anew when the next mute ends; answers how often one did. */
export function useUnmuting(): number {
  const [ended, setEnded] = useState(0);
  const end = useStore(useChats().sync.store, ({ list }) => nextUnmuting(list, Date.now()));
  useEffect(() => {
    if (end === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      const leftMs = end - Date.now();
      if (leftMs < 0) setEnded((times) => times + 1);
      else timer = setTimeout(wait, Math.min(leftMs + 1, WAIT_MAX_MS));
    };
    wait();
    return () => clearTimeout(timer);
  }, [end]);
  return ended;
}

/** The person's list as they arranged it, and the moment of which it is. */
export function useArranged(): Arranged & { readonly now: number } {
  const list = useStore(useChats().sync.store, (state) => state.list);
  const ended = useUnmuting();
  return useMemo(() => {
    const now = Date.now();
    return { ...arranged(list, now), now };
    // oxlint-disable-next-line react/exhaustive-deps -- the end of a mute is another moment
  }, [list, ended]);
}
