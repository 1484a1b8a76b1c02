import type { PersonStatus } from '@dialog/shared/users';
import { useEffect, useState } from 'react';

/** The longest that a timer holds. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** A status until its moment comes; then it is gone, without anybody saying so. */
export function useStatus(status: PersonStatus | null | undefined): PersonStatus | null {
  const [now, setNow] = useState(() => Date.now());
  const endsAt = status?.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(status.until);
  useEffect(() => {
    if (endsAt === Number.POSITIVE_INFINITY) return undefined;
    let timer = setTimeout(look, 0);
    function look(): void {
      const left = endsAt - Date.now();
      if (left <= 0) setNow(Date.now());
      else timer = setTimeout(look, Math.min(TIMER_MAX_MS, left));
    }
    return () => clearTimeout(timer);
  }, [endsAt]);
  return status && endsAt > now ? status : null;
}
