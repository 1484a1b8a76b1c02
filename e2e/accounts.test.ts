import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchFor } from './support/clock.ts';
import { startWorld, type World } from './support/world.ts';

const PASSWORD = 'seven wet umbrellas';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

async function signUpByForm(page: Page, displayName: string): Promise<string> {
  const userName = `${displayName.toLowerCase()}_${randomBytes(3).toString('hex')}`;
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill(displayName);
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: `${displayName}: settings and sign out` }).waitFor();
  return userName;
}

async function signInByForm(page: Page, account: { userName: string; password: string }): Promise<void> {
  await page.getByLabel('User name').fill(account.userName);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('two people sign up, and one comes back with name and password', async () => {
  const [one, other] = [await world.visit(), await world.visit()];
  const userName = await signUpByForm(one, 'Ada');
  await signUpByForm(other, 'Grace');
  await one.reload();
  await one.getByRole('button', { name: 'Ada: settings and sign out' }).click();
  await one.getByRole('menuitem', { name: 'Sign out' }).click();
  await one.getByRole('alertdialog').or(one.getByRole('dialog')).getByRole('button', { name: 'Sign out' }).click();
  await signInByForm(one, { userName, password: PASSWORD });
  await one.getByRole('button', { name: 'Ada: settings and sign out' }).waitFor();
});

test('a wrong password is told without saying whether the name exists', async () => {
  const page = await world.visit();
  const known = await world.signUp('Linus');
  const sentences: string[] = [];
  for (const name of [known.userName, 'nobody.at.all']) {
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const error = page.getByText('User name or password is wrong.');
    await error.waitFor();
    sentences.push(await error.innerText());
    await page.reload();
  }
  expect(new Set(sentences).size).toBe(1);
});

test('a session ended in one browser is out of the other within a second', async () => {
  const here = await world.signUp('Margaret');
  const there = await world.visit();
  await signInByForm(there, here);
  await there.getByRole('button', { name: 'Margaret: settings and sign out' }).waitFor();
  await here.page.goto('/settings/devices');
  await here.page
    .getByRole('region', { name: 'Devices' })
    .getByRole('listitem')
    .filter({ hasNotText: 'This device' })
    .getByRole('button', { name: /^More about / })
    .click();
  await here.page.getByRole('menuitem', { name: 'Sign out' }).click();
  const end = here.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out', exact: true });
  await end.waitFor();
  const out = await watchFor(there, { selector: 'body', text: 'You have been signed out.', until: 'there' });
  const clickedAt = await end.evaluate((button) => {
    const clicked = new Promise<number>((resolve) =>
      button.addEventListener('click', () => resolve(performance.timeOrigin + performance.now()), { once: true }),
    );
    (button as HTMLButtonElement).click();
    return clicked;
  });
  expect((await out.at()) - clickedAt).toBeLessThan(1_000);
});

test('the language changes without a reload', async () => {
  const { page } = await world.signUp('Konrad');
  await page.goto('/settings/language');
  await page.getByRole('radio', { name: 'Deutsch' }).waitFor();
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
  expect(await page.evaluate(() => 'isTheSamePage' in window)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
});
