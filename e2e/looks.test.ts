import type { ChatId, FolderId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MUTED_FOR_GOOD } from '@dialog/shared/chats.values';
import { newId } from '../server/src/platform/ids.ts';
import { actAs, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { callOf, openChat, untilSeen } from './support/callScreens.ts';
import { messageOn } from './support/chatScreens.ts';
import { photograph, SIZES } from './support/pictures.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let ada: Guest;
let grace: Guest;
let group: ChatId;

beforeAll(async () => {
  world = await startWorld({ hasCalls: true });
  [ada, grace] = [await world.signUp('Ada Lovelace'), await world.signUp('Grace Hopper')];
  const third = await world.signUp('Katherine Johnson');
  const direct = await makeDirectChat(ada, grace);
  await postAs(grace, direct, 'The compiler is done. It even works.');
  group = await makeGroupOf(ada, 'Orbit', [grace, third]);
  await postAs(ada, group, 'Has anyone checked the numbers for Friday?');
  await postAs(third, group, 'By hand, twice.');
  await postAs(
    third,
    group,
    'They hold. The slides are at https://orbit.example/slides and I would like a second pair of eyes on page four before we send them out.',
  );
  await postAs(grace, group, 'Reading them now');
});
afterAll(() => world?.close());

async function hasNoSidewaysScroll(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

test('sign-in and sign-up have no barriers', async () => {
  const page = await world.visit();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await photograph(page, 'sign-in')).toEqual([]);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'Create account' }).waitFor();
  expect(await photograph(page, 'sign-up')).toEqual([]);
});

test('chat list, conversation and details have no barriers', async () => {
  const { page } = ada;
  await page.goto('/');
  await page.getByRole('option').first().waitFor();
  expect(await photograph(page, 'chat-list')).toEqual([]);
  await openChat(ada, group);
  await messageOn(page, 'By hand, twice.').waitFor();
  expect(await photograph(page, 'conversation')).toEqual([]);
  await page.setViewportSize(SIZES.narrow);
  expect(await hasNoSidewaysScroll(page)).toBe(true);
  await page.setViewportSize(SIZES.wide);
  await page.getByRole('button', { name: 'Details of Orbit' }).click();
  await page.getByText('Katherine Johnson').first().waitFor();
  expect(await photograph(page, 'details')).toEqual([]);
});

test('an arranged list, its menu and its dialogs have no barriers', async () => {
  const { page } = ada;
  const folder = { id: newId<FolderId>(), name: 'Work', chatIds: [group] };
  await actAs(ada, 'createFolder', { body: folder });
  const notes = (await actAs(ada, 'openNotes', {})).chat.id;
  await actAs(ada, 'arrangeChat', { params: { chatId: notes }, body: { pin: { below: null } } });
  await actAs(ada, 'saveDraft', { params: { chatId: notes }, body: { text: 'Ask Grace about page four', agoMs: 0 } });
  await actAs(ada, 'arrangeChat', { params: { chatId: group }, body: { mutedUntil: MUTED_FOR_GOOD } });
  const old = await makeGroupOf(ada, 'Summer outing', [grace]);
  await postAs(grace, old, 'That was lovely');
  await actAs(ada, 'arrangeChat', { params: { chatId: old }, body: { archivedAt: 1_000 } });
  const marked = await makeGroupOf(ada, 'Reading circle', [grace]);
  await actAs(ada, 'arrangeChat', { params: { chatId: marked }, body: { isMarkedUnread: true } });
  await page.goto('/');
  await page.getByText('Draft:').waitFor();
  expect(await photograph(page, 'arranged')).toEqual([]);
  await page.setViewportSize(SIZES.narrow);
  expect(await hasNoSidewaysScroll(page)).toBe(true);
  await page.setViewportSize(SIZES.wide);
  const row = page.getByRole('option').filter({ hasText: 'Orbit' });
  const inMenu = async (item: string, name: string): Promise<void> => {
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: item }).waitFor();
    if (name === 'mute') expect(await photograph(page, 'chat-menu')).toEqual([]);
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('dialog').waitFor();
    expect(await photograph(page, name)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  await inMenu('Notifications…', 'mute');
  await inMenu('Folders…', 'chat-folders');
  await page.getByRole('button', { name: 'Edit folders' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await photograph(page, 'folders')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Archived/ }).click();
  expect(await photograph(page, 'archive')).toEqual([]);
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await page.getByRole('button', { name: /^Notes to self/ }).waitFor();
  expect(await photograph(page, 'new-chat')).toEqual([]);
  await page.getByRole('button', { name: /^Notes to self/ }).click();
  await page.getByText('Only you see this').first().waitFor();
  expect(await photograph(page, 'notes')).toEqual([]);
});

test('search has no barriers', async () => {
  const { page } = ada;
  await openChat(ada, group);
  await messageOn(page, 'By hand, twice.').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'New chat' }).waitFor();
  expect(await photograph(page, 'palette')).toEqual([]);
  await page.getByRole('combobox', { name: /Search people/ }).fill('the');
  await page.locator('mark').first().waitFor();
  expect(await photograph(page, 'palette-found')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Search in this chat' }).click();
  await page.getByRole('searchbox', { name: 'Words' }).fill('num');
  await page.locator('mark').first().waitFor();
  expect(await photograph(page, 'chat-search')).toEqual([]);
  await page.setViewportSize(SIZES.narrow);
  expect(await hasNoSidewaysScroll(page)).toBe(true);
  await page.setViewportSize(SIZES.wide);
});

test('lobby and call stage have no barriers', { timeout: 300_000 }, async () => {
  await openChat(ada, group);
  await ada.page.getByRole('button', { name: 'Start video call' }).click();
  await ada.page.getByRole('dialog').getByLabel('Your camera').waitFor();
  expect(await photograph(ada.page, 'lobby')).toEqual([]);
  await ada.page.keyboard.press('Escape');
  await callOf([ada, grace], group);
  await untilSeen(ada, 'Grace Hopper');
  expect(await photograph(ada.page, 'call')).toEqual([]);
});
