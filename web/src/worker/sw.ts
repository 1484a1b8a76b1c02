/**
 * The service worker: keeps one build of the app's shell, so that the page opens without a network. It never touches
 * the API, and a new build waits until the person takes it (`platform/serviceWorker.ts`), so no page changes under its
 * feet. Its own file is asked for afresh each time, so a bad build can always be replaced.
 */
import { uuidv7 } from 'uuidv7';
import { SHARE_PATH } from '../platform/sharedIn.ts';
import { createPushWorker } from './push.ts';
import { tellOnce, thisDevice } from './pushedRecord.ts';
import { cacheNameOf, isPageRequest, type ShellFile } from './shellFiles.ts';
import { takeShare } from './takeShare.ts';

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LifeEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface PushEvent extends LifeEvent {
  readonly data: { text(): string } | null;
}

interface PressEvent extends LifeEvent {
  readonly notification: Notification;
  readonly action: string;
  readonly reply?: string | null;
}

interface Page {
  readonly url: string;
  readonly focused: boolean;
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

/** The part of ServiceWorkerGlobalScope used here; its own library of types excludes the page's. */
interface Scope {
  readonly __WB_MANIFEST: readonly ShellFile[];
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(wanted: { type: 'window'; includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(path: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', hear: (event: LifeEvent) => void): void;
  addEventListener(name: 'fetch', hear: (event: FetchEvent) => void): void;
  addEventListener(name: 'push', hear: (event: PushEvent) => void): void;
  addEventListener(name: 'notificationclick', hear: (event: PressEvent) => void): void;
  addEventListener(name: 'pushsubscriptionchange', hear: (event: LifeEvent) => void): void;
  addEventListener(name: 'message', hear: (event: MessageEvent) => void): void;
}

declare const self: Scope;

// The build puts the list of files here and looks for exactly these characters.
// oxlint-disable-next-line no-underscore-dangle
const files = self.__WB_MANIFEST;
const cacheName = cacheNameOf(files);
const paths = new Set(files.map(({ url }) => `/${url}`));

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(dropOthers()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.pathname === SHARE_PATH) event.respondWith(takeShare(request));
  if (request.method !== 'GET') return;
  if (isPageRequest(request.mode, url.pathname)) event.respondWith(kept('/index.html', request));
  else if (paths.has(url.pathname)) event.respondWith(kept(url.pathname, request));
});

const pushes = createPushWorker({
  shower: self.registration,
  pages: () => self.clients.matchAll({ type: 'window', includeUncontrolled: true }),
  openWindow: (path) => self.clients.openWindow(path),
  fetch: (input, init) => fetch(input, init),
  tellOnce,
  isLocked: async (name) => (await navigator.locks.query()).held?.some((lock) => lock.name === name) === true,
  thisDevice,
  now: Date.now,
  newId: uuidv7,
});
self.addEventListener('push', (event) => event.waitUntil(pushes.push(event.data?.text())));
self.addEventListener('notificationclick', (event) => event.waitUntil(pushes.press(event)));
self.addEventListener('pushsubscriptionchange', (event) =>
  event.waitUntil(pushes.resubscribe().catch(() => undefined)),
);

/** Takes over what an earlier build has already (hashed names never change) and fetches the rest. */
async function fill(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(
    files.map(async ({ url, revision }) => {
      const known = revision === null ? await caches.match(`/${url}`) : undefined;
      if (known) await cache.put(`/${url}`, known);
      else await cache.add(new Request(`/${url}`, { cache: 'reload' }));
    }),
  );
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(path)) ?? fetch(request);
}
