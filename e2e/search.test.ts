import type { ChatId } from '@dialog/shared/contract/values';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { composerOn, messageOn } from './support/chatScreens.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let ada: Guest;
let grace: Guest;
let harbour: ChatId;

beforeAll(async () => {
  world = await startWorld();
  [ada, grace] = [await world.signUp('Ada Lovelace', { keepsShell: true }), await world.signUp('Grace Hopper')];
  harbour = await makeGroupOf(ada, 'Harbour walk', [grace]);
  await postAs(grace, harbour, 'The mooring is paid until Friday.');
  await postAs(ada, harbour, 'Wir treffen uns in der Großen Straße, see https://harbour.example/map');
  await postAs(grace, harbour, '明日の会議室を予約しました');
  const direct = await makeDirectChat(ada, grace);
  await postAs(grace, direct, 'Who paid for the coffee?');
});
afterAll(() => world?.close());

async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: /Search people/ });
  await field.waitFor();
  return field;
}

const found = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('dialog').getByRole('option').filter({ hasText: text });

test('Ctrl+K finds messages of all chats by words and beginnings, marks them, and Enter goes there', async () => {
  const { page } = ada;
  await page.goto('/');
  await page.getByRole('option').first().waitFor();
  const field = await openPalette(page);
  await field.fill('pai');
  await found(page, 'The mooring is paid until Friday.').waitFor();
  await found(page, 'Who paid for the coffee?').waitFor();
  expect(await page.locator('mark').allTextContents()).toEqual(['paid', 'paid']);

  await field.fill('grosse stras');
  await found(page, 'Großen').waitFor({ state: 'detached' });
  await field.fill('grossen stras');
  await found(page, 'Großen Straße').waitFor();
  await field.fill('会議');
  await found(page, '明日の会議室を予約しました').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await messageOn(page, '明日の会議室を予約しました').waitFor();
});

test('Ctrl+K also finds chats, people by their exact user name, and settings', async () => {
  const { page } = ada;
  const stranger = await world.signUp('Katherine Johnson');
  await page.goto('/');
  await page.getByRole('option').first().waitFor();
  const field = await openPalette(page);
  await field.fill('walk harb');
  await found(page, 'Harbour walk').first().waitFor();
  await field.fill('passwo');
  await found(page, 'Security').waitFor();
  await field.fill(stranger.userName);
  await found(page, 'Katherine Johnson').click();
  await composerOn(page).waitFor();
  await page.getByRole('button', { name: 'Details of Katherine Johnson' }).waitFor();
  await openPalette(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('within a chat words, person, time and kind narrow down what is found', async () => {
  const { page } = ada;
  await page.goto(`/chat/${harbour}`);
  await page.getByRole('button', { name: 'Search in this chat' }).click();
  const panel = page.getByRole('search', { name: 'Search in Harbour walk' });
  await panel.getByText('What was it about?').waitFor();
  await panel.getByRole('searchbox').fill('the');
  const hits = panel.getByRole('list', { name: 'Results' }).getByRole('listitem');
  await hits.filter({ hasText: 'The mooring is paid' }).waitFor();
  expect(await hits.count()).toBe(1);

  await panel.getByRole('searchbox').fill('');
  await panel.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Links', exact: true }).click();
  await hits.filter({ hasText: 'harbour.example' }).waitFor();
  await panel.getByRole('combobox', { name: 'Person' }).click();
  await page.getByRole('option', { name: 'Grace Hopper', exact: true }).click();
  await panel.getByText('Nothing found').waitFor();
  await panel.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Anything', exact: true }).click();
  await hits.filter({ hasText: '会議室' }).waitFor();
  await panel.getByLabel('From').fill('2100-01-01');
  await panel.getByText('Nothing found').waitFor();
  await panel.getByLabel('From').fill('');
  await hits.filter({ hasText: 'The mooring' }).click();
  await messageOn(page, 'The mooring is paid until Friday.').waitFor();
});

test('a hit far up is shown in its place, with what was written around it', async () => {
  const { page } = ada;
  const long = await makeGroupOf(ada, 'Long voyage', [grace]);
  await postAs(ada, long, 'Before the albatross');
  await postAs(ada, long, 'There is an albatross on the mast');
  await postAs(ada, long, 'After the albatross');
  for (let at = 0; at < 130; at += 1) await postAs(ada, long, `Day ${at}: water`);
  await page.goto('/');
  await page.getByRole('option').first().waitFor();
  const field = await openPalette(page);
  await field.fill('albatross mast');
  await found(page, 'There is an albatross on the mast').click();
  const message = messageOn(page, 'There is an albatross on the mast');
  await message.waitFor();
  await message.evaluate(async (row) => {
    const isSeen = (): boolean => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    };
    while (!isSeen()) await new Promise(requestAnimationFrame);
  });
  await messageOn(page, 'Before the albatross').waitFor();
  await messageOn(page, 'After the albatross').waitFor();
  expect(await messageOn(page, 'Day 129: water').count()).toBe(0);
});

test('what was just written is found within two seconds, and nothing of a chat one was removed from', async () => {
  const { page } = grace;
  await page.goto('/');
  await page.getByRole('option').first().waitFor();
  const text = `the ${Date.now().toString(36)} lighthouse`;
  await postAs(ada, harbour, text);
  const postedAt = Date.now();
  const search = async (words: string) => (await actAs(grace, 'searchMessages', { body: { words } })).hits.length;
  while ((await search('lighthouse')) === 0) expect(Date.now() - postedAt).toBeLessThan(2_000);
  const field = await openPalette(page);
  await field.fill('lighth');
  await found(page, text).waitFor();
  await page.keyboard.press('Escape');
  const me = (await actAs(grace, 'getMe', {})).user.id;
  await actAs(ada, 'removeMember', { params: { chatId: harbour, userId: me } });
  expect(await search('lighthouse')).toBe(0);
});

test('without a network the palette says so and still finds what this browser knows', async () => {
  const { page, context } = ada;
  await page.goto('/');
  await page.getByRole('option').first().waitFor();
  await context.setOffline(true);
  const field = await openPalette(page);
  await field.fill('harbour');
  await found(page, 'Harbour walk').first().waitFor();
  await page.getByText('You are offline. Messages can be searched when you are back.').waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await found(page, 'harbour.example').waitFor();
});
