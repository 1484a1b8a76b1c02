import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, idOf, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { messageOn } from './support/chatScreens.ts';
import { photograph } from './support/pictures.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let ada: Guest;
let grace: Guest;
let direct: ChatId;
let group: ChatId;
beforeAll(async () => {
  world = await startWorld();
  [ada, grace] = [await world.signUp('Ada Lovelace'), await world.signUp('Grace Hopper')];
  direct = await makeDirectChat(ada, grace);
  group = await makeGroupOf(ada, 'Analytical Engine', [grace]);
  await postAs(ada, direct, 'Have you seen the engine?');
  await postAs(grace, group, 'It counts!');
});
afterAll(() => world?.close());

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

const menuItem = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });

/** Where the menu of a chat in the list leads. */
async function chooseInList(page: Page, item: string): Promise<void> {
  await page.getByRole('option', { name: /^Grace Hopper/ }).click({ button: 'right' });
  await menuItem(page, item).click();
}

test('from a message its sender is asked to be a friend, and once they are nobody offers it again', async () => {
  const { page } = ada;
  await page.goto(`/chat/${group}`);
  const openMenu = () => messageOn(page, 'It counts!').click({ button: 'right', position: { x: 4, y: 4 } });
  await openMenu();
  await menuItem(page, 'Block…').waitFor();
  await photographed(page, 'seams-message-menu');
  await menuItem(page, 'Add friend').click();
  await page.getByText('Grace Hopper was asked').waitFor();
  await actAs(grace, 'acceptFriend', { params: { userId: await idOf(ada) } });
  await openMenu();
  await menuItem(page, 'Block…').waitFor();
  await expect.poll(() => menuItem(page, 'Add friend').count()).toBe(0);
  await page.keyboard.press('Escape');
});

test('a friend’s card opens from the list of people, and what they change is on it while it stands open', async () => {
  const { page } = ada;
  await page.goto('/people');
  const friend = page.getByRole('listitem').filter({ hasText: 'Grace Hopper' });
  await friend.getByText('online', { exact: false }).waitFor();
  await friend.getByRole('button', { name: /^Grace Hopper/ }).click();
  const card = page.getByRole('dialog');
  await card.getByText('Friends', { exact: true }).waitFor();
  await card.getByText('online', { exact: false }).waitFor();
  await actAs(grace, 'setStatus', { body: { text: 'On the bridge', emoji: '🚢' } });
  await card.getByText('On the bridge').waitFor();
  await actAs(grace, 'changeProfile', { body: { displayName: 'Rear Admiral Hopper', description: 'Amazing.' } });
  await card.getByRole('heading', { name: 'Rear Admiral Hopper' }).waitFor();
  await card.getByText('Amazing.').waitFor();
  await photographed(page, 'seams-card');
  await card.getByRole('button', { name: 'Voice call' }).waitFor();
  await page.keyboard.press('Escape');
  await friend.getByText('On the bridge').waitFor({ state: 'detached' });
  await page.getByRole('listitem').filter({ hasText: 'Rear Admiral Hopper' }).getByText('On the bridge').waitFor();
  await photographed(page, 'seams-people');
  await actAs(grace, 'changeProfile', { body: { displayName: 'Grace Hopper' } });
});

test('the menu of a direct chat blocks after asking; the card says so and unblocks', async () => {
  const { page } = ada;
  await page.goto('/people');
  await chooseInList(page, 'Block…');
  const question = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await question.getByText('You no longer hear of each other').waitFor();
  await photographed(page, 'seams-block');
  await question.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByRole('button', { name: 'Unblock Grace Hopper' }).waitFor();
  await page
    .getByRole('listitem')
    .getByRole('button', { name: /^Grace Hopper/ })
    .click();
  const card = page.getByRole('dialog');
  await card.getByText('You have blocked Grace Hopper').waitFor();
  await expect.poll(() => card.getByRole('button', { name: 'Write' }).count()).toBe(0);
  await photographed(page, 'seams-card-blocked');
  await card.getByRole('button', { name: 'Unblock Grace Hopper' }).click();
  await card.getByRole('button', { name: 'Write' }).waitFor();
  await page.keyboard.press('Escape');
  await chooseInList(page, 'Block…');
  await question.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByRole('button', { name: 'Unblock Grace Hopper' }).waitFor();
  await chooseInList(page, 'Unblock');
  await page.getByText('Grace Hopper is no longer blocked').first().waitFor();
});

test('where somebody cannot be added, the notice leads to the links of the group', async () => {
  const { page } = ada;
  await actAs(grace, 'changeSettings', { body: { privacy: { addToGroups: 'nobody' } } });
  const club = await makeGroupOf(ada, 'Book club', []);
  await page.goto(`/chat/${club}`);
  await page.getByRole('button', { name: /^Details of / }).click();
  await page.getByRole('button', { name: 'Add people' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(grace.userName);
  await dialog.getByText('Grace Hopper').first().click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Not added: Grace Hopper').waitFor();
  await photographed(page, 'seams-not-added');
  await page.getByRole('button', { name: 'Invite link', exact: true }).click();
  await page.getByRole('dialog', { name: 'Invite links' }).waitFor();
  await page.keyboard.press('Escape');
});

test('one’s own menu says until when one is not to be disturbed, and leads to the status', async () => {
  const { page } = ada;
  const until = new Date();
  until.setHours(until.getHours() + 2, 30, 0, 0);
  await actAs(ada, 'changeSettings', { body: { presence: { choice: 'doNotDisturb', until: until.toISOString() } } });
  const me = page.getByRole('button', { name: /settings and sign out/ });
  await expect.poll(() => me.getAttribute('aria-label')).toMatch(/until \d\d:30/);
  await me.click();
  await page.getByRole('menuitem', { name: /^Status: do not disturb until \d\d:30/i }).waitFor();
  await photographed(page, 'seams-own-menu');
  await menuItem(page, 'Set a status').click();
  await page.getByRole('textbox', { name: 'Status' }).waitFor();
  await photographed(page, 'seams-status');
});

test('a way back without a password is there where no mails go out', async () => {
  const page = await world.visit();
  await page.goto('/forgot');
  await page.getByLabel('Recovery code').waitFor();
  await photographed(page, 'seams-forgot-code');
  await page.getByRole('button', { name: 'Ask the operator for a link instead' }).click();
  await page.getByText('This server sends no mails').waitFor();
  await photographed(page, 'seams-forgot-operator');
});
