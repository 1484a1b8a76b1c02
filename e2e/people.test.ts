import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, idOf, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { composerOn, messageOn, untilState, write } from './support/chatScreens.ts';
import { photograph } from './support/pictures.ts';
import { startWorld, type Guest, type World } from './support/world.ts';

let world: World;
let ada: Guest;
let grace: Guest;
let mallory: Guest;
beforeAll(async () => {
  world = await startWorld();
  [ada, grace, mallory] = [await world.signUp('Ada'), await world.signUp('Grace'), await world.signUp('Mallory')];
});
afterAll(() => world?.close());

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

const peopleButton = (page: Page) => page.getByRole('button', { name: 'People' });

test('somebody is asked by user name, sees it on the badge, accepts, and both have a friend with a dot', async () => {
  await peopleButton(ada.page).click();
  await ada.page.getByText('No friends yet').waitFor();
  await photographed(ada.page, 'people-empty');
  const field = ada.page.getByRole('textbox', { name: 'User name' });
  await field.fill('nobody_by_this_name');
  await field.press('Enter');
  await ada.page.getByText('Nobody is called “nobody_by_this_name”').waitFor();
  await field.fill(`@${grace.userName}`);
  await field.press('Enter');
  await ada.page.getByRole('button', { name: 'Add Grace as a friend' }).click();
  await ada.page.getByRole('button', { name: 'Take back the request to Grace' }).waitFor();
  await grace.page.getByText('1 person wants to be your friend').waitFor({ state: 'attached' });
  await peopleButton(grace.page).click();
  await grace.page.getByRole('button', { name: 'Accept Ada' }).waitFor();
  await photographed(grace.page, 'people-request');
  await grace.page.getByRole('button', { name: 'Accept Ada' }).click();
  await ada.page.getByRole('button', { name: 'Write to Grace' }).waitFor();
  const friends = ada.page.getByRole('listitem').filter({ hasText: 'Grace' });
  await friends.getByText('online', { exact: false }).waitFor();
});

test('a link of one’s own brings somebody to the question, and is dead once it is ended', async () => {
  await ada.page.getByRole('button', { name: 'Make a link' }).click();
  await ada.page.getByRole('img', { name: 'QR code of your link' }).waitFor();
  await photographed(ada.page, 'people-link');
  const { code } = await actAs(ada, 'getAddLink', {});
  await mallory.page.goto(`/add/${code}`);
  await mallory.page.getByRole('heading', { name: 'Ada' }).waitFor();
  await photographed(mallory.page, 'people-add');
  await mallory.page.getByRole('button', { name: 'Add friend' }).click();
  await mallory.page.getByText('Asked', { exact: true }).waitFor();
  await ada.page.getByRole('button', { name: 'Accept Mallory' }).waitFor();
  await ada.page.getByRole('button', { name: 'Decline Mallory' }).click();
  await ada.page.getByRole('button', { name: 'Accept Mallory' }).waitFor({ state: 'detached' });
  await mallory.page.getByText('Asked', { exact: true }).waitFor();
  await ada.page.getByRole('button', { name: 'End link' }).click();
  await ada.page
    .getByRole('dialog')
    .or(ada.page.getByRole('alertdialog'))
    .getByRole('button', { name: 'End link' })
    .click();
  await ada.page.getByText('There is no link.').waitFor();
  await mallory.page.reload();
  await mallory.page.getByText('This link leads to nobody').first().waitFor();
});

test('a block in an open chat closes the composer; what the other writes stays sent, and unblocking brings none of it', async () => {
  const chatId: ChatId = await makeDirectChat(mallory, ada);
  await postAs(mallory, chatId, 'Hello Ada');
  await Promise.all([ada, mallory].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await messageOn(ada.page, 'Hello Ada').waitFor();
  await untilState(mallory.page, 'Hello Ada', 'Read');
  await ada.page.getByRole('button', { name: /^Details of / }).click();
  await ada.page.getByRole('complementary').getByRole('button', { name: 'Block…' }).click();
  const question = ada.page.getByRole('dialog').or(ada.page.getByRole('alertdialog'));
  await question.getByText('You no longer hear of each other').waitFor();
  await photographed(ada.page, 'people-block');
  await question.getByRole('button', { name: 'Block', exact: true }).click();
  await ada.page.getByText('You have blocked Mallory.').waitFor();
  await photographed(ada.page, 'people-blocked-chat');
  await write(mallory.page, 'Are you there?');
  await untilState(mallory.page, 'Are you there?', 'Sent');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await messageOn(ada.page, 'Are you there?').count()).toBe(0);
  expect(await messageOn(mallory.page, 'Are you there?').getByText('Delivered').count()).toBe(0);
  await ada.page.reload();
  await messageOn(ada.page, 'Hello Ada').waitFor();
  expect(await messageOn(ada.page, 'Are you there?').count()).toBe(0);
  await ada.page.getByRole('button', { name: 'Unblock', exact: true }).click();
  await composerOn(ada.page).waitFor();
  await write(mallory.page, 'And now?');
  await messageOn(ada.page, 'And now?').waitFor();
  expect(await messageOn(ada.page, 'Are you there?').count()).toBe(0);
});

