import { authRoutes } from '@dialog/shared/auth';
import { deleteDB } from 'idb';
import type { Call } from '../platform/api.ts';
import { keep } from '../platform/keepsakes.ts';

/** What page and service worker remember of what was told (`worker/pushedRecord.ts`). */
const TOLD = 'dialog-pushed';
/** What of caches belongs to the app and not to whoever uses it. */
const OF_THE_APP = /^shell-/;

/**
 * What a session leaves in a browser beside its database: what was shown by the system, where it can be pushed to, a
 * number on the app's icon, and pictures in the browser's cache. Each by itself, for none may keep the others. Never rejects.
 */
export async function forgetPerson(call: Call): Promise<void> {
  keep('push', null);
  keep('push-asked', null);
  await Promise.allSettled([
    endNotifications(),
    clearBadge(),
    dropCaches(),
    deleteDB(TOLD),
    // The server alone can have what the browser cached by itself dropped.
    call(authRoutes.forgetHere, {}),
  ]);
}

async function endNotifications(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

async function clearBadge(): Promise<void> {
  if ('clearAppBadge' in navigator) await navigator.clearAppBadge();
}

async function dropCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !OF_THE_APP.test(name)).map((name) => caches.delete(name)));
}
