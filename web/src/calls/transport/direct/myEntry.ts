import type { CallEntry, EntryId } from '@dialog/shared/calls.values';
import { identityOf } from '../identity.ts';
import type { CloseReason } from '../media.transport.ts';

interface Deps {
  readonly identity: string;
  readonly entryId: EntryId;
  readonly beat: () => void;
  readonly out: (reason: CloseReason) => void;
}

/**
 * Whether the server counts this device in by this entry. If not, it is said once more before that counts: a lease that
 * ended begins again with the next beat, and what is told may be late and of an earlier entry of this device.
 */
export function createMyEntry({ identity, entryId, beat, out }: Deps) {
  let isAsking = false;
  return {
    isAmong(entries: readonly CallEntry[]): boolean {
      const isIn = entries.some((one) => one.entryId === entryId);
      const isReplaced = entries.some((one) => identityOf(one) === identity && one.entryId > entryId);
      const isOut = !isIn && (isReplaced || isAsking);
      isAsking = !isIn;
      if (isOut) out(isReplaced ? 'replaced' : 'lost');
      else if (!isIn) beat();
      return isIn;
    },
  };
}
