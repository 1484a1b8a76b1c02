import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type GiphyStandIn, startGiphyStandIn } from '../server/src/testing/giphyStandIn.ts';
import { makeDirectChat } from './support/acts.ts';
import { composerOn, messagesOn } from './support/chatScreens.ts';
import { photograph } from './support/pictures.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let giphy: GiphyStandIn;
let world: World;
beforeAll(async () => {
  giphy = await startGiphyStandIn();
  world = await startWorld({ env: giphy.env });
});
afterEach(() => world?.everyoneLeaves());
afterAll(async () => {
  await world?.close();
  giphy?.stop();
});

async function twoInAChat(): Promise<{ ada: Guest; grace: Guest; chatId: ChatId }> {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(ada.page).waitFor();
  return { ada, grace, chatId };
}

async function openGifs(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Emoji' }).last().click();
  await page.getByRole('tab', { name: 'GIFs' }).click();
  await page.getByRole('button', { name: 'liked, number gif0', exact: true }).waitFor();
}

test('a GIF is found by words, moved to by keys, and seen moving by the other', async () => {
  const { ada, grace } = await twoInAChat();
  const { page } = ada;
  await openGifs(page);
  await page.getByRole('searchbox', { name: 'Search GIPHY' }).fill('tea');
  await page.getByRole('button', { name: 'tea, number gif0', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  expect(await focused()).toBe('tea, number gif1');
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Search GIPHY' }).waitFor({ state: 'detached' });

  for (const guest of [ada, grace]) {
    const picture = messagesOn(guest.page).getByRole('button', { name: /number gif1\.webp$/ });
    await picture.waitFor();
    await expect
      .poll(() => picture.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width))
      .toBeGreaterThan(200);
    await picture.hover();
    await picture.locator('img').waitFor();
  }
  expect(new Set(giphy.heard.map(({ headers }) => headers['user-agent'])).size).toBe(1);
});

test('more come as one scrolls, and the panel looks right', async () => {
  const { ada } = await twoInAChat();
  const { page } = ada;
  await openGifs(page);
  await page.getByRole('button', { name: 'liked, number gif23', exact: true }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'liked, number gif40', exact: true }).waitFor();
  await page.getByRole('button', { name: 'liked, number gif0', exact: true }).scrollIntoViewIfNeeded();
  expect(await photograph(page, 'gifs')).toEqual([]);
});
