import { randomBytes } from 'node:crypto';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneTimeCode } from './support/oneTimeCodes.ts';
import { photograph } from './support/pictures.ts';
import { connectTo } from './support/services.ts';
import { startWorld, type Guest, type World } from './support/world.ts';

const PASSWORD = 'seven wet umbrellas';

let world: World;
/** By name: at a number there are no passkeys. */
let url: string;
beforeAll(async () => {
  world = await startWorld();
  url = (world.nodes[0]?.url ?? '').replace('127.0.0.1', 'localhost');
});
afterAll(() => world?.close());

/** Ten minutes and more after whatever they proved. */
async function letTimePass(): Promise<void> {
  const connection = await connectTo(world.databaseUrl);
  await connection.query('UPDATE sessions SET confirmed_at = confirmed_at - INTERVAL 11 MINUTE');
  await connection.end();
}

/** A laptop that knows its person by the finger. */
async function withAuthenticator(page: Page): Promise<{ readonly cdp: CDPSession; readonly id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

async function signOut(page: Page, displayName: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `${displayName}: settings and sign out` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('User name').waitFor();
}

async function givePassword(page: Page, { userName, password }: Pick<Guest, 'userName' | 'password'>): Promise<void> {
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const inside = (page: Page, displayName: string) =>
  page.getByRole('button', { name: `${displayName}: settings and sign out` });

test('who keeps the codes of the sign-up needs neither the old password nor an e-mail to come back', async () => {
  const page = await world.visit();
  const userName = `ada_${randomBytes(3).toString('hex')}`;
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  expect(await photograph(page, 'recovery-codes')).toEqual([]);
  const [downloaded] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(downloaded.suggestedFilename()).toBe(`dialog-recovery-codes-${userName}.txt`);
  const code = (await codes.nth(4).innerText()).trim();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await inside(page, 'Ada').waitFor();
  await page.goto('/settings/security');
  await page.getByText('10 codes left').waitFor();
  expect(await page.getByText('You have not said that you kept').count()).toBe(0);

  await signOut(page, 'Ada');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('New password').fill('eight dry raincoats');
  await page.getByLabel('Recovery code').fill('0000-0000-0000-0000');
  await page.getByRole('button', { name: 'Set new password' }).click();
  await page.getByText('User name or recovery code is wrong.').waitFor();
  expect(await photograph(page, 'forgot-password')).toEqual([]);
  await page.getByLabel('Recovery code').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Set new password' }).click();
  await page.getByText('Your new password is set').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await givePassword(page, { userName, password: 'eight dry raincoats' });
  await inside(page, 'Ada').waitFor();
  await page.goto('/settings/security');
  await page.getByText('9 codes left').waitFor();
});

test('who did not keep the codes is let in all the same, and told in the settings', async () => {
  const { page } = await world.signUp('Bea');
  await page.goto('/settings/security');
  await page.getByText('You have not said that you kept').waitFor();
  await page.getByRole('button', { name: 'Make new codes' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make new codes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('You have not said that you kept').waitFor({ state: 'detached' });
});

test('codes from an app are asked for after the password, and turned off by who shows that it is them', async () => {
  const guest = await world.signUp('Carl');
  const { page } = guest;
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('img', { name: 'QR code with the secret for your app' }).waitFor();
  expect(await photograph(page, 'totp-set-up')).toEqual([]);
  const secret = await dialog.locator('code').innerText();
  await dialog.getByLabel('Code from your app').fill(await oneTimeCode(secret, -1));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('button', { name: 'Turn off' }).waitFor();

  await signOut(page, 'Carl');
  await givePassword(page, guest);
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('autocomplete'))).toBe('one-time-code');
  expect(await photograph(page, 'second-step')).toEqual([]);
  // The sixth digit sends it, but not while two digits of it are corrected one by one.
  const code = page.getByLabel('Code from your app');
  await code.fill('000000');
  await page.getByText('That is not right.').waitFor();
  let proofs = 0;
  page.on('request', (request) => (proofs += request.url().endsWith('/second-factor') ? 1 : 0));
  await code.press('End');
  for (const key of ['Backspace', '1', 'Backspace', '2']) await code.press(key);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(proofs).toBe(0);
  await code.fill('');
  await code.pressSequentially(await oneTimeCode(secret));
  await inside(page, 'Carl').waitFor();

  await letTimePass();
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click();
  const asked = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await asked.getByLabel('Password', { exact: true }).waitFor();
  await asked.getByRole('button', { name: 'Use a code from your app instead' }).waitFor();
  expect(await photograph(page, 'confirm-identity')).toEqual([]);
  await asked.getByLabel('Password', { exact: true }).fill('not the password');
  await asked.getByRole('button', { name: 'Confirm' }).click();
  await asked.getByText('That is not right.').waitFor();
  await asked.getByLabel('Password', { exact: true }).fill(guest.password);
  await page.keyboard.press('Enter');
  // The act goes on by itself.
  await page.getByRole('button', { name: 'Set up' }).waitFor();
  await signOut(page, 'Carl');
  await givePassword(page, guest);
  await inside(page, 'Carl').waitFor();
});

test('who would not confirm has changed nothing', async () => {
  const { page } = await world.signUp('Dora');
  await page.goto('/settings/security');
  await page.getByText('10 codes left').waitFor();
  await letTimePass();
  await page.getByRole('button', { name: 'Make new codes' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make new codes' }).click();
  await page.getByRole('dialog', { name: 'Confirm that it is you' }).getByLabel('Password', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Nothing was done: you have not confirmed that it is you.').waitFor();
});

test('a passkey is made, named, signs in without a name, and follows the password where that is wanted', async () => {
  const guest = await world.signUp('Edda', { url });
  const { page } = guest;
  const { cdp, id } = await withAuthenticator(page);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const rename = page.getByRole('button', { name: /^Rename / });
  await rename.click();
  await page.getByRole('dialog').getByLabel('Name').fill('Blue laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Blue laptop').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await photograph(page, 'settings-security')).toEqual([]);
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: id });
  expect(credentials).toMatchObject([{ rpId: 'localhost', isResidentCredential: true }]);

  // The same device has one already.
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('This device has a passkey for your account already.').waitFor();
  await page.getByRole('switch', { name: 'Ask for a passkey after the password' }).click();
  await expect
    .poll(() => page.getByRole('switch', { name: 'Ask for a passkey after the password' }).isChecked())
    .toBe(true);

  // Nobody shows a finger meanwhile: neither the form’s offer nor anything else is answered.
  await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled: false });
  await signOut(page, 'Edda');
  expect(await photograph(page, 'sign-in-passkey')).toEqual([]);
  await givePassword(page, guest);
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled: true });
  await page.getByRole('button', { name: 'Use passkey' }).click();
  await inside(page, 'Edda').waitFor();

  // A browser whose form offers nothing by itself: the finger would answer that before anybody presses.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await signOut(page, 'Edda');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await inside(page, 'Edda').waitFor();

  await letTimePass();
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Remove Blue laptop' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  const asked = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await asked.getByRole('button', { name: 'Use a passkey instead' }).click();
  await asked.getByRole('button', { name: 'Use passkey' }).click();
  await page.getByText('You have no passkeys yet.').waitFor();
});

test('at a number nobody is offered what cannot work there, and is told why', async () => {
  const { page } = await world.signUp('Finn');
  await page.goto('/settings/security');
  await page.getByText('Passkeys need a name in the address.').waitFor();
  expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
  await signOut(page, 'Finn');
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
});
