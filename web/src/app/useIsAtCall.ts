import { useRings } from '../calls/ring/useRings.ts';
import { useOwnCall } from '../calls/useCalls.ts';

/** Somebody calls, or one is at the door of a call, in it, or just out of it. */
export function useIsAtCall(): boolean {
  const isRung = useRings(({ incoming }) => incoming.length > 0);
  const isHere = useOwnCall(({ lobby, active, ended }) => (lobby ?? active ?? ended) !== null);
  return isRung || isHere;
}