test('in a shared group what a blocked person says is folded until one wants to read it', async () => {
  const chatId = await makeGroupOf(grace, 'Tea club', [ada, mallory]);
  await postAs(grace, chatId, 'Oolong again?');
  await ada.page.goto(`/chat/${chatId}`);
  await postAs(mallory, chatId, 'Coffee is better');
  await messageOn(ada.page, 'Coffee is better').waitFor();
  await actAs(ada, 'blockPerson', { params: { userId: await idOf(mallory) } });
  await ada.page.locator('main').getByText('Message of somebody you blocked').waitFor();
  expect(await messageOn(ada.page, 'Coffee is better').count()).toBe(0);
  await photographed(ada.page, 'people-folded');
  await ada.page
    .locator('main')
    .getByText('Message of somebody you blocked')
    .getByRole('button', { name: 'Show' })
    .click();
  await messageOn(ada.page, 'Coffee is better').waitFor();
});

test('each privacy switch is explained where it is chosen, and stands on the other device', async () => {
  await ada.page.goto('/settings/privacy');
  const whoWrites = ada.page.getByRole('region', { name: 'Who can write to me' });
  await whoWrites.getByRole('radio', { name: 'Friends' }).check({ force: true });
  await ada.page.getByRole('switch', { name: 'Read receipts' }).uncheck({ force: true });
  await expect
    .poll(async () => (await actAs(ada, 'syncChats', { body: { since: 0, known: [] } })).changes.settings?.privacy)
    .toMatchObject({ write: 'friends', readReceipts: false });
  await photographed(ada.page, 'people-privacy');
  await ada.page.getByRole('button', { name: '1 person' }).click();
  await ada.page.getByRole('button', { name: 'Unblock Mallory' }).waitFor();
  await photographed(ada.page, 'people-full');
});

test('the chats with people, read from right to left', async () => {
  await ada.page.goto('/people');
  await ada.page.getByRole('button', { name: 'Write to Grace' }).waitFor();
  await ada.page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await photographed(ada.page, 'people-rtl');
});

/** By what the button, or the heading, that has the focus is known to a screen reader. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

test('whoever answers by keys goes on with the next row, and at the end with the heading', async () => {
  const [lin, max] = [await world.signUp('Lin'), await world.signUp('Max')];
  const graceId = await idOf(grace);
  for (const one of [lin, max]) await actAs(one, 'requestFriend', { body: { userId: graceId } });
  const { page } = grace;
  await page.goto('/people');
  await page.getByRole('button', { name: 'Accept Max' }).waitFor();
  await page.getByRole('button', { name: 'Accept Lin' }).press('Enter');
  await expect.poll(() => focused(page)).toBe('Accept Max');
  await page.getByRole('button', { name: 'Decline Max' }).press('Enter');
  await expect.poll(() => focused(page)).toBe('People');

  await page.getByRole('button', { name: 'More about Ada' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Remove friend' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove friend' }).press('Enter');
  await page.getByRole('button', { name: 'Write to Ada' }).waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe('More about Lin');

  for (const one of [lin, mallory]) await actAs(grace, 'blockPerson', { params: { userId: await idOf(one) } });
  await page.getByRole('button', { name: 'Unblock Mallory' }).waitFor();
  await page.getByRole('button', { name: 'Unblock Lin' }).press('Enter');
  await expect.poll(() => focused(page)).toBe('Unblock Mallory');
  await page.getByRole('button', { name: 'Unblock Mallory' }).press('Enter');
  await expect.poll(() => focused(page)).toBe('People');

  const field = page.getByRole('textbox', { name: 'User name' });
  await field.fill(max.userName);
  await field.press('Enter');
  await page.getByRole('button', { name: 'Add Max as a friend' }).press('Enter');
  await expect.poll(() => focused(page)).toContain('Max');
});

test('what comes late about one name is not shown beside another', async () => {
  const { page } = mallory;
  await page.routeWebSocket(/socket/, (browser) => {
    const server = browser.connectToServer();
    browser.onMessage((frame) => {
      const isHeldUp = frame.includes('findPeople') && frame.includes(grace.userName);
      setTimeout(() => server.send(frame), isHeldUp ? 1_500 : 0);
    });
  });
  await page.goto('/people');
  const field = page.getByRole('textbox', { name: 'User name' });
  await field.fill(grace.userName);
  await field.press('Enter');
  await field.fill('nobody_here');
  await field.press('Enter');
  await page.getByText('Nobody is called “nobody_here”').waitFor();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await page.getByText('Nobody is called “nobody_here”').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Add Grace as a friend' }).count()).toBe(0);
  await field.fill('somebody_else');
  expect(await page.getByText('Nobody is called').count()).toBe(0);
});
