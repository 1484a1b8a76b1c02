import type { Locator } from 'playwright-core';
import { tileOf, untilSeen } from './callScreens.ts';
import type { Guest } from './world.ts';

/** How people are in a call, each in their own way: what nobody has to do again when a network or a server comes back. */
export interface Standing {
  /** Muted, with a hand up. */
  readonly silent: Guest;
  /** Shares a screen. */
  readonly sharer: Guest;
  /** Has the silent one large and the others beside. */
  readonly viewer: Guest;
}

/** Before this page is opened: in place of the browser's picker, a small screen in which something moves. */
export async function givesMovingScreen({ context }: Guest, ground = '#ffffff'): Promise<void> {
  await context.addInitScript((colour) => {
    if (typeof navigator.mediaDevices === 'undefined') return;
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [640, 360];
      const pen = canvas.getContext('2d');
      let at = 0;
      setInterval(() => {
        if (!pen) return;
        pen.fillStyle = colour;
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.fillStyle = '#111111';
        pen.fillRect((at += 40) % canvas.width, 0, 80, canvas.height);
      }, 100);
      return canvas.captureStream(10);
    };
  }, ground);
}

export async function share({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: 'Share screen' }).click();
  await page.getByText('Tab', { exact: true }).click();
  await page.getByRole('button', { name: 'Choose what to share …' }).click();
  await page.getByText(/You are sharing/).waitFor();
}

export async function takeStands(standing: Standing): Promise<void> {
  const { silent, sharer, viewer } = standing;
  await silent.page.getByRole('toolbar').getByRole('button', { name: 'Mute' }).click();
  await silent.page.getByRole('button', { name: 'Raise hand' }).click();
  await share(sharer);
  await viewer.page.getByRole('button', { name: 'Layout' }).click();
  await viewer.page.getByRole('menuitemradio', { name: /^Sidebar/ }).click();
  await showLarge(viewer, silent.displayName);
  await untilStanding(standing);
}

export async function showLarge({ page }: Guest, name: string): Promise<void> {
  await tileOf(page, name)
    .getByRole('button', { name: `Show ${name} large`, exact: true })
    .click();
}

export function mainTile({ page }: Guest, name: string): Locator {
  return page.locator('[data-testid="call-tile"][data-role="main"][data-kind="person"]').filter({ hasText: name });
}

/** Until the viewer sees all of it. */
export async function untilStanding({ silent, sharer, viewer }: Standing): Promise<void> {
  const tile = mainTile(viewer, silent.displayName);
  await tile.getByText('muted').waitFor({ state: 'attached' });
  await tile.getByText('Hand up, number 1').waitFor({ state: 'attached' });
  await untilSeen(viewer, `${sharer.displayName}’s screen`);
}
