import { useActive } from '../useCalls.ts';

/** Whether there is anything to say of a screen of mine: that I share it, or that it could not be shared. */
export function useHasShare(): boolean {
  return useActive(({ share }) => share.status === 'on' || (share.status === 'off' && share.hasFailed));
}
