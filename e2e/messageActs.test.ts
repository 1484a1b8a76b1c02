import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { chatInList, composerOn, messageOn, messagesOn, write } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { photograph } from './support/pictures.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

/** Two people in one direct chat, both looking at it. */
async function aPair() {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await Promise.all([ada, grace].map(({ page }) => composerOn(page).waitFor()));
  return { ada, grace, chatId };
}

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

async function openMenu(page: Page, text: string): Promise<void> {
  await messageOn(page, text)
    .first()
    .click({ button: 'right', position: { x: 4, y: 4 } });
  await page.getByRole('menu').waitFor();
}

async function choose(page: Page, text: string, item: string): Promise<void> {
  await openMenu(page, text);
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('an answer quotes what it answers and leads to it; an edit is marked and what was said before can be read', async () => {
  const { ada, grace } = await aPair();
  await write(ada.page, 'Shall we meet?');
  await messageOn(grace.page, 'Shall we meet?').waitFor();
  await choose(grace.page, 'Shall we meet?', 'Reply');
  await write(grace.page, 'At six.');
  const answer = messageOn(ada.page, 'At six.');
  await answer.getByRole('button', { name: /Shall we meet/ }).waitFor();
  await composerOn(grace.page).press('ArrowUp');
  await until(async () => (await composerOn(grace.page).inputValue()) === 'At six.', {
    what: 'the last message is edited',
  });
  await composerOn(grace.page).fill('At seven.');
  await photographed(grace.page, 'editing');
  await composerOn(grace.page).press('Enter');
  await messageOn(ada.page, 'At seven.').getByText('edited').waitFor();
  await choose(ada.page, 'At seven.', 'Details');
  await ada.page.getByRole('dialog').getByText('At six.').waitFor();
  await photographed(ada.page, 'message-details');
  await ada.page.keyboard.press('Escape');
  await messageOn(ada.page, 'At seven.')
    .getByRole('button', { name: /Shall we meet/ })
    .click();
  expect(await composerOn(grace.page).inputValue()).toBe('');
});

test('a reaction comes under the message of both, counted, and goes again', async () => {
  const { ada, grace } = await aPair();
  await write(ada.page, 'It works.');
  await messageOn(grace.page, 'It works.').waitFor();
  await openMenu(grace.page, 'It works.');
  await photographed(grace.page, 'message-menu');
  await grace.page.getByRole('menuitemcheckbox', { name: 'React with 👍' }).click();
  const chip = messageOn(ada.page, 'It works.').getByRole('button', { name: '👍 1' });
  await chip.waitFor();
  expect(await chip.getAttribute('aria-pressed')).toBe('false');
  await chip.click();
  const both = messageOn(grace.page, 'It works.').getByRole('button', { name: '👍 2' });
  await both.waitFor();
  expect(await both.getAttribute('aria-pressed')).toBe('true');
  await both.click();
  await messageOn(ada.page, 'It works.').getByRole('button', { name: '👍 1', pressed: true }).waitFor();
});

test('deleted for everyone it leaves a sign with both; deleted for oneself it is gone for one alone', async () => {
  const { ada, grace } = await aPair();
  await write(ada.page, 'Said too much.');
  await write(ada.page, 'Said in passing.');
  await messageOn(grace.page, 'Said in passing.').waitFor();
  await choose(ada.page, 'Said too much.', 'Delete…');
  await photographed(ada.page, 'delete-message');
  await ada.page.getByRole('button', { name: 'Delete for everyone' }).click();
  await messagesOn(grace.page).getByText('Message deleted').waitFor();
  await messagesOn(ada.page).getByText('Message deleted').waitFor();
  expect(await messageOn(grace.page, 'Said too much.').count()).toBe(0);
  await choose(grace.page, 'Said in passing.', 'Delete…');
  await grace.page.getByRole('button', { name: 'Delete for me' }).click();
  await messageOn(grace.page, 'Said in passing.').waitFor({ state: 'detached' });
  expect(await messageOn(ada.page, 'Said in passing.').count()).toBe(1);
  await grace.page.reload();
  await messagesOn(grace.page).getByText('Message deleted').waitFor();
  await messageOn(grace.page, 'Said in passing.').waitFor({ state: 'detached', timeout: 3_000 });
});

test('a pin stands above the chat of both and leads far back, and from there on to the newest again', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Plans', [grace]);
  await postAs(ada, chatId, 'The rules of the house.');
  for (let at = 1; at <= 120; at += 1) await postAs(ada, chatId, `Line ${at}`);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await messageOn(ada.page, 'Line 120').waitFor();
  const { history } = await actAs(ada, 'listAround', { params: { chatId }, query: { position: '1' } }).then(
    (stretch) => ({ history: stretch }),
  );
  const rules = history.messages.find(({ content }) => content.kind === 'text');
  if (!rules) throw new Error('the rules were posted');
  await actAs(ada, 'pinMessage', { params: { chatId, messageId: rules.id }, body: { isOn: true } });
  const bar = grace.page.getByRole('button', { name: /pinned message.*The rules of the house/ });
  await bar.waitFor();
  await bar.click();
  await messageOn(grace.page, 'The rules of the house.').waitFor();
  await messageOn(grace.page, 'Line 3').waitFor();
  await photographed(grace.page, 'jumped');
  // New words do not pull the reader away from where they are.
  await postAs(ada, chatId, 'Meanwhile.');
  await grace.page.getByRole('button', { name: /Jump to the newest|new message/ }).click();
  await messageOn(grace.page, 'Meanwhile.').waitFor();
});

