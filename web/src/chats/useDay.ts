import { useSyncExternalStore } from 'react';

const LOOK_EVERY_MS = 60_000;

/** Midnight of the present day here, in milliseconds; tells when it becomes another, so that "today" does not grow old. */
export function useDay(): number {
  return useSyncExternalStore(subscribe, startOfDay);
}

function startOfDay(): number {
  return new Date().setHours(0, 0, 0, 0);
}

function subscribe(look: () => void): () => void {
  const timer = setInterval(look, LOOK_EVERY_MS);
  // A page that slept learns of the new day when it is looked at.
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
