import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { photograph } from './support/pictures.ts';
import { startWorld, type World } from './support/world.ts';

const SECRET = fileURLToPath(new URL('../.dialog/test/e2e-devices/outbox.secret', import.meta.url));

let world: World;
beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { DIALOG_DATA: fileURLToPath(new URL('.', `file://${SECRET}`)) } });
});
afterAll(() => world?.close());

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

/** The operator's page, opened with the secret of the data folder. */
async function openOutbox(): Promise<Page> {
  const page = await world.visit();
  await page.goto('/outbox');
  await page.getByLabel('Secret').fill((await readFile(SECRET, 'utf8')).trim());
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'Outbox' }).waitFor();
  return page;
}

/** Of the newest mail with this subject. */
async function linkInMail(outbox: Page, subject: string): Promise<string> {
  const link = outbox.getByRole('article').filter({ hasText: subject }).first().getByRole('link');
  await expect
    .poll(
      async () => {
        await outbox.reload();
        return link.count();
      },
      { timeout: 15_000 },
    )
    .toBeGreaterThan(0);
  const href = new URL((await link.first().getAttribute('href')) ?? '');
  return `${href.pathname}${href.hash}`;
}

test('an address is added, confirmed by the link in the mail, and then brings a new password', async () => {
  const ada = await world.signUp('Ada');
  const { page } = ada;
  const address = `${ada.userName}@example.org`;
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByRole('textbox', { name: 'E-mail address', exact: true }).fill('no address');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter an e-mail address, such as').waitFor();
  await page.getByRole('textbox', { name: 'E-mail address', exact: true }).fill(address.toUpperCase());
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`${address} waits to be confirmed`).waitFor();
  await page.getByText('This server sends no mails: ask whoever runs it for the link.').waitFor();
  await page.getByText('No confirmed address yet.').waitFor();
  await photographed(page, 'email-waits');
  // One that only waits is taken back; nothing is said of signing in with it.
  await page.getByRole('button', { name: 'Take back' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByText(`${address} is then not added to your account`).waitFor();
  await photographed(page, 'email-take-back');
  await question.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('No address yet.').waitFor();
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByRole('textbox', { name: 'E-mail address', exact: true }).fill(address);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`${address} waits to be confirmed`).waitFor();

  const outbox = await openOutbox();
  const confirm = await linkInMail(outbox, 'Confirm your e-mail address');
  await photographed(outbox, 'outbox');
  const elsewhere = await world.visit();
  await elsewhere.goto(confirm);
  await elsewhere.getByRole('button', { name: 'Confirm the address' }).waitFor();
  await expect.poll(() => elsewhere.url()).not.toContain('#');
  await photographed(elsewhere, 'confirm-email');
  await elsewhere.getByRole('button', { name: 'Confirm the address' }).click();
  await elsewhere.getByText(`${address} is confirmed`).waitFor();
  // The page that is open elsewhere hears of it.
  await page.getByRole('button', { name: 'Change', exact: true }).waitFor();
  await page.getByText(address, { exact: true }).waitFor();

  await elsewhere.getByRole('button', { name: 'Back to chats' }).click();
  await elsewhere.getByRole('link', { name: 'Forgot password?' }).click();
  // No mails go out here, so a code is asked for first.
  await elsewhere.getByRole('button', { name: 'Ask the operator for a link instead' }).click();
  await elsewhere.getByText('This server sends no mails').waitFor();
  await elsewhere.getByLabel('User name or e-mail address').fill(address);
  await photographed(elsewhere, 'forgot-by-mail');
  await elsewhere.getByRole('button', { name: 'Ask for a link' }).click();
  await elsewhere.getByText('a link waits with them').waitFor();
  const recover = await linkInMail(outbox, 'A new password for your account');
  await elsewhere.goto(recover);
  await elsewhere.getByLabel('New password').fill('entirely other words');
  await photographed(elsewhere, 'new-password');
  await elsewhere.getByRole('button', { name: 'Save the new password' }).click();
  await elsewhere.getByRole('heading', { name: 'Password changed' }).waitFor();
  await page.getByText('You have been signed out.').waitFor();

  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await elsewhere.getByLabel('User name or e-mail').fill(address);
  await elsewhere.getByLabel('Password', { exact: true }).fill('entirely other words');
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await elsewhere.getByRole('button', { name: /settings and sign out/ }).waitFor();
  await elsewhere.goto(recover);
  await elsewhere.getByLabel('New password').fill('yet other words again');
  await elsewhere.getByRole('button', { name: 'Save the new password' }).click();
  await elsewhere.getByText('This link is not valid any more').waitFor();
});

