import { useSyncExternalStore } from 'react';

/** As in the stylesheets of the stage. */
const NARROW = '(max-width: 599px)';

/** Whether only the most needed has room. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(hear: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', hear);
  return () => query.removeEventListener('change', hear);
}
