import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeDirectChat } from './support/acts.ts';
import { chatInList, messageOn, write } from './support/chatScreens.ts';
import { photograph } from './support/pictures.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.everyoneLeaves());
afterAll(() => world?.close());

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

test('messages of a chat disappear after the hour that one of the two has set, even for who is offline then', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await grace.page.clock.install();
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await write(ada.page, 'Stays.');
  await messageOn(grace.page, 'Stays.').waitFor();

  await ada.page.getByRole('button', { name: /^Details of/ }).click();
  await ada.page.getByRole('combobox', { name: 'Disappearing messages' }).click();
  await ada.page.getByRole('option', { name: '1 hour' }).click();
  await photographed(ada.page, 'lifetime-setting');
  await grace.page.getByText('Ada lets new messages disappear after 1 hour').last().waitFor();
  await write(ada.page, 'Goes.');
  await messageOn(grace.page, 'Goes.').waitFor();
  await photographed(grace.page, 'lifetime-on');

  await grace.context.setOffline(true);
  await grace.page.clock.fastForward('01:00:01');
  await messageOn(grace.page, 'Goes.').waitFor({ state: 'detached' });
  expect(await grace.page.getByText('Goes.').count()).toBe(0);
  expect(await chatInList(grace.page, 'Ada').innerText()).toContain('1 hour');
  await messageOn(grace.page, 'Stays.').waitFor();
  await messageOn(ada.page, 'Goes.').waitFor();
});
