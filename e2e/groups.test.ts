import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, idOf, makeGroupOf } from './support/acts.ts';
import { chatInList, composerOn, messageOn, write } from './support/chatScreens.ts';
import { photograph } from './support/pictures.ts';
import { startWorld, type Guest, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

async function openDetails({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: /^Details of / }).click();
  await page.getByRole('complementary').getByRole('heading', { name: 'People' }).waitFor();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a link with approval, seen as a QR code, lets somebody in once an owner agrees', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Book club', []);
  await ada.page.goto(`/chat/${chatId}`);
  await openDetails(ada);
  await photographed(ada.page, 'group-page');
  await ada.page.getByRole('button', { name: 'Invite links' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByRole('switch', { name: 'Ask before letting in' }).click();
  await photographed(ada.page, 'group-new-invite');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await dialog.getByRole('img', { name: 'QR code of the link' }).waitFor();
  await photographed(ada.page, 'group-invite');
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  await closeDialog(ada.page);

  await grace.page.goto(new URL(link).pathname);
  await grace.page.getByRole('heading', { name: 'Book club' }).waitFor();
  await grace.page.getByText('1 member', { exact: true }).waitFor();
  await photographed(grace.page, 'group-join');
  await grace.page.getByRole('button', { name: 'Ask to join' }).click();
  await grace.page.getByText('You have asked to join', { exact: false }).waitFor();

  await ada.page.getByText('Somebody asks to join Book club').waitFor();
  await ada.page.getByRole('button', { name: /^Requests to join/ }).click();
  await ada.page.getByRole('dialog').getByText('Grace', { exact: true }).waitFor();
  await photographed(ada.page, 'group-requests');
  await ada.page.getByRole('button', { name: 'Let Grace in', exact: true }).click();
  await grace.page.getByRole('button', { name: 'Open group' }).click();
  await write(grace.page, 'Thank you!');
  await closeDialog(ada.page);
  await messageOn(ada.page, 'Thank you!').waitFor();
});

test('in slow mode the composer counts down, and where only owners and admins write it says so', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Quiet room', [grace]);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await openDetails(ada);
  await ada.page.getByRole('button', { name: 'Group settings' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('We think\nbefore we write.');
  await dialog.getByRole('combobox', { name: 'Slow mode' }).click();
  await ada.page.getByRole('option', { name: '1 minute' }).click();
  await photographed(ada.page, 'group-settings');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await ada.page.getByText('before we write.', { exact: false }).first().waitFor();

  await grace.page.getByText('turned slow mode on', { exact: false }).first().waitFor();
  await write(grace.page, 'First.');
  await grace.page.getByRole('timer').waitFor();
  await composerOn(grace.page).fill('Second.');
  expect(await grace.page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
  await photographed(grace.page, 'group-slow-mode');

  await actAs(ada, 'changeGroup', { params: { chatId }, body: { isAnnouncementOnly: true } });
  await grace.page.getByText('Only owners and admins write here.', { exact: false }).waitFor();
  await photographed(grace.page, 'group-announcements');
  await write(ada.page, 'Hear, hear.');
  await messageOn(grace.page, 'Hear, hear.').waitFor();
});

test('who is banned loses the group at once and comes in by no link until the ban is lifted', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Chess', [grace]);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await openDetails(ada);
  await ada.page.getByRole('button', { name: 'Manage Grace' }).click();
  await ada.page.getByRole('menuitem', { name: 'Remove and ban' }).click();
  await photographed(ada.page, 'group-ban');
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Remove and ban' }).click();
  await grace.page.getByText('You are not in this chat').waitFor();
  const body = { needsApproval: false };
  const { code } = await actAs(ada, 'createInvite', { params: { chatId }, body });
  await grace.page.goto(`/join/${code}`);
  await grace.page.getByText('You cannot come in here').waitFor();
  await photographed(grace.page, 'group-join-refused');

  await ada.page.getByRole('button', { name: 'Banned people' }).click();
  await ada.page.getByRole('dialog').getByText('Grace', { exact: true }).waitFor();
  await photographed(ada.page, 'group-bans');
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Lift ban' }).click();
  await ada.page.getByText('Nobody is banned').waitFor();
  await grace.page.reload();
  await grace.page.getByRole('button', { name: 'Join group' }).click();
  await chatInList(grace.page, 'Chess').waitFor();
  const { members } = await actAs(ada, 'listMembers', { params: { chatId }, query: {} });
  expect(members.map(({ user }) => user.id)).toContain(await idOf(grace));
});