test('several messages are picked and passed on to another chat, under the name of who wrote them', async () => {
  const { ada, grace } = await aPair();
  const friends = await makeGroupOf(ada, 'Friends', []);
  await write(grace.page, 'First thought');
  await write(grace.page, 'Second thought');
  await messageOn(ada.page, 'Second thought').waitFor();
  await choose(ada.page, 'First thought', 'Select');
  await messageOn(ada.page, 'Second thought').click();
  await ada.page.getByText('2 selected').waitFor();
  await photographed(ada.page, 'selecting');
  await ada.page.getByRole('button', { name: 'Forward' }).click();
  await ada.page.getByRole('dialog').getByText('Friends').click();
  await photographed(ada.page, 'forwarding');
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Forward' }).click();
  await ada.page.goto(`/chat/${friends}`);
  await messageOn(ada.page, 'Second thought').waitFor();
  expect(await messagesOn(ada.page).getByText('Forwarded from Grace').count()).toBe(2);
  await chatInList(ada.page, 'Friends').getByText('Second thought').waitFor();
});

test('by keys alone: from row to row, a menu, an answer, and back to writing', async () => {
  const { ada, grace } = await aPair();
  // What can be tabbed to in the row must not take the focus from it.
  await write(grace.page, 'One of https://one.example');
  await write(grace.page, 'Two');
  await messageOn(ada.page, 'Two').waitFor();
  await ada.page.getByRole('region', { name: /^Messages in/ }).focus();
  await ada.page.keyboard.press('ArrowUp');
  await ada.page.keyboard.press('ArrowUp');
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('menuitem', { name: 'Reply' }).waitFor();
  await ada.page.keyboard.press('Escape');
  await ada.page.getByRole('menu').waitFor({ state: 'detached' });
  await ada.page.keyboard.press('r');
  await until(() => composerOn(ada.page).evaluate((field) => field === document.activeElement), {
    what: 'the composer has the focus',
  });
  await ada.page.keyboard.type('Answered by keys');
  await ada.page.keyboard.press('Enter');
  await messageOn(grace.page, 'Answered by keys').getByRole('button', { name: /One/ }).waitFor();
});

test('a starred message is found again from any chat', async () => {
  const { ada, grace, chatId } = await aPair();
  await write(grace.page, 'The code is 4711.');
  await messageOn(ada.page, 'The code is 4711.').waitFor();
  await choose(ada.page, 'The code is 4711.', 'Star');
  await messageOn(ada.page, 'The code is 4711.').getByLabel('Starred').waitFor();
  await ada.page.goto('/');
  await ada.page
    .getByRole('button', { name: /^Signed in as|Ada/ })
    .first()
    .click();
  await ada.page.getByRole('menuitem', { name: 'Starred messages' }).click();
  await ada.page.getByRole('dialog').getByText('The code is 4711.').waitFor();
  await photographed(ada.page, 'starred');
  await ada.page.getByRole('dialog').getByText('The code is 4711.').click();
  await ada.page.waitForURL(`**/chat/${chatId}`);
  await messageOn(ada.page, 'The code is 4711.').waitFor();
});
