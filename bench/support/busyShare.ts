import type { CDPSession, Page } from 'playwright-core';

/** Of the page's thread, not of the wall: others use this machine too. */
export async function countProcessorTime(devtools: CDPSession): Promise<void> {
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
}

export async function metric(devtools: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

/** How much of so long a time the page's own thread works, in per cent. */
export async function busyShare(page: Page, forMs: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await countProcessorTime(devtools);
  const startedAt = performance.now();
  const before = await metric(devtools, 'TaskDuration');
  await page.waitForTimeout(forMs);
  const busy = (await metric(devtools, 'TaskDuration')) - before;
  const share = (busy * 100_000) / (performance.now() - startedAt);
  await devtools.detach();
  return share;
}
