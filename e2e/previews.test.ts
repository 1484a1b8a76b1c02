import type { ChatId } from '@dialog/shared/contract/values';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopbackSite } from '../server/src/testing/loopbackSite.ts';
import { startStandInSite } from '../server/src/testing/standInSite.ts';
import { makeDirectChat } from './support/acts.ts';
import { composerOn, messageOn, untilState, write } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { untilShellIsKept } from './support/tabs.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let site: LoopbackSite;
let world: World;
beforeAll(async () => {
  site = await startStandInSite({ slowMs: 3_000 });
  world = await startWorld({ env: { EGRESS_ALLOW: site.pair } });
});
afterAll(async () => {
  await world?.close();
  site?.stop();
});

async function pair({ keepsShell = false } = {}): Promise<{ ada: Guest; grace: Guest; chatId: ChatId }> {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell }), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await Promise.all([ada, grace].map(({ page }) => composerOn(page).waitFor()));
  return { ada, grace, chatId };
}

/** The card in the row of the message with this text. */
function cardOn(page: Page, text: string, title: string): Locator {
  return messageOn(page, text).getByRole('link').filter({ hasText: title });
}

async function untilPictured(card: Locator): Promise<void> {
  const width = () => card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth);
  await until(async () => (await width()) > 0, { what: 'the picture' });
}

test('a link shows where it leads, to both, after the message is there, and at the bottom it stays in view', async () => {
  const { ada, grace } = await pair();
  for (let line = 1; line <= 20; line += 1) await write(ada.page, `line ${line}`);
  await untilState(ada.page, 'line 20', 'Read');
  const text = `${site.url}/slow/orbits`;
  await write(ada.page, text);
  await untilState(ada.page, text, 'Read');
  expect(await cardOn(ada.page, text, 'orbits').filter({ hasText: 'All about' }).count()).toBe(0);

  for (const { page } of [ada, grace]) {
    const card = cardOn(page, text, 'All about orbits.');
    await card.waitFor();
    expect(await card.textContent()).toBe(`The Paper${site.pair}orbitsAll about orbits.`);
    expect(await card.getAttribute('href')).toBe(text);
    expect(await card.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await card.getAttribute('target')).toBe('_blank');
    const before = await card.boundingBox();
    await untilPictured(card);
    expect(await card.boundingBox()).toEqual(before);
    const [end, box] = [await messageOn(page, text).boundingBox(), await page.getByRole('main').boundingBox()];
    expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));
    await until(
      () =>
        page
          .getByRole('region', { name: /^Messages/ })
          .evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 3),
      { what: 'the end of the conversation in view', timeoutMs: 5_000 },
    );
  }
});

test('who sent it takes the preview off for both; nobody else may', async () => {
  const { ada, grace } = await pair();
  const text = `${site.url}/page/regretted`;
  await write(ada.page, text);
  const shown = [ada, grace].map(({ page }) => cardOn(page, text, 'All about regretted.'));
  await Promise.all(shown.map((card) => card.waitFor()));
  await openMenu(grace.page, text);
  expect(await grace.page.getByRole('menuitem', { name: 'Remove preview' }).count()).toBe(0);

  await openMenu(ada.page, text);
  await ada.page.getByRole('menuitem', { name: 'Remove preview' }).click();
  await Promise.all(shown.map((card) => card.waitFor({ state: 'detached' })));
  await Promise.all([ada, grace].map(({ page }) => page.reload()));
  await messageOn(grace.page, text).waitFor();
  // What this browser has kept of it may stand there for a moment.
  await shown[1]?.waitFor({ state: 'detached' });
});

/** By the keys: the row has the focus and Enter shows what there is to do with it. */
async function openMenu(page: Page, text: string): Promise<void> {
  await messageOn(page, text).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Copy' }).waitFor();
}

test('without a network the card is there all the same', async () => {
  const { ada, chatId } = await pair({ keepsShell: true });
  const text = `${site.url}/page/underground`;
  await write(ada.page, text);
  const card = cardOn(ada.page, text, 'All about underground.');
  await card.waitFor();
  await untilPictured(card);
  // It takes over the pages that are opened once it is there.
  await untilShellIsKept(ada.page);
  await ada.page.reload();
  await card.waitFor();
  await untilPictured(card);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await ada.context.setOffline(true);
  await ada.page.goto(`/chat/${chatId}`);
  await card.waitFor();
  await untilPictured(card);
});
