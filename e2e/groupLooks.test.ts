import type { ChatId } from '@dialog/shared/contract/values';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, makeGroupOf, postAs } from './support/acts.ts';
import { chatInList, messageOn } from './support/chatScreens.ts';
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
  await openDetails(ada);
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
  await photographed(page, 'group-picture');

  await grace.page.keyboard.press('Control+k');
  await untilDrawn(grace.page.getByRole('dialog').locator('img'));
  await grace.page.keyboard.press('Escape');

  const { code } = await actAs(ada, 'createInvite', { params: { chatId }, body: { needsApproval: false } });
  const edith = await world.signUp('Edith');
  await edith.page.goto(`/join/${code}`);
  await untilDrawn(edith.page.getByRole('main').locator('img'));
  await photographed(edith.page, 'group-picture-join');
});

test('taken away, the letters of the group stand there again', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'Change picture' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove picture' }).click();
  await grace.page.getByText('Ada removed the picture').first().waitFor();
  await chatInList(grace.page, 'Tea club').locator('img').waitFor({ state: 'detached' });
  await messageOn(grace.page, 'Oolong again?').waitFor();
});
