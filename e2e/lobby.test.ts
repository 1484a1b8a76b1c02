import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { makeGroupOf } from './support/acts.ts';
import { openChat, startCall } from './support/callScreens.ts';
import { until } from './support/children.ts';
import { giveDevices } from './support/devices.ts';
import { aPicture } from './support/files.ts';
import { composerOn } from './support/chatScreens.ts';
import { listen } from './support/media.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

/** Code and models that are only for who switches something on. */
const OF_EFFECTS = /rnnoise|workletProcessor|selfie_segmentation|background\.worker/;
const AUDIBLE = 0.01;

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true, hasWindows: true });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

async function withDevices(name: string): Promise<Guest> {
  const guest = await world.signUp(name);
  await giveDevices(guest.page);
  await openChat(guest, await makeGroupOf(guest, 'Band', []));
  return guest;
}

async function openLobby({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: 'Start video call' }).click();
  await page
    .getByRole('dialog')
    .getByText(/Measured: .+ to the server and back/)
    .waitFor();
}

async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Of one's own picture in the lobby: the chessboard behind the person, and the person's cheek. */
function lookAtPreview(page: Page) {
  return page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('[role="dialog"] video');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [480, 270];
    const surface = canvas.getContext('2d');
    if (!video || !surface) return null;
    surface.drawImage(video, 0, 0, 480, 270);
    const colours = (x: number, y: number, size: number): number[][] => {
      const { data } = surface.getImageData(x, y, size, size);
      return Array.from({ length: size * size }, (_, pixel) => [...data.slice(pixel * 4, pixel * 4 + 3)]);
    };
    const mean = (all: number[][]): number[] =>
      [0, 1, 2].map((colour) => all.reduce((sum, one) => sum + (one[colour] ?? 0), 0) / all.length);
    const board = colours(20, 20, 56);
    const greys = board.map(([red = 0]) => red);
    return {
      contrast: Math.max(...greys) - Math.min(...greys),
      behind: mean(board),
      cheek: mean(colours(205, 120, 10)),
      frames: video.getVideoPlaybackQuality().totalVideoFrames,
    };
  });
}

async function untilPreview(
  page: Page,
  what: string,
  isSo: (seen: NonNullable<Awaited<ReturnType<typeof lookAtPreview>>>) => boolean,
) {
  let seen: Awaited<ReturnType<typeof lookAtPreview>> = null;
  await until(
    async () => {
      seen = await lookAtPreview(page);
      return seen !== null && isSo(seen);
    },
    { what, timeoutMs: 40_000, everyMs: 300 },
  ).catch((error: unknown) => {
    throw new Error(`${what}; last seen: ${JSON.stringify(seen)}`, { cause: error });
  });
  return (await lookAtPreview(page))!;
}

test('the room behind somebody is blurred or replaced, the person stays, and nothing of it leaves this server', async () => {
  const anna = await withDevices('Anna');
  const { page } = anna;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await openLobby(anna);
  await choose(page, 'Camera', 'Desk camera');
  const plain = await untilPreview(page, 'the room is seen', ({ contrast }) => contrast > 200);
  expect(requests.filter((url) => OF_EFFECTS.test(url))).toEqual([]);

  await choose(page, 'Background', 'Blurred');
  const isStillThere = (cheek: readonly number[]): boolean =>
    cheek.every((value, colour) => Math.abs(value - (plain.cheek[colour] ?? 0)) < 15);
  const blurred = await untilPreview(
    page,
    'the room is blurred, and the person is not',
    ({ contrast, cheek }) => contrast < 90 && isStillThere(cheek),
  );
  await untilPreview(page, 'frames go on', ({ frames }) => frames > blurred.frames + 5);

  await page.getByLabel('Choose picture …').setInputFiles(await aPicture(page, 'red.png', '#e01010'));
  await untilPreview(
    page,
    'a picture is behind the person',
    ({ behind: [red = 0, green = 0], cheek }) => red > 180 && green < 90 && isStillThere(cheek),
  );

  await choose(page, 'Background', 'As it is');
  await untilPreview(page, 'the room is seen again', ({ contrast }) => contrast > 200);
  const [origin] = world.nodes.map(({ url }) => url);
  expect(requests.filter((url) => OF_EFFECTS.test(url)).length).toBeGreaterThan(0);
  expect(requests.filter((url) => !url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))).toEqual([]);
});