test('who signs up where no mails go out is not promised one', async () => {
  const page = await world.visit();
  await page.goto('/sign-up');
  await page.getByRole('button', { name: 'Add an e-mail address' }).click();
  await page.getByText('This server sends no mails: the link to confirm it waits with whoever runs it.').waitFor();
  await photographed(page, 'sign-up-email-hint');
});

test('a second browser is signed in by its code from the first, and is dead at once when signed out there', async () => {
  const grace = await world.signUp('Grace');
  const { page } = grace;
  const second = await world.visit({ url: world.nodes[1]?.url ?? '' });
  await second.getByRole('link', { name: 'Sign in with another device' }).click();
  const picture = second.getByRole('img', { name: 'QR code to sign in this device' });
  await picture.waitFor();
  const shown = second.getByLabel('Code to type');
  await expect.poll(async () => (await shown.textContent())?.trim()).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await photographed(second, 'link-this-device');

  await page.goto('/settings/devices');
  await page.getByRole('region', { name: 'Sign in another device' }).getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Code').fill('AAAAA-AAAAA');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByText('This code is not valid').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Sign in another device' }).getByRole('button', { name: 'Sign in' }).click();
  await dialog.getByLabel('Code').fill(((await shown.textContent()) ?? '').trim().toLowerCase());
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByText('Only do this if you hold that device yourself').waitFor();
  await dialog.getByText('this network').waitFor();
  await photographed(page, 'let-in');
  const before = Date.now();
  await dialog.getByRole('button', { name: 'Let it in' }).click();
  await second.getByRole('button', { name: 'Grace: settings and sign out' }).waitFor();
  expect(Date.now() - before).toBeLessThan(4_000);
  await page
    .getByText(/^New sign-in: Chrome/)
    .first()
    .waitFor();

  const devices = page.getByRole('region', { name: 'Devices' });
  const other = devices.getByRole('listitem').filter({ hasText: 'let in by another device' });
  await other.getByRole('button', { name: /^More about / }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await dialog.getByLabel('Name of the device').fill('Kitchen laptop');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await devices.getByText('Kitchen laptop').waitFor();
  await photographed(page, 'devices');

  await other.getByRole('button', { name: 'More about Kitchen laptop' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out', exact: true }).click();
  await second.getByText('You have been signed out.').waitFor();
  await second.reload();
  await second.getByLabel('Password', { exact: true }).waitFor();

  await page.reload();
  const history = page.getByRole('region', { name: 'Sign-in history' });
  await history.getByText(/signed out from another device/).waitFor();
  await history.scrollIntoViewIfNeeded();
  await photographed(page, 'sign-in-history');
});

test('the address in the picture leads a camera to the question, and a no is heard', async () => {
  const edith = await world.signUp('Edith');
  const second = await world.visit();
  const [asked] = await Promise.all([
    second.waitForResponse((response) => response.url().endsWith('/api/auth/links')),
    second.getByRole('link', { name: 'Sign in with another device' }).click(),
  ]);
  const { code } = (await asked.json()) as { code: string };
  await edith.page.goto(`/link#${code}`);
  await edith.page.getByRole('heading', { name: 'Sign in this device?' }).waitFor();
  await expect.poll(() => edith.page.url()).not.toContain('#');
  await photographed(edith.page, 'link-page');
  await edith.page.getByRole('button', { name: 'No', exact: true }).click();
  await second.getByText('The other device said no.').waitFor();
  await photographed(second, 'link-refused');
  await second.getByRole('button', { name: 'Show a new code' }).click();
  await second.getByRole('img', { name: 'QR code to sign in this device' }).waitFor();
});

test('an address can be given at sign-up, and somebody can be invited by mail', async () => {
  const page = await world.visit();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'Add an e-mail address (optional)' }).click();
  await page.getByLabel('E-mail address (optional)').fill('not an address');
  await page.getByLabel('Your name').fill('Mary');
  await page.getByLabel('User name').fill(`mary_${Date.now()}`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Enter an address such as').waitFor();
  await photographed(page, 'sign-up-email');
  await page.getByLabel('E-mail address (optional)').fill(`mary${Date.now()}@example.org`);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Keep these codes' }).waitFor();

  const olga = await world.signUp('Olga');
  await olga.page.goto('/settings/profile/invite');
  const section = olga.page.getByRole('region', { name: 'Invite by e-mail' });
  await section.getByRole('textbox', { name: 'E-mail address' }).fill('newcomer@example.org');
  await section.getByRole('button', { name: 'Send' }).click();
  await section.getByText('This server sends no mails').waitFor();
  await olga.page.getByText('The invitation for newcomer@example.org waits').first().waitFor();
  const outbox = await openOutbox();
  expect(await linkInMail(outbox, 'An invitation to Dialog')).toBe('/sign-up');
});
