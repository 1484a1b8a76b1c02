import { browserOf, isInstalled } from './browsers.ts';
import type { Platform } from './device.ts';

/** A worker that is being installed takes seconds on a slow phone. */
const WORKER_WITHIN_MS = 10_000;

/** What this browser is able to do about notifications. */
export const browserPlatform: Platform = {
  permission: () =>
    'Notification' in globalThis && 'serviceWorker' in navigator ? Notification.permission : undefined,
  requestPermission: () => Notification.requestPermission(),
  needsInstall: browserOf(navigator) === 'ios' && !isInstalled(),
  registration: activeRegistration,
};

/** The switch of some browsers stands over the page, which stays in front; others know no such question. */
export function hearPermission(hear: () => void, signal: AbortSignal): void {
  navigator.permissions?.query({ name: 'notifications' }).then(
    (permission) => permission.addEventListener('change', hear, { signal }),
    () => undefined,
  );
}

async function activeRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator) || !(await navigator.serviceWorker.getRegistration())) return undefined;
  const tooLong = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), WORKER_WITHIN_MS));
  return Promise.race([navigator.serviceWorker.ready, tooLong]);
}
