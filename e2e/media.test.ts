import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeDirectChat } from './support/acts.ts';
import { chatInList, composerOn, messageOn, messagesOn, untilState, write } from './support/chatScreens.ts';
import { aPicture, dropFiles, pickFiles, type TestFile } from './support/files.ts';
import { photograph } from './support/pictures.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

const MEBIBYTE = 1024 * 1024;

let data: string;
let world: World;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'dialog-media-'));
  world = await startWorld({ env: { FILES_MAX_MB: '24', DIALOG_DATA: data } });
});
afterEach(() => world?.everyoneLeaves());
afterAll(async () => {
  await world?.close();
  await rm(data, { recursive: true, force: true });
});

async function twoInAChat(): Promise<{ ada: Guest; grace: Guest; chatId: ChatId }> {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(ada.page).waitFor();
  return { ada, grace, chatId };
}

function picturesOn(page: Page) {
  return messagesOn(page).getByRole('button', { name: /^Open picture/ });
}

test('a picture is picked, sent with a caption, and seen by the other', async () => {
  const { ada, grace } = await twoInAChat();
  await pickFiles(ada.page, [await aPicture(ada.page, 'harbour.png', 'teal')]);
  await ada.page.getByRole('list', { name: '1 file to send' }).waitFor();
  await write(ada.page, 'The harbour this morning');
  await untilState(ada.page, 'The harbour this morning', 'Read');
  const seen = messageOn(grace.page, 'The harbour this morning').locator('img');
  await expect.poll(() => seen.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
});

test('the gallery opens on a press, leads through the chat by keys, and gives the focus back', async () => {
  const { ada, grace } = await twoInAChat();
  for (const name of ['first.png', 'second.png']) {
    await pickFiles(ada.page, [await aPicture(ada.page, name, name === 'first.png' ? 'navy' : 'salmon')]);
    await write(ada.page, `About ${name}`);
    await untilState(ada.page, `About ${name}`, 'Read');
  }
  const { page } = grace;
  await page.getByRole('button', { name: 'Open picture second.png' }).click();
  const gallery = page.getByRole('dialog', { name: 'Ada' });
  await gallery.getByText('About second.png').waitFor();
  await gallery.getByText('2 of 2').waitFor();
  await page.keyboard.press('ArrowLeft');
  await gallery.getByText('About first.png').waitFor();
  const picture = gallery.getByRole('img', { name: 'first.png' });
  const before = await picture.boundingBox();
  await page.keyboard.press('+');
  await expect.poll(async () => (await picture.boundingBox())?.width).toBeGreaterThan((before?.width ?? 0) * 1.4);
  await page.keyboard.press('0');
  await page.keyboard.press('Escape');
  await gallery.waitFor({ state: 'detached' });
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Open picture second.png');
});

test('several files dropped at once make one message and keep their order', async () => {
  const { ada, grace } = await twoInAChat();
  const names = ['one.png', 'two.png', 'three.png', 'four.png'];
  const files = await Promise.all(
    names.map((name, index) => aPicture(ada.page, name, ['red', 'green', 'blue', 'gold'][index] ?? '')),
  );
  await dropFiles(ada.page, files);
  await ada.page.getByRole('list', { name: '4 files to send' }).waitFor();
  await ada.page.getByRole('button', { name: 'Send', exact: true }).click();
  await picturesOn(grace.page).nth(3).waitFor();
  expect(await messagesOn(grace.page).count()).toBe(1);
  const labels = await picturesOn(grace.page).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  expect(labels).toEqual(names.map((name) => `Open picture ${name}`));
});

test('a file arrives as it was sent', async () => {
  const { ada, grace } = await twoInAChat();
  const plan = someBytes('plan.bin', 300_000);
  await pickFiles(ada.page, [plan]);
  await ada.page.getByRole('button', { name: 'Send', exact: true }).click();
  const [download] = await Promise.all([
    grace.page.waitForEvent('download'),
    grace.page.getByRole('link', { name: 'Download plan.bin' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('plan.bin');
  expect((await readFile(await download.path())).equals(plan.buffer)).toBe(true);
});

test('an upload that is cut goes on after a reload, and sends nothing twice', async () => {
  const { ada, grace } = await twoInAChat();
  const film = someBytes('film.bin', 20 * MEBIBYTE);
  const sent: number[] = [];
  ada.page.on('request', (request) => {
    if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset']));
  });
  // The first piece passes, the second never gets there.
  await ada.page.route('**/api/uploads/*', (route) =>
    route.request().method() === 'PATCH' && route.request().headers()['upload-offset'] !== '0'
      ? route.abort('connectionreset')
      : route.continue(),
  );
  await pickFiles(ada.page, [film]);
  await ada.page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => sent.some((offset) => offset > 0), { timeout: 20_000 }).toBe(true);
  await ada.page.unroute('**/api/uploads/*');
  sent.length = 0;
  await ada.page.reload();
  await grace.page.getByRole('link', { name: 'Download film.bin' }).waitFor();
  expect(Math.min(...sent)).toBeGreaterThanOrEqual(16 * MEBIBYTE);
});

test('a file that is too large is refused in words, and stays with its writer', async () => {
  const { ada } = await twoInAChat();
  await pickFiles(ada.page, [someBytes('disk.img', 30 * MEBIBYTE)]);
  await write(ada.page, 'The whole disk');
  const message = messageOn(ada.page, 'The whole disk');
  await message.getByText('This file is larger than the server takes.').waitFor();
  await message.getByText('disk.img').waitFor();
  await message.getByRole('button', { name: 'Delete' }).click();
  await message.waitFor({ state: 'detached' });
});

test('a message whose upload is stopped is gone, and what was written after it goes', async () => {
  const { ada, grace } = await twoInAChat();
  await ada.page.route('**/api/uploads/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort('connectionreset') : route.continue(),
  );
  await pickFiles(ada.page, [someBytes('film.bin', MEBIBYTE)]);
  await write(ada.page, 'The film');
  await write(ada.page, 'Or later');
  await messageOn(ada.page, 'The film').getByRole('button', { name: 'Stop sending' }).click();
  await messageOn(grace.page, 'Or later').waitFor();
  expect(await messageOn(ada.page, 'The film').count()).toBe(0);
});

test('a voice note is recorded by keys, heard before it is sent, and plays at the other end', async () => {
  const { ada, grace } = await twoInAChat();
  await ada.page.getByRole('button', { name: 'Record a voice message' }).focus();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('timer').getByText('0:02').waitFor();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('button', { name: 'Send voice message' }).waitFor();
  await ada.page.getByRole('button', { name: 'Play: Voice message' }).click();
  await ada.page.getByRole('button', { name: 'Pause: Voice message' }).waitFor();
  expect(await photograph(ada.page, 'voice')).toEqual([]);
  await ada.page.getByRole('button', { name: 'Send voice message' }).click();
  await chatInList(grace.page, 'Ada').getByText('Voice message').waitFor();
  const note = messagesOn(grace.page).last();
  await note.getByText('Not heard yet').waitFor({ state: 'attached' });
  await note.getByRole('button', { name: 'Play: Voice message' }).click();
  await expect.poll(() => note.getByRole('slider').inputValue().then(Number), { timeout: 10_000 }).toBeGreaterThan(500);
  expect(await note.getByText('Not heard yet').count()).toBe(0);
});

test('a voice note is given up by Escape, and by sliding away while it is held', async () => {
  const { ada } = await twoInAChat();
  const { page } = ada;
  const record = page.getByRole('button', { name: 'Record a voice message' });
  await record.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stop recording' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Stop recording' }).waitFor({ state: 'detached' });
  const box = await record.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.getByText('Slide away to discard').waitFor();
  await page.mouse.move(x - 200, y, { steps: 4 });
  await page.getByText('Release to discard').waitFor();
  await page.mouse.up();
  await record.waitFor();
  expect(await messagesOn(page).count()).toBe(0);
});

test('the details of a chat list what was sent in it, and a sound goes on while one reads elsewhere', async () => {
  const { ada } = await twoInAChat();
  const { page } = ada;
  await pickFiles(page, [
    await aPicture(page, 'harbour.png', 'teal'),
    someBytes('plan.bin', 2_000),
    aSound('song.wav'),
  ]);
  await write(page, 'All at once');
  await untilState(page, 'All at once', 'Read');
  expect(await photograph(page, 'files')).toEqual([]);
  await page.getByRole('button', { name: 'Details of Grace' }).click();
  const details = page.getByRole('complementary');
  await details.getByRole('button', { name: 'Open picture harbour.png' }).click();
  await page.getByRole('dialog').getByText('1 of 1').waitFor();
  expect(await photograph(page, 'gallery')).toEqual([]);
  await page.keyboard.press('Escape');
  await details.getByRole('tab', { name: 'Media' }).press('ArrowRight');
  await details.getByRole('link', { name: 'Download plan.bin' }).waitFor();
  await details.getByRole('tab', { name: 'Files' }).press('ArrowRight');
  await details.getByRole('tab', { name: 'Links' }).press('ArrowRight');
  await details.getByRole('button', { name: 'Play: song.wav' }).click();
  await page.keyboard.press('Control+,');
  const bar = page.getByRole('region', { name: 'song.wav' });
  await bar.getByRole('button', { name: 'Pause: song.wav' }).click();
  await bar.getByRole('button', { name: 'Stop playing' }).click();
  await bar.waitFor({ state: 'detached' });
});

/** Twenty seconds of a tone. */
function aSound(name: string): TestFile {
  const [rate, seconds] = [8_000, 20];
  const samples = Buffer.alloc(rate * seconds, 128);
  for (let at = 0; at < samples.length; at += 1) samples[at] = 128 + Math.round(40 * Math.sin(at / 3));
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return { name, mimeType: 'audio/wav', buffer: Buffer.concat([head, samples]) };
}

/** Not one like another, so that a mistake by a piece is seen. */
function someBytes(name: string, length: number): TestFile {
  const buffer = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) buffer.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  return { name, mimeType: 'application/octet-stream', buffer };
}
