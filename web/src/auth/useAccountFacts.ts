import { useCallback, useEffect, useState } from 'react';
import type { Socket } from '../platform/socket.ts';

export type Loaded<Facts> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: unknown }
  | { readonly kind: 'loaded'; readonly facts: Facts };

/** Facts about the account that are asked for when seen, and anew whenever the server says that they are others now. */
export function useAccountFacts<Facts>(
  ask: () => Promise<Facts>,
  socket: Pick<Socket, 'on' | 'onConnected'>,
): { readonly loaded: Loaded<Facts>; readonly load: () => void } {
  const [loaded, setLoaded] = useState<Loaded<Facts>>({ kind: 'loading' });
  const load = useCallback(() => {
    ask().then(
      (facts) => setLoaded({ kind: 'loaded', facts }),
      // What is known is not taken away by a network that is gone for a moment.
      (failure: unknown) => setLoaded((known) => (known.kind === 'loaded' ? known : { kind: 'failed', failure })),
    );
  }, [ask]);
  useEffect(() => {
    load();
    const stops = [socket.on('accountChanged', load), socket.on('signedInElsewhere', load), socket.onConnected(load)];
    return () => stops.forEach((stop) => stop());
  }, [load, socket]);
  return { loaded, load };
}
