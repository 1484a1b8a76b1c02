import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, postAs, textsInDatabase } from './support/acts.ts';
import { chatInList, composerOn, messageOn, untilState, write } from './support/chatScreens.ts';
import { untilShellIsKept } from './support/tabs.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

async function pair({ keepsShell = true } = {}): Promise<{ ada: Guest; grace: Guest; chatId: ChatId }> {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell }), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(ada.page).waitFor();
  return { ada, grace, chatId };
}

test('what is written offline waits, outlives a reload, and is sent once when the network is back', async () => {
  const { ada, grace, chatId } = await pair();
  await write(ada.page, 'Before the tunnel');
  await messageOn(grace.page, 'Before the tunnel').waitFor();
  await untilShellIsKept(ada.page);

  await ada.context.setOffline(true);
  await write(ada.page, 'In the tunnel');
  await untilState(ada.page, 'In the tunnel', 'Waiting');
  await composerOn(ada.page).fill('A draft that');
  await ada.page.getByText('You are offline.').first().waitFor();
  await postAs(grace, chatId, 'Are you still there?');
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  // The last key and the reload are one moment.
  await composerOn(ada.page).fill('A draft that goes on');
  await ada.page.reload();
  await messageOn(ada.page, 'Before the tunnel').waitFor();
  await untilState(ada.page, 'In the tunnel', 'Waiting');
  expect(await composerOn(ada.page).inputValue()).toBe('A draft that goes on');

  await ada.context.setOffline(false);
  await messageOn(ada.page, 'Are you still there?').waitFor();
  await messageOn(grace.page, 'In the tunnel').waitFor();
  await untilState(ada.page, 'In the tunnel', 'Read');
  expect(await textsInDatabase(grace, chatId)).toEqual(['Before the tunnel', 'Are you still there?', 'In the tunnel']);
  expect(await composerOn(ada.page).inputValue()).toBe('A draft that goes on');
});

test('the last chats are readable without a network', async () => {
  const { ada, grace, chatId } = await pair();
  await postAs(grace, chatId, 'To read on the train');
  await messageOn(ada.page, 'To read on the train').waitFor();
  await untilShellIsKept(ada.page);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await ada.context.setOffline(true);
  await ada.page.goto('/');
  await chatInList(ada.page, 'Grace').click();
  await messageOn(ada.page, 'To read on the train').waitFor();
});

test('a part of the app that is first asked for without a network comes when the network does, and looks as it should', async () => {
  const { ada } = await pair({ keepsShell: false });
  const { page, context } = ada;
  // A browser that has kept nothing yet.
  const browser = await context.newCDPSession(page);
  await browser.send('Network.enable');
  await browser.send('Network.setCacheDisabled', { cacheDisabled: true });
  await context.setOffline(true);
  await page.getByText('You are offline.').first().waitFor();
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await page.waitForTimeout(1_000);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await write(page, 'Still here');
  await context.setOffline(false);
  await page.getByRole('dialog', { name: 'New chat' }).waitFor();
  await expect.poll(() => missingStyles(page)).toBe(0);
});

/** Style sheets that did not come: their rules may not be read. */
function missingStyles(page: Page): Promise<number> {
  return page.evaluate(() => {
    const isMissing = (sheet: CSSStyleSheet): boolean => {
      try {
        return sheet.cssRules.length === 0;
      } catch {
        return true;
      }
    };
    return [...document.styleSheets].filter(isMissing).length;
  });
}
