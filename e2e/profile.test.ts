import { randomBytes } from 'node:crypto';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { openChat } from './support/callScreens.ts';
import { messageOn } from './support/chatScreens.ts';
import { photograph } from './support/pictures.ts';
import { connectTo } from './support/services.ts';
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
  await postAs(ada, group, `Welcome <@${await idOf(grace)}>`);
});
afterAll(() => world?.close());

/** A picture of waves, as large as a phone makes them. */
async function drop(page: Page): Promise<void> {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1200, 800];
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    const sky = pen.createLinearGradient(0, 0, 1200, 800);
    sky.addColorStop(0, '#f6b26b');
    sky.addColorStop(1, '#6a3fb5');
    pen.fillStyle = sky;
    pen.fillRect(0, 0, 1200, 800);
    pen.fillStyle = '#fff3dc';
    pen.beginPath();
    pen.arc(600, 360, 150, 0, 7);
    pen.fill();
    return canvas.toDataURL('image/png');
  });
  const buffer = Buffer.from(data.split(',')[1] ?? '', 'base64');
  await page.locator('input[type=file]').setInputFiles({ name: 'sun.png', mimeType: 'image/png', buffer });
}

const facesOf = (where: Page | Locator) => where.locator('img[src*="/api/avatars/"]');

test('a picture is cut out, seen by another person in the open chat within two seconds, and gone as fast', async () => {
  await openChat(grace, direct);
  await messageOn(grace.page, 'Have you seen the engine?').waitFor();
  await ada.page.goto('/settings/profile');
  await ada.page.getByRole('button', { name: 'Change profile picture' }).click();
  await drop(ada.page);
  await ada.page.getByRole('application').focus();
  for (const key of ['+', '+', 'ArrowDown']) await ada.page.keyboard.press(key);
  expect(await photograph(ada.page, 'avatar-crop')).toEqual([]);
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
  await facesOf(grace.page).first().waitFor({ timeout: 5_000 });
  const source = (await facesOf(grace.page).first().getAttribute('src')) ?? '';
  await facesOf(ada.page.getByRole('main')).first().waitFor();
  await photograph(grace.page, 'avatar-in-chat');
  await ada.page.goto('/');
  await ada.page.getByRole('button', { name: /settings and sign out/ }).click();
  await ada.page.getByRole('menuitem', { name: /^Status:/ }).click();
  await facesOf(ada.page.getByRole('dialog', { name: 'How others see you' }))
    .nth(2)
    .waitFor();
  await ada.page.goto('/settings/profile');

  await ada.page.getByRole('button', { name: 'Change profile picture' }).click();
  await ada.page.getByRole('button', { name: 'Remove picture' }).click();
  await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => facesOf(grace.page).count(), { timeout: 5_000 }).toBe(0);
  expect(await grace.page.evaluate(async (url) => (await fetch(url)).status, source)).toBe(404);
});

test('two fingers that go apart zoom as far as they go', async () => {
  const { page } = await world.signUp('Emmy Noether');
  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'Change profile picture' }).click();
  await drop(page);
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('no stage');
  const at = (part: number, id: number) => ({ id, x: box.x + box.width * part, y: box.y + box.height / 2 });
  const fingers = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', parts: readonly number[]) =>
    fingers.send('Input.dispatchTouchEvent', { type, touchPoints: parts.map(at) });
  await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  await touch('touchStart', [0.4, 0.6]);
  for (const by of [0.05, 0.1, 0.15, 0.2]) await touch('touchMove', [0.4 - by, 0.6 + by]);
  await touch('touchEnd', []);
  await expect.poll(() => page.getByRole('slider').inputValue().then(Number)).toBeCloseTo(3, 1);
});

