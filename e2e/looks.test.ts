import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
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
    'They hold. The slides are at https://example.org/orbit/slides and I would like a second pair of eyes on page four before we send them out.',
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

test('chat list, conversation, details and settings have no barriers', async () => {
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
  await page.goto('/settings');
  await page.getByText('Where you are signed in.').waitFor();
  expect(await photograph(page, 'settings')).toEqual([]);
});

test('lobby and call stage have no barriers', { timeout: 300_000 }, async () => {
  await openChat(ada, group);
  await ada.page.getByRole('button', { name: 'Start call' }).click();
  await ada.page.getByRole('dialog').getByLabel('Your camera').waitFor();
  expect(await photograph(ada.page, 'lobby')).toEqual([]);
  await ada.page.keyboard.press('Escape');
  await callOf([ada, grace], group);
  await untilSeen(ada, 'Grace Hopper');
  expect(await photograph(ada.page, 'call')).toEqual([]);
});
