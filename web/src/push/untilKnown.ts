import type { UserId } from '@dialog/shared/contract/values';
import type { People } from '../chats/people.store.ts';
import { systemClock as clock } from '../platform/clock.ts';

const NAMED_WITHIN_MS = 2_000;

/** Of a chat that was never opened on this device, those who write may be strangers to it. */
export async function untilKnown({ store, want }: People, userId: UserId): Promise<void> {
  if (store.getState().has(userId)) return;
  want(userId);
  await new Promise<void>((resolve) => {
    const stop = store.subscribe((known) => known.has(userId) && done());
    const cancel = clock.after(NAMED_WITHIN_MS, done);
    function done(): void {
      cancel();
      stop();
      resolve();
    }
  });
}
