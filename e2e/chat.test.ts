import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, idOf, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import {
  chatInList,
  composerOn,
  MESSAGE_ROW,
  messageOn,
  messagesOn,
  untilState,
  write,
} from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { renderedRows, startCounting, watchRenders } from './support/renders.ts';
import { startWorld, type World } from './support/world.ts';

/** One send may meet a pause of the machine; the promise is about the usual one. */
const SENDS = 9;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

test('two people find each other and write; the words say how far a message got', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  await ada.page.getByRole('button', { name: 'New chat' }).first().click();
  await ada.page.getByLabel('User name').fill(grace.userName);
  await ada.page.getByRole('button', { name: 'Find', exact: true }).click();
  await ada.page.getByRole('button', { name: 'Open chat' }).click();
  await write(ada.page, 'Are you there?');
  await untilState(ada.page, 'Are you there?', 'Delivered');
  await chatInList(grace.page, 'Ada').getByText('Are you there?').waitFor();
  await chatInList(grace.page, 'Ada').getByText('1 unread message').waitFor({ state: 'attached' });
  await chatInList(grace.page, 'Ada').click();
  await untilState(ada.page, 'Are you there?', 'Read');
  await write(grace.page, 'Here I am.');
  await messageOn(ada.page, 'Here I am.').waitFor();
});

test('a message sent appears at once and reaches others in an instant', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  const waits: number[] = [];
  for (let number = 1; number <= SENDS; number += 1) waits.push(await sendAndWait(ada.page, `How long? ${number}`));
  expect(waits.toSorted((one, other) => one - other)[Math.floor(SENDS / 2)]).toBeLessThan(50);
  await messageOn(grace.page, `How long? ${SENDS}`).waitFor({ timeout: 5_000 });
});

/** Milliseconds from the key that sends to the bubble on the page, by the page's own clock. */
async function sendAndWait(page: Page, text: string): Promise<number> {
  await composerOn(page).fill(text);
  const wait = await page.evaluateHandle(
    ({ selector, words }) => {
      const isShown = (): boolean =>
        [...document.querySelectorAll(selector)].some((row) => row.textContent.includes(words));
      const shown = new Promise<number>((resolve) => {
        let pressedAt = Infinity;
        addEventListener('keydown', () => (pressedAt = performance.now()), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (!isShown()) return;
          observer.disconnect();
          resolve(performance.now() - pressedAt);
        });
        observer.observe(document, { subtree: true, childList: true, characterData: true });
      });
      return { shown };
    },
    { selector: MESSAGE_ROW, words: text },
  );
  await page.keyboard.press('Enter');
  return wait.evaluate(({ shown }) => shown);
}

test('a group is made, renamed, grown and shrunk, and everyone sees it happen', async () => {
  const [owner, second, third] = [await world.signUp('Olga'), await world.signUp('Sven'), await world.signUp('Tina')];
  await owner.page.getByRole('button', { name: 'New chat' }).first().click();
  await owner.page.getByRole('button', { name: 'Group', exact: true }).click();
  await owner.page.getByLabel('Name of the group').fill('Choir');
  await owner.page.getByLabel('User name').fill(second.userName);
  await owner.page.getByLabel('User name').press('Enter');
  await owner.page.getByRole('button', { name: 'Take Sven off' }).waitFor();
  await owner.page.getByRole('button', { name: 'Create group' }).click();
  await chatInList(second.page, 'Choir').click();
  await second.page.getByText('Olga created the group “Choir”').first().waitFor();

  const chatId = owner.page.url().split('/').at(-1) as ChatId;
  await actAs(owner, 'addMembers', { params: { chatId }, body: { userIds: [await idOf(third)] } });
  await second.page.getByRole('main').getByText('Olga added Tina').waitFor();
  await chatInList(third.page, 'Choir').waitFor();
  await actAs(owner, 'renameGroup', { params: { chatId }, body: { title: 'Loud choir' } });
  await chatInList(third.page, 'Loud choir').waitFor();
  await chatInList(third.page, 'Loud choir').click();
  await write(third.page, 'Thank you');
  await messageOn(owner.page, 'Thank you').waitFor();

  await actAs(owner, 'removeMember', { params: { chatId, userId: await idOf(third) } });
  await chatInList(third.page, 'Loud choir').waitFor({ state: 'detached' });
  await postAs(owner, chatId, 'Only for those who are left');
  await messageOn(second.page, 'Only for those who are left').waitFor();
  expect(await third.page.getByText('Only for those who are left').count()).toBe(0);
});

