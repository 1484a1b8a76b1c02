import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { actAs, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { chatInList, composerOn, messageOn, messagesOn, write } from './support/chatScreens.ts';
import { findings } from './support/pictures.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.everyoneLeaves());
afterAll(() => world?.close());

interface Pair {
  readonly ada: Guest;
  readonly grace: Guest;
  readonly chatId: ChatId;
}

/** Both have the chat on screen, with something said in it, and its copy in their browsers. */
async function aTalk(): Promise<Pair> {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await postAs(grace, chatId, 'The code of the gate is 4711');
  await postAs(ada, chatId, 'Thank you');
  for (const { page } of [ada, grace]) await messageOn(page, 'Thank you').waitFor();
  await expect.poll(() => copiesOf(ada.page)).toContain('4711');
  return { ada, grace, chatId };
}

async function askToClear(page: Page, title: string): Promise<void> {
  await chatInList(page, title).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Clear history…' }).click();
  await page.getByRole('dialog', { name: /^Clear / }).waitFor();
}

async function clear(page: Page, title: string, button: string): Promise<void> {
  await askToClear(page, title);
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** All that this browser keeps of chats and messages. */
function copiesOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const known = await indexedDB.databases();
    const all = known.map(async ({ name = '' }) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(new Error(name)));
      });
      const stores = [...database.objectStoreNames].map(
        (store) =>
          new Promise<unknown>((resolve, reject) => {
            const asking = database.transaction(store).objectStore(store).getAll();
            asking.addEventListener('success', () => resolve(asking.result));
            asking.addEventListener('error', () => reject(new Error(store)));
          }),
      );
      const found = await Promise.all(stores);
      database.close();
      return found;
    });
    return JSON.stringify(await Promise.all(all));
  });
}

test('a chat cleared for both is empty for both, also in what their browsers keep, and goes on', async () => {
  const { ada, grace } = await aTalk();
  await clear(ada.page, 'Grace', 'Clear for both');

  await ada.page.getByRole('main').getByText('You cleared the history').waitFor();
  await grace.page.getByRole('main').getByText('Ada cleared the history').waitFor();
  for (const { page } of [ada, grace]) {
    expect(await messagesOn(page).count()).toBe(0);
    await expect.poll(() => copiesOf(page)).not.toContain('4711');
    await page.reload();
    await composerOn(page).waitFor();
    await page.getByRole('main').getByText('cleared the history').waitFor();
    expect(await page.getByText('4711').count()).toBe(0);
  }
  await write(grace.page, 'A new beginning');
  await messageOn(ada.page, 'A new beginning').waitFor();
});

test('a chat cleared for me is empty on my devices, and stays with the other', async () => {
  const { ada, grace, chatId } = await aTalk();
  await clear(ada.page, 'Grace', 'Clear for me');
  await messageOn(ada.page, 'Thank you').waitFor({ state: 'hidden' });
  await expect.poll(() => copiesOf(ada.page)).not.toContain('4711');
  await ada.page.reload();
  await composerOn(ada.page).waitFor();
  await chatInList(ada.page, 'Grace').waitFor();
  expect(await ada.page.getByText('4711').count()).toBe(0);

  await messageOn(grace.page, 'The code of the gate is 4711').waitFor();
  await grace.page.reload();
  await messageOn(grace.page, 'The code of the gate is 4711').waitFor();
  // What Grace does with what she has kept brings nothing back.
  const { history } = await actAs(grace, 'openChat', { params: { chatId } });
  const [first] = history.messages;
  if (!first) throw new Error('Grace has lost it too');
  const params = { chatId, messageId: first.id };
  await actAs(grace, 'editMessage', { params, body: { text: 'The code of the gate is 4712' } });
  await actAs(grace, 'pinMessage', { params, body: { isOn: true } });
  await postAs(grace, chatId, 'And the gate is green');
  await messageOn(ada.page, 'And the gate is green').waitFor();
  expect(await ada.page.getByText('471').count()).toBe(0);
});

test('in a group the owner may clear for everyone, a member for themselves; notes go at once', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Sailors', [grace]);
  await postAs(ada, chatId, 'Cast off at nine');
  await grace.page.goto(`/chat/${chatId}`);
  await messageOn(grace.page, 'Cast off at nine').waitFor();
  await askToClear(grace.page, 'Sailors');
  expect(await grace.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).count()).toBe(0);
  await grace.page.keyboard.press('Escape');
  await grace.page.getByRole('dialog').waitFor({ state: 'hidden' });

  await chatInList(ada.page, 'Sailors').waitFor();
  await askToClear(ada.page, 'Sailors');
  expect(await findings(ada.page)).toEqual([]);
  await ada.page.keyboard.press('Escape');
  await ada.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await clear(ada.page, 'Sailors', 'Clear for everyone');
  await messageOn(grace.page, 'Cast off at nine').waitFor({ state: 'hidden' });
  await grace.page.getByRole('main').getByText('Ada cleared the history').waitFor();

  const notes = await actAs(ada, 'openNotes', {});
  await postAs(ada, notes.chat.id, 'My own 4711');
  await ada.page.goto(`/chat/${notes.chat.id}`);
  await messageOn(ada.page, 'My own 4711').waitFor();
  await clear(ada.page, 'Notes to self', 'Clear notes');
  await messageOn(ada.page, 'My own 4711').waitFor({ state: 'hidden' });
});
