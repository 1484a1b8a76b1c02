import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, makeGroupOf } from './support/acts.ts';
import { chatInList, composerOn, messageOn, write } from './support/chatScreens.ts';
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

test('a message is sent without sound, or waits for its time: one sees it wait, changes it, and the other gets it', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  const field = composerOn(ada.page);
  await field.fill('Psst.');
  await ada.page.getByRole('button', { name: 'Send', exact: true }).click({ button: 'right' });
  await ada.page.getByRole('menuitem', { name: 'Send without sound' }).waitFor();
  await photographed(ada.page, 'send-menu');
  await ada.page.getByRole('menuitem', { name: 'Send without sound' }).click();
  await messageOn(grace.page, 'Psst.').getByLabel('Sent without sound').waitFor();

  await field.fill('Happy birthday!');
  await ada.page.getByRole('button', { name: 'More ways to send' }).click();
  await ada.page.getByRole('menuitem', { name: 'Schedule…' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Tomorrow at 9' }).click();
  await photographed(ada.page, 'schedule');
  await dialog.getByRole('button', { name: 'Schedule', exact: true }).click();
  const bar = ada.page.getByRole('button', { name: '1 scheduled' });
  await bar.waitFor();
  expect(await field.inputValue()).toBe('');
  await photographed(ada.page, 'scheduled-bar');

  await bar.click();
  await dialog.getByRole('button', { name: 'Change' }).click();
  await dialog.getByLabel('Text').fill('Happy birthday, Grace!');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Happy birthday, Grace!').waitFor();
  await photographed(ada.page, 'scheduled');
  expect(await messageOn(grace.page, 'Happy birthday, Grace!').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Send now' }).click();
  await dialog.getByText('Nothing is waiting to be sent.').waitFor();
  await messageOn(grace.page, 'Happy birthday, Grace!').waitFor();
  await ada.page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
});

test('a poll is asked, voted on by mouse and by keys, says who voted, and is closed', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Trip', [grace]);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await ada.page.getByRole('button', { name: 'Poll', exact: true }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByLabel('Question').fill('Where shall we go in May?');
  await dialog.getByLabel('Option 1').fill('To the sea');
  await dialog.getByLabel('Option 2').fill('Up into the hills, as far as our feet carry us');
  await dialog.getByLabel('Option 3').fill('Nowhere');
  await photographed(ada.page, 'poll-dialog');
  await dialog.getByRole('button', { name: 'Ask' }).click();
  await dialog.waitFor({ state: 'detached' });

  const poll = grace.page.getByRole('group', { name: 'Where shall we go in May?' });
  await poll.getByText('To the sea').click();
  await poll.getByRole('radio', { name: 'To the sea', checked: true }).waitFor();
  const asked = ada.page.getByRole('group', { name: 'Where shall we go in May?' });
  await ada.page.getByText('1 person voted').waitFor();
  await asked.getByRole('radio', { name: 'Nowhere' }).focus();
  await ada.page.keyboard.press('Space');
  await grace.page.getByText('2 people voted').waitFor();
  await photographed(grace.page, 'poll');
  await grace.page.getByRole('button', { name: 'Who voted' }).click();
  await grace.page.getByRole('dialog').getByText('Ada').waitFor();
  await photographed(grace.page, 'poll-voters');
  await grace.page.keyboard.press('Escape');
  expect(await chatInList(grace.page, 'Trip').innerText()).toContain('Poll: Where shall we go in May?');

  await grace.page.getByRole('button', { name: 'Take back my vote' }).click();
  await ada.page.getByText('1 person voted').waitFor();
  await asked.click({ button: 'right', position: { x: 4, y: 4 } });
  await ada.page.getByRole('menuitem', { name: 'Close the poll' }).click();
  await poll.getByText('Final result').waitFor();
  expect(await poll.getByRole('radio', { name: 'To the sea' }).isDisabled()).toBe(true);
  await photographed(ada.page, 'poll-closed');
});
