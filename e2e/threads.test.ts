import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../server/src/platform/ids.ts';
import { actAs, idOf, makeGroupOf, postAs } from './support/acts.ts';
import { chatInList, composerOn, MESSAGE_ROW, messageOn, messagesOn } from './support/chatScreens.ts';
import { photograph, SIZES } from './support/pictures.ts';
import { renderedRows, startCounting, watchRenders } from './support/renders.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let ada: Guest;
let grace: Guest;
let group: ChatId;

beforeAll(async () => {
  world = await startWorld();
  [ada, grace] = [await world.signUp('Ada Lovelace'), await world.signUp('Grace Hopper')];
});
afterAll(() => world?.close());

beforeEach(async () => {
  group = await makeGroupOf(ada, 'Orbit', [grace]);
  await postAs(ada, group, 'Who brings the projector?');
  await postAs(grace, group, 'The room is booked.');
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${group}`)));
  await Promise.all([ada, grace].map(({ page }) => messageOn(page, 'The room is booked.').waitFor()));
});

const paneOn = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread' });
const fieldOn = (page: Page): Locator => page.getByRole('textbox', { name: 'Reply in thread' });
const lineOn = (page: Page, root: string): Locator =>
  messageOn(page, root).getByRole('button', { name: /repl(y|ies)/ });
const replyOn = (page: Page, text: string): Locator =>
  paneOn(page)
    .locator(MESSAGE_ROW)
    .filter({ has: page.getByText(text, { exact: true }) });

async function openThread(page: Page, root: string): Promise<void> {
  await messageOn(page, root).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Reply in thread' }).click();
  await fieldOn(page).waitFor();
}

async function answer(page: Page, text: string): Promise<void> {
  await fieldOn(page).fill(text);
  await fieldOn(page).press('Enter');
  await replyOn(page, text).waitFor();
}

/** Over the interface, for what a flow does not test. */
async function answerAs(guest: Guest, text: string, rootText = 'Who brings the projector?'): Promise<void> {
  const { history } = await actAs(guest, 'openChat', { params: { chatId: group } });
  const root = history.messages.find(({ content }) => content.kind === 'text' && content.text === rootText);
  if (!root) throw new Error('no root');
  const body = { id: newId<MessageId>(), text, thread: root.position };
  await actAs(guest, 'postMessage', { params: { chatId: group }, body });
}

test('a reply in a thread stays out of the conversation, and who takes part sees that there is news', async () => {
  await openThread(grace.page, 'Who brings the projector?');
  expect(new URL(grace.page.url()).pathname).toMatch(/\/thread\/\d+$/);
  await expect.poll(() => fieldOn(grace.page).evaluate((field) => field === document.activeElement)).toBe(true);
  await answer(grace.page, 'I do, and the cable');
  await lineOn(ada.page, 'Who brings the projector?').getByText('1 reply').waitFor();
  await lineOn(ada.page, 'Who brings the projector?').getByText('New replies').waitFor({ state: 'attached' });
  expect(await messagesOn(ada.page).getByText('I do, and the cable').count()).toBe(0);

  await lineOn(ada.page, 'Who brings the projector?').click();
  await replyOn(ada.page, 'I do, and the cable').waitFor();
  await answer(ada.page, 'Thank you');
  await replyOn(grace.page, 'Thank you').waitFor();
  await lineOn(grace.page, 'Who brings the projector?').getByText('2 replies').waitFor();

  // Back closes it, and the dot is gone.
  await ada.page.goBack();
  await paneOn(ada.page).waitFor({ state: 'detached' });
  await lineOn(ada.page, 'Who brings the projector?').getByText('New replies').waitFor({ state: 'detached' });
  await answer(grace.page, 'The blue one');
  await lineOn(ada.page, 'Who brings the projector?').getByText('New replies').waitFor({ state: 'attached' });
  await chatInList(ada.page, 'Orbit').getByText('The room is booked.').waitFor();
});

test('a thread has its own draft and address, which outlive a reload; what is written offline arrives once', async () => {
  const { page } = ada;
  await openThread(page, 'Who brings the projector?');
  await fieldOn(page).fill('Perhaps we');
  await composerOn(page).fill('Something else');
  await page.waitForTimeout(500);
  await page.reload();
  await replyOn(page, 'Who brings the projector?').waitFor();
  await expect.poll(() => fieldOn(page).inputValue()).toBe('Perhaps we');
  await expect.poll(() => composerOn(page).inputValue()).toBe('Something else');

  await ada.context.setOffline(true);
  await answer(page, 'Written in the tunnel');
  await replyOn(page, 'Written in the tunnel').getByText('Waiting').first().waitFor({ state: 'attached' });
  await ada.context.setOffline(false);
  await lineOn(grace.page, 'Who brings the projector?').getByText('1 reply').waitFor();
  await lineOn(grace.page, 'Who brings the projector?').click();
  await replyOn(grace.page, 'Written in the tunnel').waitFor();
  expect(await replyOn(grace.page, 'Written in the tunnel').count()).toBe(1);
  expect(await messagesOn(grace.page).getByText('Written in the tunnel').count()).toBe(0);
});

test('keys open a thread and close it, and the focus goes in and comes back', async () => {
  const { page } = ada;
  await messageOn(page, 'Who brings the projector?').focus();
  await page.keyboard.press('t');
  await expect.poll(() => fieldOn(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await paneOn(page).waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe(`/chat/${group}`);
  await expect
    .poll(() => messageOn(page, 'Who brings the projector?').evaluate((row) => row === document.activeElement))
    .toBe(true);
});

test('a call by name in a thread leads there, from the conversation and from the list of threads', async () => {
  await answerAs(grace, `Look here <@${await idOf(ada)}>`, 'The room is booked.');
  await chatInList(ada.page, 'Orbit').getByText('@', { exact: true }).waitFor();
  await ada.page.getByRole('button', { name: /mention/i }).click();
  await paneOn(ada.page).getByText('Look here').waitFor();
  await chatInList(ada.page, 'Orbit').getByText('@', { exact: true }).waitFor({ state: 'detached' });
  await ada.page.getByRole('button', { name: 'Close thread' }).click();

  await ada.page.getByRole('button', { name: 'Details of Orbit' }).click();
  await ada.page.getByRole('button', { name: 'Threads', exact: true }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByText('The room is booked.').waitFor();
  await dialog.getByRole('switch', { name: 'Only threads I follow' }).click();
  await dialog.getByText('The room is booked.').click();
  await paneOn(ada.page).getByRole('button', { name: 'Stop following thread' }).click();
  await paneOn(ada.page).getByRole('button', { name: 'Follow thread' }).waitFor();
});

test('a reply renders the row of its root and no other', async () => {
  const watched = await world.signUp('Katherine Johnson');
  await actAs(ada, 'addMembers', { params: { chatId: group }, body: { userIds: [await idOf(watched)] } });
  await answerAs(grace, 'First');
  await watchRenders(watched.context, MESSAGE_ROW);
  await watched.page.goto(`/chat/${group}`);
  await lineOn(watched.page, 'Who brings the projector?').getByText('1 reply').waitFor();
  await watched.page.waitForTimeout(500);
  await startCounting(watched.page);
  await answerAs(grace, 'Second');
  await lineOn(watched.page, 'Who brings the projector?').getByText('2 replies').waitFor();
  const rows = await renderedRows(watched.page);
  expect(rows.filter((text) => !text.includes('Who brings the projector?'))).toEqual([]);
});

test('a thread has no barriers, beside its conversation and on a phone', async () => {
  for (const text of ['I could, but only the small one', 'The small one is fine', 'Then it is settled'])
    await answerAs(text.startsWith('The') ? ada : grace, text);
  const { page } = ada;
  await lineOn(page, 'Who brings the projector?').getByText('3 replies').waitFor();
  expect(await photograph(page, 'thread-line')).toEqual([]);
  await lineOn(page, 'Who brings the projector?').click();
  await replyOn(page, 'Then it is settled').waitFor();
  expect(await photograph(page, 'thread')).toEqual([]);
  await page.setViewportSize(SIZES.narrow);
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await messageOn(page, 'Who brings the projector?').waitFor();
});