test('a new name, a description and a status are on the card that opens from a message', async () => {
  const { page } = ada;
  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'Change profile picture' }).click();
  await drop(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada, Countess of Lovelace');
  await page.getByRole('textbox', { name: 'About you' }).fill('Mathematician.\nPoetical science, mostly before noon.');
  await page.getByRole('button', { name: 'Save' }).last().click();
  await page.getByText('Saved').waitFor();
  await page.getByRole('button', { name: 'Choose an emoji' }).click();
  await page.getByRole('gridcell').first().click();
  await page.getByRole('textbox', { name: 'Status', exact: true }).fill('Writing notes on the engine');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByText('Status set').waitFor();
  expect(await photograph(page, 'settings-profile')).toEqual([]);

  await openChat(grace, group);
  await grace.page.getByRole('button', { name: '@Grace Hopper' }).waitFor();
  await grace.page.getByRole('button', { name: 'Profile of Ada, Countess of Lovelace' }).first().click();
  const card = grace.page.getByRole('dialog');
  await card.getByText('Writing notes on the engine').waitFor();
  await card.getByText('Poetical science').waitFor();
  await card.getByRole('button', { name: 'Analytical Engine' }).waitFor();
  expect(await photograph(grace.page, 'person-card')).toEqual([]);
  await card.getByRole('button', { name: 'Write' }).click();
  await messageOn(grace.page, 'Have you seen the engine?').waitFor();
  await grace.page.getByRole('option', { name: /^Ada, Countess/ }).waitFor();
});

test('one’s own mention leads to one’s own card, and from there to the profile', async () => {
  await openChat(grace, group);
  await grace.page.getByRole('button', { name: '@Grace Hopper' }).click();
  await grace.page.getByRole('button', { name: 'Edit profile' }).click();
  await grace.page.getByRole('button', { name: 'Change profile picture' }).waitFor();
});

/** Ten minutes and more after they signed up. */
async function letTimePass(): Promise<void> {
  const connection = await connectTo(world.databaseUrl);
  await connection.query('UPDATE sessions SET confirmed_at = confirmed_at - INTERVAL 11 MINUTE');
  await connection.end();
}

test('the user name follows its rules and asks for the password; the old one still finds its person and signs them in', async () => {
  const { page } = grace;
  await letTimePass();
  await page.goto('/settings/profile/userName');
  const field = page.getByRole('textbox', { name: 'New user name' });
  await field.fill('no way');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByText('3 to 32 letters').waitFor();
  await field.fill(ada.userName);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const asked = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await asked.getByLabel('Password', { exact: true }).fill(grace.password);
  await page.keyboard.press('Enter');
  // The act goes on by itself.
  await page.getByText(/taken/).waitFor();
  await field.fill(`g${randomBytes(5).toString('hex')}`);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByText('User name changed').waitFor();
  await ada.page.goto('/');
  await ada.page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  await ada.page.keyboard.press('Control+K');
  await ada.page.getByRole('combobox').fill(grace.userName);
  await ada.page
    .getByRole('option', { name: /Grace Hopper/ })
    .first()
    .waitFor();
  await page.goto('/settings/devices');
  await page.getByText('User name changed').waitFor();
  const there = await world.visit();
  await there.getByLabel('User name').fill(grace.userName);
  await there.getByLabel('Password', { exact: true }).fill(grace.password);
  await there.getByRole('button', { name: 'Sign in' }).click();
  await there.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
});

test('theme and language are the same on another device at once, and a choice before sign-in does not fight them', async () => {
  const kim = await world.signUp('Kim');
  const there = await world.visit();
  await there.getByRole('button', { name: 'Language and look' }).click();
  await there.getByRole('menuitemradio', { name: 'Light' }).click();
  await there.keyboard.press('Escape');
  await kim.page.goto('/settings/appearance');
  await kim.page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(() => kim.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await there.getByLabel('User name').fill(kim.userName);
  await there.getByLabel('Password', { exact: true }).fill(kim.password);
  await there.getByRole('button', { name: 'Sign in' }).click();
  await there.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  const themeThere = () => there.evaluate(() => document.documentElement.dataset['theme']);
  await expect.poll(themeThere).toBe('dark');
  await kim.page.goto('/settings/language');
  await kim.page.getByRole('radio', { name: 'Deutsch' }).check();
  await there.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  await expect.poll(() => there.evaluate(() => document.documentElement.lang), { timeout: 5_000 }).toBe('de');
  await there.reload();
  expect(await themeThere()).toBe('dark');
  await there.goto('/settings/profile');
  await there.getByRole('button', { name: 'Profilbild ändern' }).waitFor();
  expect(await photograph(there, 'settings-german')).toEqual([]);
  await kim.page.context().setOffline(true);
  await kim.page.getByRole('radio', { name: 'English' }).click();
  await expect.poll(() => kim.page.evaluate(() => document.documentElement.lang), { timeout: 30_000 }).toBe('de');
});
