import { useCallback, useEffect, useRef, useState } from 'react';
import { useErrorText } from './useErrorText.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

interface PagedList<Item> {
  /** Undefined before the first page came. */
  readonly items: readonly Item[] | undefined;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly error: string | undefined;
  /** The next page. Never rejects. */
  load(): Promise<void>;
  drop(item: Item): void;
}

/** A list that is fetched page by page, never all of it: `fetchAfter` answers what comes after the last one held. */
export function usePagedList<Item>(fetchAfter: (last: Item | undefined) => Promise<Page<Item>>): PagedList<Item> {
  const errorText = useErrorText();
  const [items, setItems] = useState<readonly Item[]>();
  const [hasMore, setHasMore] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const latest = useRef({ items, fetchAfter, errorText });
  useEffect(() => {
    latest.current = { items, fetchAfter, errorText };
  });

  const load = useCallback(async () => {
    setBusy(true);
    setError(undefined);
    const { items: held = [], fetchAfter: fetchNext, errorText: sentence } = latest.current;
    try {
      const page = await fetchNext(held.at(-1));
      setItems([...held, ...page.items]);
      setHasMore(page.hasMore);
    } catch (failure) {
      setError(sentence(failure));
    } finally {
      setBusy(false);
    }
  }, []);

  return {
    items,
    hasMore,
    isBusy,
    error,
    load,
    drop: (item) => setItems((held) => held?.filter((one) => one !== item)),
  };
}
