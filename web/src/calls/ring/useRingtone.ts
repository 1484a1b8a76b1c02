import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useCalls } from '../useCalls.ts';
import { whileFirstToRing } from './inOneTabOnly.ts';
import type { Incoming } from './rings.state.ts';
import { createTones, mayBeHeard } from './tones.ts';

/** As loud as somebody wants it: their choice of sounds decides, and quiet hours the server keeps. */
export function useRingtone(incoming: readonly Incoming[], isInCall: boolean): void {
  const { chats } = useCalls();
  const isWanted = useStore(chats.store, ({ list }) => list.settings.notifications.sound !== 'none');
  const isHeard = useMayBeHeard();
  const isLoud = incoming.some(({ isSilenced, isAnswered }) => !isSilenced && !isAnswered);
  const isOn = isWanted && isLoud && isHeard;
  useEffect(() => {
    if (!isOn) return undefined;
    const tones = createTones();
    return whileFirstToRing(() => tones.start(isInCall ? 'knock' : 'ring'));
  }, [isOn, isInCall]);
}

/** From the first press on this page. */
function useMayBeHeard(): boolean {
  const [isHeard, setHeard] = useState(mayBeHeard);
  useEffect(() => {
    if (isHeard) return undefined;
    const ending = new AbortController();
    const look = (): void => setHeard(mayBeHeard());
    for (const name of ['pointerup', 'keyup'] as const) addEventListener(name, look, { signal: ending.signal });
    return () => ending.abort();
  }, [isHeard]);
  return isHeard;
}
