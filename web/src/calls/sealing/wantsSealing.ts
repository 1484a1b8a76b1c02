import { keep, kept } from '../../platform/keepsakes.ts';

/** Whether the group calls that are started here are sealed; remembered by this browser. */
export function wantsSealing(): boolean {
  return kept('call-sealing') === 'on';
}

export function wantSealing(isWanted: boolean): void {
  keep('call-sealing', isWanted ? 'on' : null);
}
