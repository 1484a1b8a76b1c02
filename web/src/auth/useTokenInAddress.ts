import { useEffect, useState } from 'react';

/** What stands behind the `#`, which no server is told and which does not stay in the browser's history. Empty: nothing. */
export function useTokenInAddress(): string {
  const [token] = useState(() => location.hash.slice(1));
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  }, []);
  return token;
}
