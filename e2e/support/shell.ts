import type { Page } from 'playwright-core';
import { until } from './children.ts';

/** Until the browser has the whole app, also what no page has asked for yet. Pages opened from then on are served by it. */
export async function untilAppIsKept(page: Page): Promise<void> {
  await until(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated'), {
    what: 'the service worker',
  });
}
