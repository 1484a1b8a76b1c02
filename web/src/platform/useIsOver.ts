import { useEffect, useState } from 'react';

/** Timers hold no more than 24 days. */
const LOOKED_AGAIN_MS = 3_600_000;

/** Whether a moment has passed, from that moment on. */
export function useIsOver(at: string | undefined): boolean {
  const [now, setNow] = useState(() => Date.now());
  const until = at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at);
  const isWaiting = until < Number.POSITIVE_INFINITY && until > now;
  useEffect(() => {
    if (!isWaiting) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      const leftMs = until - Date.now();
      if (leftMs <= 0) setNow(Date.now());
      else timer = setTimeout(wait, Math.min(leftMs, LOOKED_AGAIN_MS));
    };
    wait();
    return () => clearTimeout(timer);
  }, [until, isWaiting]);
  return until <= now;
}
