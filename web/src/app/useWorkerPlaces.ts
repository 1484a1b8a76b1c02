import { CallId } from '@dialog/shared/contract/values';
import { useEffect } from 'react';
import { acceptCall } from '../calls/ring/accepting.ts';
import { systemClock as clock } from '../platform/clock.ts';
import type { OpenPlace } from '../worker/push.ts';
import { placeAt } from './router.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** Somebody pressed a notification, and this page is the one to show what it was about. */
export function useWorkerPlaces(): void {
  const { router } = useApp();
  const { calls } = useSession();
  useEffect(() => {
    const accept = ({ pathname, searchParams }: URL, isAtOnce: boolean): void => {
      const place = placeAt(pathname);
      const callId = CallId.safeParse(searchParams.get('call'));
      if (place.name === 'chat' && callId.success)
        acceptCall(
          { ...calls, claim: async (id) => (await calls.rings.load()).claim(id), clock },
          { chatId: place.chatId, callId: callId.data, isAtOnce },
        );
    };
    const here = new URL(location.href);
    if (here.searchParams.has('call')) {
      // Loaded again, it is nobody's press any more.
      history.replaceState(history.state, '', here.pathname);
      accept(here, false);
    }

    if (!('serviceWorker' in navigator)) return undefined;
    const ending = new AbortController();
    const hear = ({ data }: MessageEvent<unknown>): void => {
      if (!isOpenPlace(data)) return;
      const url = new URL(data.path, location.origin);
      router.go(placeAt(url.pathname));
      accept(url, true);
    };
    navigator.serviceWorker.addEventListener('message', hear, { signal: ending.signal });
    // What was told before somebody listened.
    navigator.serviceWorker.startMessages();
    return () => ending.abort();
  }, [router, calls]);
}

function isOpenPlace(data: unknown): data is OpenPlace {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'open-place';
}
