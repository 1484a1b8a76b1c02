import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ChatHistory } from './messages.store.ts';
import { useMessages } from './useMessages.ts';

/** So far before the first or last row the next page is asked for: before anyone sees the end of this one. */
const AHEAD_PX = 2_000;
/** Most pages come before this; a sign that comes and goes is worse than none. */
const SHOWN_AFTER_MS = 300;

interface Pages {
  readonly state: 'idle' | 'loading' | 'failed';
  onScroll(): void;
  retry(): void;
}

/** Asks for older messages when the reader comes near the first, and on a detour for newer ones near its last. */
export function usePages(history: ChatHistory, viewport: RefObject<HTMLElement | null>): Pages {
  const { sync } = useMessages();
  const { chatId, detour, thread } = history;
  const { from, hasOlder } = detour ?? history;
  const [state, setState] = useState<Pages['state']>('idle');
  const isAsking = useRef(false);

  function load(towards: 'older' | 'newer'): void {
    if (isAsking.current) return;
    isAsking.current = true;
    const timer = setTimeout(() => setState('loading'), SHOWN_AFTER_MS);
    ask(towards)
      .then(
        () => setState('idle'),
        () => setState('failed'),
      )
      .finally(() => {
        clearTimeout(timer);
        isAsking.current = false;
      });
  }

  function ask(towards: 'older' | 'newer'): Promise<void> {
    if (thread !== null)
      return towards === 'older' ? sync.threads.loadOlder(chatId, thread) : sync.threads.loadNewer(chatId, thread);
    // Before the page comes: the list keeps its place while rows change at one of its ends, not at both.
    sync.narrow(chatId, towards);
    return towards === 'older' ? sync.loadOlder(chatId) : sync.loadNewer(chatId);
  }

  function loadIfNear(): void {
    const box = viewport.current;
    if (!box) return;
    if (hasOlder && box.scrollTop < AHEAD_PX) load('older');
    else if (detour && box.scrollHeight - box.clientHeight - box.scrollTop < AHEAD_PX) load('newer');
  }

  // A page may be too short to reach the end of the view; a failure waits for the person.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (state === 'idle') loadIfNear();
    });
    return () => cancelAnimationFrame(frame);
    // oxlint-disable-next-line react/exhaustive-deps -- after each page
  }, [from, detour?.until, state]);

  return {
    state,
    onScroll() {
      if (state === 'idle') loadIfNear();
    },
    retry: loadIfNear,
  };
}