test('a device unplugged gives way to another and comes back; a refusal says the way out and heals', async () => {
  const berta = await withDevices('Berta');
  const { page } = berta;
  await openLobby(berta);
  const dialog = page.getByRole('dialog');
  await choose(page, 'Camera', 'Desk camera');
  await untilPreview(page, 'the chosen camera', ({ contrast }) => contrast > 200);
  await page.evaluate(() => window.bench.plug(['Built-in camera', 'Built-in microphone', 'Built-in speaker']));
  await dialog.getByText('“Desk camera” is not connected. “Built-in camera” is used until it is back.').waitFor();
  await untilPreview(page, 'the other camera', ({ contrast, behind: [, , blue = 0] }) => contrast < 30 && blue > 150);
  await page.evaluate(() =>
    window.bench.plug(['Built-in camera', 'Desk camera', 'Built-in microphone', 'Built-in speaker']),
  );
  await untilPreview(page, 'the chosen camera again', ({ contrast }) => contrast > 200);
  await dialog.getByText('is not connected').waitFor({ state: 'detached' });

  await page.evaluate(() => window.bench.refuse('NotAllowedError', 'Permission denied'));
  await dialog.getByRole('button', { name: 'Turn camera off' }).click();
  await dialog.getByRole('button', { name: 'Turn camera on' }).click();
  await dialog.getByText(/blocks the camera for this site\. Click the icon at the left of the address/).waitFor();
  await page.evaluate(() => {
    window.bench.refuse(null);
    dispatchEvent(new Event('focus'));
  });
  await dialog.getByText('blocks the camera').waitFor({ state: 'detached' });
  await untilPreview(page, 'the camera after the refusal', ({ contrast }) => contrast > 200);

  await dialog.getByRole('button', { name: 'Test speaker' }).click();
  expect(Math.max(...(await listen(page)))).toBeGreaterThan(AUDIBLE);
  await dialog.getByText('Did you hear two notes?').waitFor();
  await dialog.getByRole('button', { name: 'No', exact: true }).click();
  await dialog.getByText(/try another speaker from the list/).waitFor();
});

test('in a call the microphone goes through what takes noise away, a mute holds through that, and who speaks into it is told', async () => {
  const clara = await withDevices('Clara');
  const { page } = clara;
  await startCall(clara);
  const controls = page.getByRole('toolbar', { name: 'Call controls' });
  await page.evaluate(() => window.bench.hear('noise'));
  await controls.getByRole('button', { name: 'Camera, microphone and speaker' }).click();
  await page.getByRole('switch', { name: 'Reduce noise' }).click();
  await until(
    async () => {
      const { loudness } = await page.evaluate(() => window.bench.listenToEffect());
      return loudness > 0;
    },
    { what: 'the microphone to be heard through it', timeoutMs: 40_000 },
  );
  await page.keyboard.press('Escape');

  await page.evaluate(() => window.bench.hear('voice'));
  await controls.getByRole('button', { name: 'Mute' }).click();
  expect(await page.evaluate(() => window.bench.listenToEffect())).toEqual({ loudness: 0, isEnabled: false });
  await page.getByText('You are muted. Nobody hears what you say.').waitFor();

  await controls.getByRole('button', { name: 'Camera, microphone and speaker' }).click();
  await page.getByRole('switch', { name: 'Push to talk' }).press('Space');
  await page.getByRole('switch', { name: 'Push to talk', checked: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const isLetThrough = async (): Promise<boolean> =>
    (await page.evaluate(() => window.bench.listenToEffect())).isEnabled;
  const heard = page.getByText('The others hear you.');
  // The gear has the focus again.
  await page.keyboard.down('Space');
  await heard.waitFor();
  await page.keyboard.up('Space');
  await heard.waitFor({ state: 'detached' });
  expect(await page.getByRole('dialog').count()).toBe(0);
  // Now the hand has it, since it was clicked: it stays up.
  await controls.getByRole('button', { name: 'Raise hand' }).click();
  await page.keyboard.down('Space');
  await heard.waitFor();
  expect(await isLetThrough()).toBe(true);
  await page.keyboard.up('Space');
  await heard.waitFor({ state: 'detached' });
  expect(await isLetThrough()).toBe(false);
  await controls.getByRole('button', { name: 'Lower hand' }).waitFor();

  // By mouse or finger it is the button that talks, as long as it is held.
  await controls.getByRole('button', { name: 'Hold to talk' }).hover();
  await page.mouse.down();
  await heard.waitFor();
  await page.mouse.move(5, 5);
  expect(await isLetThrough()).toBe(true);
  await page.mouse.up();
  await heard.waitFor({ state: 'detached' });
  await controls.getByRole('button', { name: 'Hold to talk' }).click();
  expect(await isLetThrough()).toBe(false);
  // A screen reader heard of the mute and of the hand, and not of each word.
  expect(await page.locator('[aria-live] > p').allTextContents()).toEqual(['Microphone off.', 'Hand raised.']);

  // In the window above all others, too.
  await page.keyboard.press('w');
  await until(() => page.evaluate(pressAbove, 'keydown'), { what: 'the key to go down in the window above' });
  await heard.waitFor();
  await page.evaluate(pressAbove, 'keyup');
  await heard.waitFor({ state: 'detached' });
  await page.keyboard.press('w');

  // From within a text, where a space is a space, one chord changes sides and says so.
  await page.keyboard.press('c');
  const text = composerOn(page);
  await text.pressSequentially('hold on ');
  await text.press('Control+Shift+M');
  await page.getByText('Microphone on.').waitFor({ state: 'attached' });
  expect(await text.inputValue()).toBe('hold on ');
  expect(await isLetThrough()).toBe(true);

  await page.evaluate(() => window.bench.hear('silence'));
  await page.getByText('Nothing at all comes from your microphone.').waitFor();
});

/** The space bar, in the window that the page has opened above all others. Answers whether there is one. */
function pressAbove(type: string): boolean {
  const { documentPictureInPicture: above } = window as unknown as {
    documentPictureInPicture: { window: Window | null };
  };
  const mute = above.window?.document.querySelector('[aria-label="Hold to talk"]');
  mute?.dispatchEvent(new KeyboardEvent(type, { code: 'Space', key: ' ', bubbles: true, cancelable: true }));
  return Boolean(mute);
}
