import type { Page } from 'playwright-core';
import { until } from './children.ts';

/** Some tab of this browser holds a lock of that name: `dialog-notify-` whoever tells of messages, `dialog-busy` whoever is. */
export async function untilHeld(page: Page, beginning: string): Promise<void> {
  await until(
    () =>
      page.evaluate(async (wanted) => {
        const { held = [] } = await navigator.locks.query();
        return held.some(({ name }) => name?.startsWith(wanted) ?? false);
      }, beginning),
    { what: `a tab that holds ${beginning}` },
  );
}

/** The service worker has the app, as it was built. */
export async function untilShellIsKept(page: Page): Promise<void> {
  await until(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated'), {
    what: 'the service worker',
  });
}