test('an owner makes someone admin and back, hands over and leaves; everyone sees it, and the one who left nothing more', async () => {
  const [owner, heir, third] = [await world.signUp('Otto'), await world.signUp('Hedi'), await world.signUp('Tim')];
  const chatId = await makeGroupOf(owner, 'Rowing club', [heir, third]);
  await Promise.all([owner, heir, third].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await Promise.all([owner, heir].map(({ page }) => openDetails(page)));

  await giveRole(owner.page, 'Hedi', 'Admin');
  await heir.page.getByText('You are an admin').waitFor();
  await heir.page.getByRole('button', { name: 'Add people' }).waitFor();
  await third.page.getByRole('main').getByText('Hedi: now an admin').waitFor();
  await giveRole(owner.page, 'Hedi', 'Member');
  await heir.page.getByText('You are a member').waitFor();
  await heir.page.getByRole('button', { name: 'Add people' }).waitFor({ state: 'detached' });

  await leave(owner.page);
  await owner.page.getByText('Make someone else an owner first.').waitFor();
  await owner.page.getByRole('button', { name: 'Cancel' }).click();
  await giveRole(owner.page, 'Hedi', 'Owner');
  await heir.page.getByText('You are an owner').waitFor();
  await leave(owner.page);
  await chatInList(owner.page, 'Rowing club').waitFor({ state: 'detached' });
  await Promise.all([heir, third].map(({ page }) => page.getByRole('main').getByText('Otto left the group').waitFor()));
  await postAs(heir, chatId, 'Now we row east');
  await messageOn(third.page, 'Now we row east').waitFor();
  expect(await owner.page.getByText('Now we row east').count()).toBe(0);
  await expect(actAs(owner, 'openChat', { params: { chatId } })).rejects.toThrow('chat-not-found');
});

async function openDetails(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Details of / }).click();
  await page.getByRole('heading', { name: 'Details' }).waitFor();
}

async function giveRole(page: Page, name: string, role: 'Owner' | 'Admin' | 'Member'): Promise<void> {
  await page.getByRole('button', { name: `Manage ${name}` }).click();
  await page.getByRole('menuitemradio', { name: role }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave group' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave group' }).click();
}

test('a message received renders its own row and no other', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  for (let number = 1; number <= 20; number += 1) await postAs(ada, chatId, `Line ${number}`);
  await watchRenders(grace.context, MESSAGE_ROW);
  await grace.page.goto(`/chat/${chatId}`);
  await messageOn(grace.page, 'Line 20').waitFor();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await startCounting(grace.page);
  await postAs(ada, chatId, 'The new one');
  await messageOn(grace.page, 'The new one').waitFor();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const rows = await renderedRows(grace.page);
  expect(rows.some((row) => row.includes('The new one'))).toBe(true);
  // The one before may join its group of bubbles; nothing else has changed.
  expect(rows.filter((row) => !row.includes('The new one') && !row.includes('Line 20'))).toEqual([]);
});

test('older pages come in above without moving what is read, to the pixel', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  for (let number = 1; number <= 170; number += 1) {
    await postAs(
      ada,
      chatId,
      number % 7 === 0 ? `Line ${number}\n${'and much more of it '.repeat(12)}` : `Line ${number}`,
    );
  }
  // She wrote all of it, so that nothing is unread and the chat opens at its end.
  await ada.page.goto(`/chat/${chatId}`);
  await messageOn(ada.page, 'Line 170').waitFor();
  const jumps = await scrollUp(ada.page, 40);
  expect(jumps.rowsSeen).toBeGreaterThan(100);
  expect(jumps.worst).toBeLessThanOrEqual(1);
});

interface ScrollResult {
  readonly rowsSeen: number;
  /** The farthest that a row in view moved other than by what was scrolled, in pixels. */
  readonly worst: number;
}

/** Scrolls up in steps, and after each watches a row in view while pages load and heights get known. */
async function scrollUp(page: Page, steps: number): Promise<ScrollResult> {
  await until(async () => (await messagesOn(page).count()) > 5, { what: 'rows' });
  return page.evaluate(
    async ({ selector, count }) => {
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const first = document.querySelector(selector);
      let scroller = first?.parentElement ?? null;
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
      if (!scroller) throw new Error('nothing scrolls');
      const seen = new Set<string>();
      let worst = 0;
      for (let step = 0; step < count; step += 1) {
        scroller.scrollBy(0, -300);
        await frame();
        await frame();
        const box = scroller.getBoundingClientRect();
        const rows = [...document.querySelectorAll(selector)];
        for (const row of rows) seen.add(row.textContent);
        const anchor = rows.find((row) => row.getBoundingClientRect().top > box.top + box.height / 3);
        if (!anchor) continue;
        const before = anchor.getBoundingClientRect().top;
        const deadline = performance.now() + 250;
        while (performance.now() < deadline) {
          await frame();
          if (anchor.isConnected) worst = Math.max(worst, Math.abs(anchor.getBoundingClientRect().top - before));
        }
      }
      return { rowsSeen: seen.size, worst };
    },
    { selector: MESSAGE_ROW, count: steps },
  );
}

test('a chat opens at its end however tall its messages are, and lets the reader go up from there', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  for (let at = 1; at <= 30; at += 1) await postAs(ada, chatId, `Part ${at}\n`.repeat(at % 3 === 0 ? 60 : 2).trim());
  await ada.page.goto(`/chat/${chatId}`);
  const list = ada.page.getByRole('region', { name: /^Messages in/ });
  const belowPx = (): Promise<number> =>
    list.evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
  await messagesOn(ada.page).last().waitFor();
  await expect.poll(belowPx).toBe(0);
  await ada.page.reload();
  await messagesOn(ada.page).last().waitFor();
  await expect.poll(belowPx).toBe(0);
  await list.hover();
  await ada.page.mouse.wheel(0, -600);
  await expect.poll(belowPx).toBeGreaterThan(300);
  await postAs(grace, chatId, 'Meanwhile');
  await ada.page.getByRole('button', { name: /1 new message below/ }).waitFor();
  expect(await belowPx()).toBeGreaterThan(300);
});
