import { createStore } from 'zustand/vanilla';

const WORKER = '/sw.js';
/** A page that is never closed looks for a new build now and then; reconnecting looks as well. */
const LOOK_EVERY_MS = 3_600_000;

/** Whether a new build of the app is here and waits to be taken. */
export const updateStore = createStore<{ readonly isReady: boolean }>(() => ({ isReady: false }));

let registration: ServiceWorkerRegistration | undefined;

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

/** The page's one Trusted Types policy: it lets through the worker's address and nothing else. */
const policy: ScriptPolicy = createPolicy({
  createScriptURL(url) {
    if (url === WORKER) return url;
    throw new TypeError(`no script of ours: ${url}`);
  },
});

/** Keeps the app's shell in this browser, once the page itself has been loaded. */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  registration = await navigator.serviceWorker.register(policy.createScriptURL(WORKER), { updateViaCache: 'none' });
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

function createPolicy(rules: ScriptPolicy): ScriptPolicy {
  if (!('trustedTypes' in globalThis)) return rules;
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy };
  };
  return trustedTypes.createPolicy('dialog', rules);
}
