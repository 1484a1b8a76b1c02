import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useOwnCall } from '../useCalls.ts';
import type { Rings } from './rings.ts';
import { createTones } from './tones.ts';

/** Whoever calls, and is alone in the call as long as it rings at the other side, hears it ring there. */
export function useRingback(rings: Rings): void {
  const waitingIn = useOwnCall(({ active }) => (active && active.people.length <= 1 ? active.callId : null));
  const doesRing = useStore(
    rings.store,
    ({ outgoing }) =>
      waitingIn !== null && (outgoing.get(waitingIn)?.asked.some(({ state }) => state === 'ringing') ?? false),
  );
  useEffect(() => (doesRing ? createTones().start('back') : undefined), [doesRing]);
}
