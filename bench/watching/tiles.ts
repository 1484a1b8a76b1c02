import type { Page } from 'playwright-core';

export const TILE = '[data-testid="call-tile"]';

export interface TileRenders {
  /** In how many commits a tile was drawn, all tiles together. */
  readonly drawn: number;
  /** … and nothing of it was different afterwards: that was another one's event. */
  readonly inVain: number;
}

declare global {
  interface Window {
    benchTiles: { drawn: number; inVain: number };
  }
}

/** The page's hooks come from `watchRenders` (e2e/support/renders.ts). */
export async function countTileRenders(page: Page, forMs: number): Promise<TileRenders> {
  await page.evaluate((css) => {
    const counts = { drawn: 0, inVain: 0 };
    window.benchTiles = counts;
    const known = new Map<Element, string>();
    for (const tile of document.querySelectorAll(css)) known.set(tile, tile.outerHTML);
    /** Several components of one tile may be drawn in one commit. */
    const drawnNow = new Set<Element>();
    window.rowRendered = (tile) => {
      if (drawnNow.size === 0) queueMicrotask(look);
      drawnNow.add(tile);
    };
    const look = (): void => {
      for (const tile of drawnNow) {
        counts.drawn += 1;
        if (known.get(tile) === tile.outerHTML) counts.inVain += 1;
        known.set(tile, tile.outerHTML);
      }
      drawnNow.clear();
    };
  }, TILE);
  await page.waitForTimeout(forMs);
  return page.evaluate(() => {
    delete window.rowRendered;
    return window.benchTiles;
  });
}
