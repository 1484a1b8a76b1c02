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
  reloadWhenTaken();
  setInterval(lookForUpdate, LOOK_EVERY_MS);
}

export function lookForUpdate(): void {
  registration?.update().catch(() => undefined);
}

/** Takes the new build; every tab of it opens anew, as soon as it may. */
export function takeUpdate(): void {
  const waiting = registration?.waiting;
  if (!waiting) return location.reload();
  waiting.postMessage('take-over');
}

let untilReady: () => Promise<void> = () => Promise.resolve();

/** What a page has to bring to safety before it opens anew; answers how to take that back. */
export function beforeReload(prepare: () => Promise<void>): () => void {
  untilReady = prepare;
  return () => {
    if (untilReady === prepare) untilReady = () => Promise.resolve();
  };
}

/** Another tab took the new build, and with it went the files of the one that runs here. */
function reloadWhenTaken(): void {
  const { serviceWorker } = navigator;
  // The first worker of all changes nothing.
  let wasControlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (wasControlled) void untilReady().finally(() => location.reload());
    wasControlled = true;
  });
}

function watch(registered: ServiceWorkerRegistration): void {
  const look = (): void => {
    // The first worker of all is no update.
    if (registered.waiting && navigator.serviceWorker.controller) updateStore.setState({ isReady: true });
  };
  look();
  registered.addEventListener('updatefound', () => registered.installing?.addEventListener('statechange', look));
}
