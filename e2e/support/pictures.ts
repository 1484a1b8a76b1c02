import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const PICTURES = fileURLToPath(new URL('../../test-results/screens/', import.meta.url));
export const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } } as const;

/** Serious and critical findings, by rule and place. */
export async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // There are no frames; without it every look opens and closes a page beside this one.
    .setLegacyMode(true)
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

/** Motion is reduced, so that what changed is there with the frame after next. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** A picture in both widths and both themes; each width and each theme is looked over for barriers once. */
export async function photograph(page: Page, name: string): Promise<string[]> {
  await mkdir(PICTURES, { recursive: true });
  const found: string[] = [];
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page);
      await page.screenshot({ path: `${PICTURES}${name}-${size}-${colorScheme}.png` });
      if ((size === 'wide') !== (colorScheme === 'light')) continue;
      found.push(...(await findings(page)).map((finding) => `${name} ${size} ${colorScheme}: ${finding}`));
    }
  }
  await page.setViewportSize(SIZES.wide);
  return found;
}
