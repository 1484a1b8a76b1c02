import { useEffect, useEffectEvent } from 'react';
import type { Incoming } from './rings.state.ts';
import type { Rings } from './rings.ts';

/** Wherever the focus is: a card that took it would take what somebody types. */
export const RING_KEYS = { answer: 'Alt+Shift+A', answerWithVideo: 'Alt+Shift+V', decline: 'Alt+Shift+D' } as const;

/** A call that one is in goes on hold. */
export function useRingKeys(rings: Rings, ring: Incoming | undefined): void {
  const act = useEffectEvent((code: string): boolean => {
    if (!ring || ring.isAnswered) return false;
    const acts: Readonly<Record<string, () => void>> = {
      KeyA: () => void rings.answer(ring.callId, { hasCamera: false, how: 'hold' }),
      KeyV: () => void rings.answer(ring.callId, { hasCamera: true, how: 'hold' }),
      KeyD: () => void rings.decline(ring.callId),
    };
    acts[code]?.();
    return acts[code] !== undefined;
  });
  const isRinging = ring !== undefined;
  useEffect(() => {
    if (!isRinging) return undefined;
    const ending = new AbortController();
    const hear = (event: KeyboardEvent): void => {
      if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
      if (act(event.code)) event.preventDefault();
    };
    addEventListener('keydown', hear, { signal: ending.signal, capture: true });
    return () => ending.abort();
  }, [isRinging]);
}
