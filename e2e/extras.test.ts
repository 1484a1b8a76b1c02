import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../server/src/platform/ids.ts';
import { ffmpegsHere } from '../server/src/testing/ffmpegs.ts';
import { type GiphyStandIn, startGiphyStandIn } from '../server/src/testing/giphyStandIn.ts';
import { actAs, makeDirectChat, makeGroupOf } from './support/acts.ts';
import { chatInList, composerOn, messageOn, messagesOn } from './support/chatScreens.ts';
import { aPicture, pickFiles } from './support/files.ts';
import { photograph } from './support/pictures.ts';
import { untilShellIsKept } from './support/tabs.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let giphy: GiphyStandIn;
let world: World;
beforeAll(async () => {
  giphy = await startGiphyStandIn();
  const ffmpeg = (await ffmpegsHere()).at(-1)?.program ?? '';
  world = await startWorld({ env: { ...giphy.env, FFMPEG: ffmpeg } });
});
afterEach(() => world?.everyoneLeaves());
afterAll(async () => {
  await world?.close();
  giphy?.stop();
});

async function twoInAChat({ keepsShell = false } = {}): Promise<{ ada: Guest; grace: Guest; chatId: ChatId }> {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell }), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(ada.page).waitFor();
  return { ada, grace, chatId };
}

async function openGifs(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Emoji' }).last().click();
  await page.getByRole('tab', { name: 'GIFs' }).click();
  await page.getByRole('button', { name: 'liked, number gif0', exact: true }).waitFor();
}

test('a GIF is found by words, moved to by keys, and seen moving by those who want motion', async () => {
  const { ada, grace } = await twoInAChat();
  const { page } = ada;
  await openGifs(page);
  await page.getByRole('searchbox', { name: 'Search GIPHY' }).fill('tea');
  await page.getByRole('button', { name: 'tea, number gif0', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  expect(await focused()).toBe('tea, number gif1');
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Search GIPHY' }).waitFor({ state: 'detached' });

  for (const guest of [ada, grace]) {
    const picture = messagesOn(guest.page).getByRole('button', { name: /number gif1\.webp$/ });
    await picture.waitFor();
    await expect
      .poll(() => picture.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width))
      .toBeGreaterThan(200);
    await picture.hover();
    expect(await picture.locator('img').isVisible()).toBe(false);
    await guest.page.mouse.move(0, 0);
    await guest.page.emulateMedia({ reducedMotion: 'no-preference' });
    await picture.hover();
    await picture.locator('img').waitFor();
  }
  expect(new Set(giphy.heard.map(({ headers }) => headers['user-agent'])).size).toBe(1);
});

test('more come as one scrolls, and the panel looks right', async () => {
  const { ada } = await twoInAChat();
  const { page } = ada;
  await openGifs(page);
  await page.getByRole('button', { name: 'liked, number gif23', exact: true }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'liked, number gif40', exact: true }).waitFor();
  await page.getByRole('button', { name: 'liked, number gif0', exact: true }).scrollIntoViewIfNeeded();
  expect(await photograph(page, 'gifs')).toEqual([]);
});

/** As the share sheet of a system does it: a form, posted to the manifest's address. */
async function shareInto(
  page: Page,
  shared: { title?: string; text?: string; files?: readonly string[] },
): Promise<void> {
  await untilShellIsKept(page);
  await page.evaluate(({ files = [], ...words }) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'POST', action: '/share', enctype: 'multipart/form-data', hidden: true });
    for (const [name, value] of Object.entries(words)) {
      const input = document.createElement('input');
      Object.assign(input, { name, value });
      form.append(input);
    }
    const picked = new DataTransfer();
    for (const name of files) picked.items.add(new File([`content of ${name}`], name, { type: 'text/plain' }));
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', name: 'files', multiple: true, files: picked.files });
    form.append(input);
    document.body.append(form);
    form.submit();
  }, shared);
}

