import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const PICTURES = fileURLToPath(new URL('../../test-results/screens/', import.meta.url));
export const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } } as const;

/** Serious and critical findings, by rule and place. */
export async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // Experimental, and takes the letters of an avatar, which are a picture, for the button's words.
    .disableRules(['label-content-name-mismatch'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
}

/** A picture in both widths and both themes, each looked over for barriers. */
export async function photograph(page: Page, name: string): Promise<string[]> {
  await mkdir(PICTURES, { recursive: true });
  const found: string[] = [];
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(250);
      await page.screenshot({ path: `${PICTURES}${name}-${size}-${colorScheme}.png` });
      found.push(...(await findings(page)).map((finding) => `${name} ${size} ${colorScheme}: ${finding}`));
    }
  }
  await page.setViewportSize(SIZES.wide);
  return found;
}
