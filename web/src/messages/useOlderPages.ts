import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ChatHistory } from './messages.store.ts';
import { useMessages } from './useMessages.ts';

/** So far above the first row the next page is asked for: before anyone sees the end of this one. */
const AHEAD_PX = 1_200;
/** Most pages come before this; a sign that comes and goes is worse than none. */
const SHOWN_AFTER_MS = 300;

interface OlderPages {
  readonly state: 'idle' | 'loading' | 'failed';
  onScroll(): void;
  retry(): void;
}

/** Asks for older messages when the reader comes near the first. */
export function useOlderPages(
  { chatId, from, hasOlder }: ChatHistory,
  viewport: RefObject<HTMLElement | null>,
): OlderPages {
  const { sync } = useMessages();
  const [state, setState] = useState<OlderPages['state']>('idle');
  const isAsking = useRef(false);

  function load(): void {
    if (!hasOlder || isAsking.current) return;
    isAsking.current = true;
    const timer = setTimeout(() => setState('loading'), SHOWN_AFTER_MS);
    sync
      .loadOlder(chatId)
      .then(
        () => setState('idle'),
        () => setState('failed'),
      )
      .finally(() => {
        clearTimeout(timer);
        isAsking.current = false;
      });
  }

  function loadIfNear(): void {
    const box = viewport.current;
    if (box && box.scrollTop < AHEAD_PX) load();
  }

  // A page may be too short to reach the top of the view; a failure waits for the person.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (state === 'idle') loadIfNear();
    });
    return () => cancelAnimationFrame(frame);
    // oxlint-disable-next-line react/exhaustive-deps -- after each page
  }, [from, state]);

  return {
    state,
    onScroll() {
      if (state === 'idle') loadIfNear();
    },
    retry: load,
  };
}
