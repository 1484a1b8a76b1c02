import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Call } from '../platform/api.ts';
import { systemClock } from '../platform/clock.ts';
import { createMessageSearch, type MessageSearch, type SearchState } from './messageSearch.ts';

/** A search of one's own for as long as the caller is on screen. */
export function useMessageSearch(call: Call): SearchState & Pick<MessageSearch, 'ask' | 'more' | 'retry'> {
  const [search] = useState(() => createMessageSearch({ call, clock: systemClock }));
  const state = useStore(search.store);
  useEffect(() => search.stop, [search]);
  return { ...state, ask: search.ask, more: search.more, retry: search.retry };
}
