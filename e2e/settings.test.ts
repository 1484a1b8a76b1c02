import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { photograph, SIZES } from './support/pictures.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let ada: Guest;

beforeAll(async () => {
  world = await startWorld();
  ada = await world.signUp('Ada Lovelace');
});
afterAll(() => world?.close());

const listOn = (page: Page) => page.getByRole('navigation', { name: 'Settings' });
const searchOn = (page: Page) => page.getByRole('textbox', { name: 'Search settings' });

test('all settings lie in one place, each section with an address of its own', async () => {
  const { page } = ada;
  await page.goto('/');
  await page
    .getByRole('option')
    .first()
    .waitFor({ timeout: 1_000 })
    .catch(() => undefined);
  await page.keyboard.press('Control+,');
  await listOn(page)
    .getByRole('link', { name: /Security/ })
    .click();
  await page.getByRole('button', { name: 'Change password' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/security');
  expect(await photograph(page, 'settings-security')).toEqual([]);
  await page.goto('/settings/about');
  await page.getByText('AGPL-3.0-or-later').waitFor();
  expect(await photograph(page, 'settings-about')).toEqual([]);
  await page.goto('/settings/appearance');
  await page.getByRole('radio', { name: 'Dark' }).waitFor();
  expect(await photograph(page, 'settings-appearance')).toEqual([]);
  await page.getByRole('button', { name: 'Leave the settings' }).click();
  await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  // Where one went in.
  const me = page.getByRole('button', { name: /settings and sign out/ });
  await expect.poll(() => me.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('a search finds a single setting and points it out', async () => {
  const { page } = ada;
  await page.goto('/settings');
  await searchOn(page).fill('passw');
  await page.getByRole('link', { name: /Password/ }).waitFor();
  expect(await photograph(page, 'settings-search')).toEqual([]);
  await searchOn(page).press('Enter');
  await page.locator('[data-setting="password"][data-found]').waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/security/password');
  await photograph(page, 'settings-found');
  await searchOn(page).fill('nothing like it');
  await page.getByText('No setting is called').waitFor();
  await searchOn(page).press('Escape');
  await listOn(page)
    .getByRole('link', { name: /Devices/ })
    .waitFor();
});

test('everything the search finds is on the page it leads to, and asked for again it is pointed out again', async () => {
  const { page } = ada;
  await page.goto('/settings');
  const found = page.getByRole('list', { name: 'Found settings' }).getByRole('link');
  const pointedOut = (setting: string) => page.locator(`[data-setting="${setting}"][data-found]`);
  const top = (await searchOn(page).boundingBox())?.y;
  expect(top).toBeGreaterThan(0);
  let seen = 0;
  for (const section of ['profile', 'security', 'devices', 'privacy', 'notifications', 'appearance', 'about']) {
    await searchOn(page).fill(section);
    for (const link of await found.all()) {
      const [, setting] = /^\/settings\/[a-z]+\/([a-zA-Z]+)$/.exec((await link.getAttribute('href')) ?? '') ?? [];
      if (setting === undefined) continue;
      await link.click();
      await pointedOut(setting).waitFor();
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(25);
  // However far down its page a setting is, what stands above the pages stays where it is.
  expect((await searchOn(page).boundingBox())?.y).toBe(top);
  await pointedOut('version').waitFor({ state: 'detached' });
  await searchOn(page).fill('licence');
  await searchOn(page).press('Enter');
  await pointedOut('version').waitFor();
});

test('Ctrl+K finds single settings too', async () => {
  const { page } = ada;
  await page.goto('/');
  await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill('dark');
  await page.getByRole('option', { name: /Theme/ }).click();
  await page.locator('[data-setting="theme"][data-found]').waitFor();
});

test('without a mouse one goes from the search into the list and on', async () => {
  const { page } = ada;
  await page.goto('/settings');
  await searchOn(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Security' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await searchOn(page).evaluate((field) => document.activeElement === field)).toBe(true);
});

test('how others see one is among the settings, found by what it is called', async () => {
  const { page } = ada;
  await page.goto('/settings');
  await searchOn(page).fill('invisible');
  await searchOn(page).press('Enter');
  const card = page.locator('[data-setting="presence"]');
  await card.getByRole('button', { name: 'Change' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'How others see you' });
  await dialog.getByRole('radio', { name: /^Do not disturb/ }).check({ force: true });
  await dialog.getByRole('radio', { name: '1 hour' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await card.getByText('Do not disturb', { exact: true }).waitFor();
  await card.getByText(/^Until \d/).waitFor();
  await expect.poll(() => focusOn(page)).toBe('Change how others see you');
  expect(await photograph(page, 'settings-presence')).toEqual([]);
});

test('on a phone the themes stand below each other', async () => {
  const phone = await ada.context.newPage();
  await phone.setViewportSize(SIZES.narrow);
  await phone.goto('/settings/appearance');
  const tiles = phone.getByRole('radio');
  await tiles.nth(2).waitFor();
  const places = await Promise.all([0, 1, 2].map(async (at) => (await tiles.nth(at).boundingBox())?.x));
  expect(new Set(places).size).toBe(1);
  await phone.close();
});

test('before the list of the settings is there its shape is', async () => {
  const phone = await ada.context.newPage();
  await phone.setViewportSize(SIZES.narrow);
  let bring = (): void => undefined;
  const brought = new Promise<void>((resolve) => (bring = resolve));
  await phone.route(/\/assets\/frame-.*\.js$/, async (route) => {
    await brought;
    await route.continue();
  });
  await phone.goto('/settings');
  await phone.locator('main').waitFor({ state: 'attached' });
  expect(await phone.locator('[aria-busy="true"] span[aria-hidden="true"]').count()).toBeGreaterThan(0);
  bring();
  await listOn(phone).waitFor();
  await phone.close();
});

/** What has the focus, by its words. */
const focusOn = (page: Page) =>
  page.evaluate(() => {
    const has = document.activeElement;
    return has === document.body ? 'the page' : (has?.getAttribute('aria-label') ?? has?.textContent ?? '');
  });

test('Escape leaves the field before the page, with what was typed in it, and then leads back to the chat', async () => {
  const { page } = ada;
  await page.goto('/people');
  await page.getByRole('button', { name: /settings and sign out/ }).waitFor();
  await page.keyboard.press('Control+,');
  const about = page.getByRole('textbox', { name: 'About you' });
  await about.fill('Reads maps');
  await page.keyboard.press('Escape');
  expect(new URL(page.url()).pathname).toBe('/settings');
  expect(await about.inputValue()).toBe('Reads maps');
  await page.keyboard.press('Escape');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/people');
});

test('what is saved or taken away under the focus leaves it where one goes on', async () => {
  const { page } = ada;
  await page.goto('/settings/profile');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada King');
  await page.getByRole('button', { name: 'Save' }).last().press('Enter');
  await page.getByText('Saved').waitFor();
  expect(await focusOn(page)).toBe('Save');
  await page.getByRole('button', { name: 'Choose an emoji' }).click();
  await page.getByRole('gridcell').first().click();
  const status = page.getByRole('textbox', { name: 'Status' });
  await status.fill('Reading');
  await status.press('Enter');
  await page.getByText('Status set').waitFor();
  // A word is put right, and the emoji stays.
  await status.fill('Reading maps');
  await page.getByRole('button', { name: 'Remove emoji' }).press('Enter');
  expect(await status.evaluate((field) => document.activeElement === field)).toBe(true);
  await page.getByRole('button', { name: 'Clear' }).press('Enter');
  await page.getByText('Status cleared').waitFor();
  expect(await status.evaluate((field) => document.activeElement === field)).toBe(true);
});

test('a time that is typed counts with Enter', async () => {
  const { page } = ada;
  await page.goto('/settings/notifications');
  await page.getByRole('switch', { name: 'Quiet hours every day' }).check();
  const from = page.getByLabel('From', { exact: true });
  await from.fill('23:15');
  await from.press('Enter');
  // Nobody leaves the field: the page goes as it is.
  const other = await ada.context.newPage();
  await other.goto('/settings/notifications');
  await expect.poll(() => other.getByLabel('From', { exact: true }).inputValue(), { timeout: 30_000 }).toBe('23:15');
  await other.close();
});

test('a phone shows the list, then the section, and the way back', async () => {
  const { page } = ada;
  await page.setViewportSize(SIZES.narrow);
  await page.goto('/settings');
  await listOn(page)
    .getByRole('link', { name: /Devices/ })
    .waitFor();
  expect(await page.getByRole('heading', { level: 2, name: 'Profile' }).isVisible()).toBe(false);
  await listOn(page)
    .getByRole('link', { name: /Devices/ })
    .click();
  await page.getByText('Where you are signed in.').waitFor();
  expect(await listOn(page).isVisible()).toBe(false);
  expect(await focusOn(page)).toBe('Devices');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(
    true,
  );
  await page.getByRole('button', { name: 'All settings' }).click();
  await listOn(page)
    .getByRole('link', { name: /Devices/ })
    .waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings');
  expect(await focusOn(page)).toMatch(/^Devices/);
  await page.goto('/settings/devices');
  await page.getByRole('button', { name: 'All settings' }).click();
  await listOn(page).waitFor();
  expect(await photograph(page, 'settings-list')).toEqual([]);
  await page.evaluate(() => Object.assign(document.documentElement, { dir: 'rtl' }));
  await photograph(page, 'settings-rtl');
  await page.evaluate(() => Object.assign(document.documentElement, { dir: 'ltr' }));
});
