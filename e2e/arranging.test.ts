import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { actAs, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { chatInList, composerOn, messageOn, write } from './support/chatScreens.ts';
import { renderedRows, startCounting, watchRenders } from './support/renders.ts';
import { untilShellIsKept } from './support/tabs.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

/** What one device of a person does the other shows within this: by an event, on a slow machine too: what no event told comes with the beacon, after ten seconds. */
const SOON = { timeout: 5_000 };

let world: World;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

/** Another browser of the same person, at the other node. */
async function anotherDevice({ userName, password }: Guest): Promise<Page> {
  const url = world.nodes[1]?.url;
  const page = await world.visit(url === undefined ? {} : { url });
  const status = await page.evaluate(
    async (body) =>
      (
        await fetch('/api/auth/sign-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status,
    { userName, password, keep: 'cookie' },
  );
  if (status !== 200) throw new Error(`sign-in answered ${status}`);
  await page.goto('/');
  return page;
}

/** Someone with three chats, on two devices. */
async function aTwofoldPerson({ keepsShell = false } = {}) {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell }), await world.signUp('Grace')];
  const direct = await makeDirectChat(ada, grace);
  await postAs(grace, direct, 'Good morning');
  const [orbit, tea]: ChatId[] = [await makeGroupOf(ada, 'Orbit', [grace]), await makeGroupOf(ada, 'Tea', [grace])];
  if (!orbit || !tea) throw new Error('two groups');
  const phone = await anotherDevice(ada);
  await Promise.all([ada.page, phone].map((page) => chatInList(page, 'Orbit').waitFor()));
  return { ada, grace, page: ada.page, phone, direct, orbit, tea };
}

