import { callTag } from '@dialog/shared/push.tags';
import type { CallId } from '@dialog/shared/contract/values';
import type { StoreApi } from 'zustand/vanilla';
import type { RingsState } from './rings.state.ts';

interface Deps {
  readonly store: StoreApi<RingsState>;
  /** Says under this name, to whoever asks, that it is shown here. Answers how to take it back. */
  readonly hold: (name: string) => () => void;
  readonly sight: { isLookedAt(): boolean; onChange(hear: () => void): () => void };
  /** Takes off what a push, or a page, showed of it. */
  readonly withdraw: (callId: CallId) => void;
}

/**
 * Whoever looks at a page that rings needs no notification of it: the service worker shows none as long as the page holds a
 * lock under its tag, and what was shown before goes. Answers how to stop.
 */
export function replaceNotices({ store, hold, sight, withdraw }: Deps): () => void {
  const held = new Map<CallId, () => void>();

  function follow(): void {
    const ringing = new Set(store.getState().incoming.map(({ callId }) => callId));
    for (const [callId, release] of held)
      if (!ringing.has(callId)) {
        release();
        held.delete(callId);
      }
    for (const callId of ringing)
      if (!held.has(callId)) {
        held.set(callId, hold(callTag(callId)));
        if (sight.isLookedAt()) withdraw(callId);
      }
  }

  function look(): void {
    if (sight.isLookedAt()) for (const callId of held.keys()) withdraw(callId);
  }

  follow();
  const stops = [store.subscribe(follow), sight.onChange(look)];
  return () => {
    for (const stop of stops) stop();
    for (const release of held.values()) release();
  };
}
