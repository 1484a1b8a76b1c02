import { callTag } from '@dialog/shared/push.tags';
import type { CallId } from '@dialog/shared/contract/values';
import type { StoreApi } from 'zustand/vanilla';
import type { CallState } from '../call.store.ts';
import { holdInCall, holdShared, isAnyTabInCall } from './inOneTabOnly.ts';
import { replaceNotices } from './rings.notices.ts';
import { createRings, type Rings } from './rings.ts';

type Deps = Omit<Parameters<typeof createRings>[0], 'isBusy' | 'withdrawNotice'>;

/** The rings of one page, with what of the browser they need. */
export function createPageRings(deps: Deps): Rings {
  const withdraw = (callId: CallId): void => void withdrawNotice(callId).catch(() => undefined);
  const rings = createRings({
    ...deps,
    isBusy: async () => deps.own.store.getState().active !== null || (await isAnyTabInCall()),
    withdrawNotice: withdraw,
  });
  const stops = [
    followInCall(deps.own.store),
    replaceNotices({ store: rings.store, hold: holdShared, sight: pageInSight, withdraw }),
  ];
  return {
    ...rings,
    stop() {
      for (const stop of stops) stop();
      rings.stop();
    },
  };
}

const pageInSight = {
  isLookedAt: (): boolean => document.visibilityState === 'visible',
  onChange(hear: () => void): () => void {
    document.addEventListener('visibilitychange', hear);
    return () => document.removeEventListener('visibilitychange', hear);
  },
};

function followInCall(store: StoreApi<CallState>): () => void {
  let release: (() => void) | undefined;
  const look = (): void => {
    const isIn = store.getState().active !== null;
    if (isIn) release ??= holdInCall();
    else {
      release?.();
      release = undefined;
    }
  };
  look();
  const stop = store.subscribe(look);
  return () => {
    stop();
    release?.();
  };
}

/** The push that takes it off comes later, or not at all. */
async function withdrawNotice(callId: CallId): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const notice of (await registration?.getNotifications({ tag: callTag(callId) })) ?? []) notice.close();
}