/** By mouse; by key it is tried below. */
async function choose(page: Page, chat: string, item: string): Promise<void> {
  await chatInList(page, chat).click({ button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
}

/** In one look: rows come and go meanwhile. */
function namesIn(page: Page): Promise<string[]> {
  return page.getByRole('option').evaluateAll((rows) => rows.map((row) => row.querySelector('bdi')?.textContent ?? ''));
}

test('what is pinned, muted, archived and marked here is so there at once', async () => {
  const { ada, grace, page, phone, tea, direct } = await aTwofoldPerson();
  await expect.poll(() => namesIn(page), SOON).toEqual(['Tea', 'Orbit', 'Grace']);

  await choose(page, 'Grace', 'Pin');
  await chatInList(phone, 'Grace')
    .getByText('Pinned')
    .waitFor({ state: 'attached', ...SOON });
  expect((await namesIn(phone))[0]).toBe('Grace');
  await choose(phone, 'Orbit', 'Pin');
  await chatInList(page, 'Orbit')
    .getByText('Pinned')
    .waitFor({ state: 'attached', ...SOON });
  await expect.poll(() => namesIn(page), SOON).toEqual(['Orbit', 'Grace', 'Tea']);
  await choose(page, 'Orbit', 'Move down');
  await expect.poll(() => namesIn(phone), SOON).toEqual(['Grace', 'Orbit', 'Tea']);

  await choose(page, 'Grace', 'Notifications…');
  await page.getByRole('dialog').getByRole('button', { name: 'Always' }).click();
  await chatInList(phone, 'Grace')
    .getByText('Muted', { exact: true })
    .waitFor({ state: 'attached', ...SOON });
  await expect.poll(() => phone.title(), SOON).toBe('Dialog');

  await choose(page, 'Orbit', 'Mark as unread');
  await chatInList(phone, 'Orbit')
    .getByText('Marked as unread')
    .waitFor({ state: 'attached', ...SOON });
  await expect.poll(() => phone.title(), SOON).toBe('(1) Dialog');
  await chatInList(phone, 'Orbit').click();
  await chatInList(page, 'Orbit')
    .getByText('Marked as unread')
    .waitFor({ state: 'detached', ...SOON });

  for (const chat of ['Tea', 'Grace']) await choose(page, chat, 'Archive');
  await expect.poll(() => namesIn(phone), SOON).toEqual(['Orbit']);
  await phone.getByRole('button', { name: /^Archived/ }).click();
  await chatInList(phone, 'Tea').waitFor();
  // A new message brings back the one that is not muted.
  await postAs(grace, tea, 'The kettle is on');
  await postAs(grace, direct, 'Where are you?');
  await chatInList(page, 'Tea').getByText('The kettle is on').waitFor();
  await chatInList(phone, 'Grace').getByText('Where are you?').waitFor();
  await expect.poll(() => namesIn(page), SOON).toEqual(['Orbit', 'Tea']);
  await expect.poll(() => namesIn(phone), SOON).toEqual(['Grace']);
  const { changes } = await actAs(ada, 'syncChats', { body: { since: 0, known: [] } });
  expect(changes.chats).toHaveLength(3);
});

test('a draft follows to the other device, and goes there when it is sent here', async () => {
  const { page, phone } = await aTwofoldPerson();
  await chatInList(page, 'Tea').click();
  await composerOn(page).fill('Shall we');
  await page.getByRole('searchbox').focus();
  await chatInList(phone, 'Tea').getByText('Draft: Shall we').waitFor(SOON);
  await chatInList(phone, 'Tea').click();
  await expect.poll(() => composerOn(phone).inputValue(), SOON).toBe('Shall we');
  await write(page, 'Shall we have tea?');
  await expect.poll(() => composerOn(phone).inputValue(), SOON).toBe('');

  // Written without a network, it is there after a reload, and on the other device when the network is back.
  await page.context().setOffline(true);
  await composerOn(page).fill('Thought of in a tunnel');
  await page.waitForTimeout(1_000);
  await page.context().setOffline(false);
  await page.reload();
  await expect.poll(() => composerOn(phone).inputValue(), { timeout: 10_000 }).toBe('Thought of in a tunnel');
  expect(await composerOn(page).inputValue()).toBe('Thought of in a tunnel');
});

test('what is being typed is not overwritten by the other device', async () => {
  const { page, phone } = await aTwofoldPerson();
  await Promise.all([page, phone].map((device) => chatInList(device, 'Tea').click()));
  await composerOn(page).pressSequentially('I was writing this first', { delay: 60 });
  await composerOn(phone).pressSequentially('and I this', { delay: 60 });
  await composerOn(page).pressSequentially(', and go on', { delay: 60 });
  expect(await composerOn(page).inputValue()).toBe('I was writing this first, and go on');
});

test('folders are made, filled, renamed and ordered on two devices as one', async () => {
  const { page, phone } = await aTwofoldPerson();
  await choose(page, 'Orbit', 'Folders…');
  await page.getByLabel('New folder').fill('Work');
  await page.keyboard.press('Enter');
  await page.getByRole('switch', { name: 'Work' }).waitFor();
  expect(await page.getByRole('switch', { name: 'Work' }).isChecked()).toBe(true);
  await page.keyboard.press('Escape');
  await phone.getByRole('tab', { name: 'Work' }).waitFor(SOON);
  await phone.getByRole('tab', { name: 'Work' }).click();
  await expect.poll(() => namesIn(phone), SOON).toEqual(['Orbit']);

  await choose(page, 'Tea', 'Folders…');
  await page.getByRole('switch', { name: 'Work' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => namesIn(phone), SOON).toEqual(['Tea', 'Orbit']);

  await phone.getByRole('button', { name: 'Edit folders' }).click();
  await phone.getByLabel('New folder').fill('Home');
  await phone.keyboard.press('Enter');
  await phone.getByRole('button', { name: 'Move Home up' }).click();
  await expect
    .poll(async () => (await page.getByRole('tab').allTextContents()).slice(2, 4), SOON)
    .toEqual([expect.stringContaining('Home'), expect.stringContaining('Work')]);
  await phone.getByRole('textbox', { name: 'Name of the folder' }).nth(1).fill('Office');
  await phone.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Office' }).waitFor(SOON);
  await phone.getByRole('button', { name: 'Remove the folder Office' }).click();
  await phone.getByRole('alertdialog').getByRole('button', { name: 'Remove folder' }).click();
  await page.getByRole('tab', { name: 'Office' }).waitFor({ state: 'detached', ...SOON });
  await phone.getByRole('alertdialog').waitFor({ state: 'hidden' });
  await phone.keyboard.press('Escape');
  await phone.getByRole('dialog').waitFor({ state: 'hidden' });
  // The folder that was looked at is gone: all chats again.
  await expect.poll(() => namesIn(phone), SOON).toEqual(['Tea', 'Orbit', 'Grace']);
});

test('by key: the menu of a row, the parts of the list, and the way back', async () => {
  const { page } = await aTwofoldPerson();
  await page.getByRole('searchbox').press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await chatInList(page, 'Grace').getByText('Pinned').waitFor({ state: 'attached' });
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');
  await page.getByRole('tab', { name: 'All' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => namesIn(page)).toEqual(['Grace']);
  await page.keyboard.press('End');
  await expect.poll(() => namesIn(page)).toEqual(['Tea', 'Orbit']);
});

test('a finger that stays opens the menu, and the press that ends it opens nothing', async () => {
  const { ada } = await aTwofoldPerson();
  const context = await world.browser.newContext({
    baseURL: world.nodes[0]?.url ?? '',
    hasTouch: true,
    viewport: { width: 390, height: 844 },
  });
  await context.addCookies(await ada.context.cookies());
  const page = await context.newPage();
  await page.goto('/');
  const box = await chatInList(page, 'Orbit').boundingBox();
  if (!box) throw new Error('no row');
  const touchPoints = [{ x: box.x + 150, y: box.y + 30 }];
  const hand = await context.newCDPSession(page);
  await hand.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await page.getByRole('menuitem', { name: 'Pin', exact: true }).waitFor();
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.waitForTimeout(500);
  await page.getByRole('menuitem', { name: 'Pin', exact: true }).tap();
  await chatInList(page, 'Orbit').getByText('Pinned').waitFor({ state: 'attached' });
  expect(new URL(page.url()).pathname).toBe('/');
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await chatInList(page, 'Orbit').tap();
  await composerOn(page).waitFor();
});

test('news in one chat, or its pin, renders the rows of no other', async () => {
  const { ada, grace, page, tea } = await aTwofoldPerson();
  await watchRenders(ada.context, '[role="option"]');
  await page.goto('/');
  await chatInList(page, 'Tea').waitFor();
  await page.waitForTimeout(2_500);
  await startCounting(page);
  await postAs(grace, tea, 'The kettle is on');
  await chatInList(page, 'Tea').getByText('The kettle is on').waitFor();
  await choose(page, 'Tea', 'Pin');
  await chatInList(page, 'Tea').getByText('Pinned').waitFor({ state: 'attached' });
  const rows = await renderedRows(page);
  expect(rows.some((row) => row.includes('The kettle is on'))).toBe(true);
  expect(rows.filter((row) => !row.includes('Tea'))).toEqual([]);
});

test('without a network nothing is lost: what cannot be arranged goes back and says so', async () => {
  const { page } = await aTwofoldPerson({ keepsShell: true });
  await untilShellIsKept(page);
  await page.context().setOffline(true);
  await page.getByText('Offline').first().waitFor();
  await choose(page, 'Grace', 'Pin');
  await page.getByText('The server cannot be reached right now.').waitFor();
  await chatInList(page, 'Grace').getByText('Pinned').waitFor({ state: 'detached' });
  await page.context().setOffline(false);
});

test('notes to self: one chat, on both devices, with nobody to call', async () => {
  const { page, phone } = await aTwofoldPerson();
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await page.getByRole('button', { name: /^Notes to self/ }).click();
  await page.getByText('Only you see this').first().waitFor();
  await write(page, 'Buy milk');
  await chatInList(phone, 'Notes to self').getByText('Buy milk').waitFor(SOON);
  expect(await page.getByRole('button', { name: 'Start video call' }).count()).toBe(0);
  expect(await page.title()).toContain('Notes to self');
  await phone.getByRole('button', { name: 'New chat' }).first().click();
  await phone.getByRole('button', { name: /^Notes to self/ }).click();
  await messageOn(phone, 'Buy milk').waitFor();
  expect(new URL(phone.url()).pathname).toBe(new URL(page.url()).pathname);
});