test('what another app shares goes to several chats, with its files and with words', async () => {
  const { ada, grace } = await twoInAChat({ keepsShell: true });
  const { page } = ada;
  await makeGroupOf(ada, 'Crew', [grace]);
  const manifest = (await (await fetch(`${world.nodes[0]?.url}/manifest.webmanifest`)).json()) as object;
  expect(manifest).toMatchObject({ share_target: { action: '/share', params: { files: [{ name: 'files' }] } } });
  await shareInto(page, { title: 'The log', text: 'Read this', files: ['log.txt', 'notes.txt'] });
  const dialog = page.getByRole('dialog', { name: 'Share to …' });
  await dialog.getByText('log.txt').waitFor();
  const caption = dialog.getByRole('textbox', { name: 'Message' });
  expect(await caption.inputValue()).toBe('The log\nRead this');
  await caption.fill('Read this');
  for (const title of ['Grace', 'Crew']) await dialog.getByRole('checkbox', { name: title }).check({ force: true });
  expect(await photograph(page, 'share')).toEqual([]);
  await dialog.getByRole('button', { name: 'Send to 2 chats' }).click();
  await dialog.waitFor({ state: 'detached' });

  for (const title of [null, 'Crew']) {
    if (title !== null) await chatInList(grace.page, title).click();
    const message = messageOn(grace.page, 'Read this');
    await message.getByText('log.txt').waitFor();
    await message.getByText('notes.txt').waitFor();
  }
  await page.goto('/share');
  await page.getByText('Nothing has come here to be shared.', { exact: false }).waitFor();
});

test('who is signed out signs in first, and nothing shared is lost', async () => {
  const { ada, grace } = await twoInAChat();
  const page = await world.visit({ keepsShell: true });
  await shareInto(page, { text: 'From the outside', files: ['outside.txt'] });
  await page.getByRole('textbox', { name: 'User name' }).fill(ada.userName);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share to …' });
  await dialog.getByText('outside.txt').waitFor();
  await dialog.getByRole('checkbox', { name: 'Grace' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await messageOn(grace.page, 'From the outside').getByText('outside.txt').waitFor();
  await messageOn(page, 'From the outside').waitFor();
});

test('a browser that does not play Opus is given a voice note in AAC', async () => {
  const { ada, grace, chatId } = await twoInAChat();
  // As Safari answers for years of its versions.
  await grace.page.addInitScript(() => {
    HTMLMediaElement.prototype.canPlayType = () => '';
  });
  await grace.page.goto(`/chat/${chatId}`);
  await ada.page.getByRole('button', { name: 'Record a voice message' }).focus();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('timer').getByText('0:01').waitFor();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('button', { name: 'Send voice message' }).click();
  const note = messagesOn(grace.page).last();
  const [sound] = await Promise.all([
    grace.page.waitForResponse((response) => response.url().endsWith('/sound')),
    note.getByRole('button', { name: 'Play: Voice message' }).click(),
  ]);
  expect(sound.ok()).toBe(true);
  expect(sound.headers()['content-type']).toBe('audio/mp4');
});

test('a picture is scheduled with its words; refused at its time it stays, with the reason, and is sent later', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeGroupOf(ada, 'Crew', [grace]);
  const { page } = grace;
  await Promise.all([ada, grace].map((guest) => guest.page.goto(`/chat/${chatId}`)));
  await pickFiles(page, [await aPicture(page, 'chart.png', 'teal')]);
  await composerOn(page).fill('For tomorrow');
  await page.getByRole('button', { name: 'More ways to send' }).click();
  await page.getByRole('menuitem', { name: 'Schedule…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule', exact: true }).click();
  const bar = page.getByRole('button', { name: /^1 scheduled/ });
  await bar.waitFor();
  expect(await page.getByRole('list', { name: '1 file to send' }).count()).toBe(0);
  expect(await composerOn(page).inputValue()).toBe('');

  await actAs(ada, 'changeGroup', { params: { chatId }, body: { isAnnouncementOnly: true } });
  const { messages } = await actAs(grace, 'listScheduled', { params: { chatId } });
  const params = { chatId, messageId: messages[0]?.id ?? newId<never>() };
  const sendAt = new Date(Date.now() + 500).toISOString();
  await actAs(grace, 'changeScheduled', { params, body: { sendAt } });
  await page.getByText('1 could not be sent').waitFor();
  await bar.click();
  const dialog = page.getByRole('dialog', { name: 'Scheduled messages' });
  await dialog.getByText(/^Not sent:/).waitFor();
  await dialog.getByText('chart.png').waitFor();
  expect(await photograph(page, 'scheduled-failed')).toEqual([]);

  await actAs(ada, 'changeGroup', { params: { chatId }, body: { isAnnouncementOnly: false } });
  await dialog.getByRole('button', { name: 'Send now' }).click();
  const seen = messageOn(ada.page, 'For tomorrow').locator('img');
  await expect.poll(() => seen.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
});
