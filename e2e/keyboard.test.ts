import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { makeDirectChat, postAs } from './support/acts.ts';
import { composerOn, messageOn } from './support/chatScreens.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

const TABS_MAX = 40;

/** Tab until the element with focus answers to this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? element.labels?.[0]?.textContent
          : '';
      return [element?.getAttribute('aria-label'), label, element?.textContent].filter(Boolean).join(' ');
    });
    if (name.test(focused)) return;
  }
  throw new Error(`no ${String(name)} within ${TABS_MAX} tabs`);
}

/** Resolves when the focus is on this element or in it: a key pressed before a popup has taken it goes to what was there before. */
async function untilFocused(element: Locator): Promise<void> {
  await element.waitFor();
  await element.evaluate(async (wanted) => {
    while (!wanted.contains(document.activeElement)) await new Promise(requestAnimationFrame);
  });
}

test('someone without a mouse signs up, opens a chat, answers and signs out', async () => {
  const friend = await world.signUp('Grace');
  const page = await world.visit();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await tabTo(page, /Create an account/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Create account' }).waitFor();
  await tabTo(page, /Your name/);
  await page.keyboard.type('Kim');
  await page.keyboard.press('Tab');
  const userName = `kim_${Date.now().toString(36)}`;
  await page.keyboard.type(userName);
  await page.keyboard.press('Tab');
  await page.keyboard.type('seven wet umbrellas');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have kept them' }).waitFor();
  await tabTo(page, /I have kept them/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Kim.*settings and sign out/ }).waitFor();

  const kim = { ...friend, displayName: 'Kim', userName, page, context: page.context() };
  const chatId = await makeDirectChat(kim, friend);
  await postAs(friend, chatId, 'Can you reach me?');
  await page.getByRole('option', { name: /Grace/ }).waitFor();
  await page.keyboard.press('Alt+ArrowDown');
  await composerOn(page).waitFor();
  await composerOn(page).focus();
  await page.keyboard.type('With ten fingers.');
  await page.keyboard.press('Enter');
  await messageOn(page, 'With ten fingers.').waitFor();

  await tabTo(page, /Kim.*settings and sign out/);
  await page.keyboard.press('Enter');
  await untilFocused(page.getByRole('menu'));
  await page.keyboard.press('End');
  await untilFocused(page.getByRole('menuitem', { name: 'Sign out' }));
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog');
  await untilFocused(question.getByRole('button', { name: 'Cancel' }));
  await tabTo(page, /^Sign out$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
});
