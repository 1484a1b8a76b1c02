import { useEffect, useMemo } from 'react';
import { systemClock } from '../../platform/clock.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useCalls } from '../useCalls.ts';
import { createSeenPointers, type SeenPointers } from './pointers.ts';

/** Where others point on somebody's screen, as far as its owner lets them. */
export function useSeenPointers({ identity, share }: Participant): SeenPointers {
  const { own } = useCalls();
  const takesPointers = share?.takesPointers === true;
  const seen = useMemo(() => createSeenPointers(systemClock), []);
  useEffect(() => {
    // Who shares may always point; the others no longer, whatever they pointed at before.
    if (!takesPointers) seen.clear();
    return own.onTold(({ identity: from, message }) => {
      if (message.kind !== 'pointer' || message.screenOf !== identity) return;
      if (takesPointers || from === identity) seen.take(from, message.at);
    });
  }, [own, seen, identity, takesPointers]);
  useEffect(() => seen.clear, [seen]);
  return seen;
}
