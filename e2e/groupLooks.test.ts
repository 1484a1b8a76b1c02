import type { ChatId } from '@dialog/shared/contract/values';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, makeGroupOf, postAs } from './support/acts.ts';
import { chatInList, composerOn, messageOn, messagesOn } from './support/chatScreens.ts';
import { aPicture, type TestFile } from './support/files.ts';
import { photograph } from './support/pictures.ts';
import { startWorld, type Guest, type World } from './support/world.ts';

let world: World;
let ada: Guest;
let grace: Guest;
let chatId: ChatId;
beforeAll(async () => {
  world = await startWorld();
  [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  chatId = await makeGroupOf(ada, 'Tea club', [grace]);
  await postAs(grace, chatId, 'Oolong again?');
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await openDetails(ada);
});
afterAll(() => world?.close());

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

async function openDetails({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: /^Details of / }).click();
  await page.getByRole('complementary').getByRole('heading', { name: 'People' }).waitFor();
}

async function pick(page: Page, button: Locator, file: TestFile): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles([file]);
}

/** Loaded and drawn, not only asked for. */
async function untilDrawn(pictures: Locator): Promise<void> {
  await pictures.first().waitFor();
  await expect
    .poll(() => pictures.first().evaluate((picture: HTMLImageElement) => picture.naturalWidth))
    .toBeGreaterThan(0);
}

test('a picture that the owner cuts to size is seen at once by everyone, and on the page of a link', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'Change picture' }).click();
  const dialog = page.getByRole('dialog');
  await pick(page, dialog.getByRole('button', { name: 'Choose a picture' }), await aPicture(page, 'tea.png', 'teal'));
  const stage = dialog.getByRole('application');
  await stage.waitFor();
  const before = await dialog.getByRole('slider', { name: 'Zoom' }).inputValue();
  await stage.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  await stage.hover();
  await page.mouse.wheel(0, -120);
  await page.mouse.down();
  await page.mouse.move(700, 300, { steps: 3 });
  await page.mouse.up();
  expect(Number(await dialog.getByRole('slider', { name: 'Zoom' }).inputValue())).toBeGreaterThan(Number(before));
  await photographed(page, 'group-picture-crop');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });

  await untilDrawn(chatInList(grace.page, 'Tea club').locator('img'));
  await grace.page.getByText('Ada changed the picture').first().waitFor();
  await untilDrawn(page.getByRole('button', { name: 'Change picture' }).locator('img'));

  await grace.page.keyboard.press('Control+k');
  await untilDrawn(grace.page.getByRole('dialog').locator('img'));
  await grace.page.keyboard.press('Escape');

  const { code } = await actAs(ada, 'createInvite', { params: { chatId }, body: { needsApproval: false } });
  const edith = await world.signUp('Edith');
  await edith.page.goto(`/join/${code}`);
  await untilDrawn(edith.page.getByRole('main').locator('img'));
});

test('taken away, the letters of the group stand there again', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'Change picture' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove picture' }).click();
  await grace.page.getByText('Ada removed the picture').first().waitFor();
  await chatInList(grace.page, 'Tea club').locator('img').waitFor({ state: 'detached' });
  await messageOn(grace.page, 'Oolong again?').waitFor();
});

test('an emoji that the owner makes is picked, completed, shown large and reacted with; removed, its name stands there', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'Emoji of the group' }).click();
  const dialog = page.getByRole('dialog');
  const picture = await aPicture(page, 'Our Tea.png', 'teal');
  await pick(page, dialog.getByRole('button', { name: 'Choose a picture' }), picture);
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await expect.poll(() => name.inputValue()).toBe('our_tea');
  await name.fill('tada');
  await dialog.getByRole('button', { name: 'Add emoji' }).click();
  await dialog.getByText('An emoji of this name exists already.').waitFor();
  await name.fill('Our Tea');
  await dialog.getByRole('button', { name: 'Add emoji' }).click();
  await dialog.getByText(':our_tea:').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await grace.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await grace.page.getByRole('tab', { name: 'This chat' }).click();
  await untilDrawn(grace.page.getByRole('tabpanel').locator('img'));
  await photographed(grace.page, 'emoji-picker');
  await grace.page.getByRole('tabpanel').getByRole('button', { name: ':our_tea:' }).click();
  await composerOn(grace.page).press('Enter');
  await untilDrawn(messagesOn(page).getByAltText(':our_tea:'));

  await composerOn(page).pressSequentially('More :our');
  await page.getByRole('option', { name: ':our_tea:', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const row = messagesOn(grace.page).filter({ hasText: 'More' });
  await untilDrawn(row.getByAltText(':our_tea:'));

  await row.hover();
  await row.getByRole('button', { name: 'More' }).click();
  await grace.page.getByRole('menuitem', { name: 'Other reaction…' }).click();
  const reacting = grace.page.getByRole('dialog');
  await reacting.getByRole('tab', { name: 'This chat' }).click();
  await reacting.getByRole('button', { name: ':our_tea:' }).click();
  await untilDrawn(messagesOn(page).getByRole('button', { name: ':our_tea: 1' }).locator('img'));

  await page.getByRole('button', { name: 'Emoji of the group' }).click();
  await dialog.getByRole('button', { name: 'Remove :our_tea:' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await row.getByText(':our_tea:').first().waitFor();
  await row.getByRole('button', { name: ':our_tea: 1' }).getByText(':our_tea:').waitFor();
  await row.locator('img').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('links are listed with the details, newest first, and lead to where they were sent', async () => {
  await postAs(grace, chatId, 'Read https://www.example.org/tea/green and [this one](https://example.com/black)');
  await postAs(ada, chatId, 'or https://example.net/white, too');
  const { page } = ada;
  await page.getByRole('tab', { name: 'Links' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Links' });
  // Links are found as messages are: a moment after they came.
  await expect
    .poll(
      async () => {
        await page.getByRole('tab', { name: 'Files' }).click();
        await page.getByRole('tab', { name: 'Links' }).click();
        await page.waitForTimeout(500);
        return panel.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
      },
      { timeout: 10_000 },
    )
    .toEqual(['https://example.net/white', 'https://www.example.org/tea/green', 'https://example.com/black']);
  await panel.getByText('example.org/tea/green').waitFor();
  await photographed(page, 'chat-links');
  await panel.getByRole('button', { name: 'Show in chat' }).last().click();
  await messagesOn(page).filter({ hasText: 'this one' }).waitFor();
});
