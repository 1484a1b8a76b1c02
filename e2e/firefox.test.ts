import { type Browser, launch } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, postAs } from './support/acts.ts';
import { messageOn } from './support/chatScreens.ts';
import { fromEnvironment, startWorld, type World } from './support/world.ts';

let world: World;
let firefox: Browser;
beforeAll(async () => {
  world = await startWorld();
  // Playwright drives a Firefox of its own only; people have the one of their system.
  firefox = await launch({ browser: 'firefox', executablePath: fromEnvironment('TEST_FIREFOX'), headless: true });
});
afterAll(async () => {
  await firefox?.close();
  await world?.close();
});

test('in a stock Firefox one signs in and chats', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await postAs(grace, chatId, 'Greetings to Firefox');
  await grace.page.goto(`/chat/${chatId}`);

  const page = await firefox.newPage();
  await page.goto(world.nodes[0]?.url ?? '');
  await page.locator('input[name="userName"]').fill(ada.userName);
  await page.locator('input[name="password"]').fill(ada.password);
  await page.locator('button[type="submit"]').click();
  await page.locator('[role="option"]').click();
  await page.waitForFunction(() => document.querySelector('main')?.textContent.includes('Greetings to Firefox'));
  await page.locator('main textarea').click();
  await page.keyboard.type('Greetings from Firefox');
  await page.keyboard.press('Enter');
  await messageOn(grace.page, 'Greetings from Firefox').waitFor();
  await postAs(grace, chatId, 'And back');
  await page.waitForFunction(() => document.querySelector('main')?.textContent.includes('And back'));
  expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}`);
});
