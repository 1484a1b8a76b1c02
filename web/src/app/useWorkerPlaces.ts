import { useEffect } from 'react';
import type { OpenPlace } from '../worker/push.ts';
import { placeAt, type Router } from './router.ts';

/** Somebody pressed a notification, and this page is the one to show what it was about. */
export function useWorkerPlaces(router: Router): void {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return undefined;
    const ending = new AbortController();
    const hear = ({ data }: MessageEvent<unknown>): void => {
      if (isOpenPlace(data)) router.go(placeAt(data.path));
    };
    navigator.serviceWorker.addEventListener('message', hear, { signal: ending.signal });
    // What was told before somebody listened.
    navigator.serviceWorker.startMessages();
    return () => ending.abort();
  }, [router]);
}

function isOpenPlace(data: unknown): data is OpenPlace {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'open-place';
}
