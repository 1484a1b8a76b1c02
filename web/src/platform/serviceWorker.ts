import { createStore } from 'zustand/vanilla';
import { trustedScript } from './trustedScripts.ts';

const WORKER = '/sw.js';
/** A page that is never closed looks for a new build now and then; reconnecting looks as well. */
const LOOK_EVERY_MS = 3_600_000;

/** Whether a new build of the app is here and waits to be taken. */
export const updateStore = createStore<{ readonly isReady: boolean }>(() => ({ isReady: false }));

let registration: ServiceWorkerRegistration | undefined;

/** Keeps the app's shell in this browser, once the page itself has been loaded. */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  registration = await navigator.serviceWorker.register(trustedScript(WORKER), { updateViaCache: 'none' });
  watch(registration);
  setInterval(lookForUpdate, LOOK_EVERY_MS);
}

export function lookForUpdate(): void {
  registration?.update().catch(() => undefined);
}

/** Takes the new build and opens the page anew. */
export function takeUpdate(): void {
  const waiting = registration?.waiting;
  if (!waiting) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('take-over');
}

function watch(registered: ServiceWorkerRegistration): void {
  const look = (): void => {
    // The first worker of all is no update.
    if (registered.waiting && navigator.serviceWorker.controller) updateStore.setState({ isReady: true });
  };
  look();
  registered.addEventListener('updatefound', () => registered.installing?.addEventListener('statechange', look));
}
