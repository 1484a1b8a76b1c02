import { networkInterfaces } from 'node:os';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { openChat, tileOf, untilHeard, untilSeen, videoOf } from './support/callScreens.ts';
import { messageOn } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { dressAs, waysOf } from './support/knownMedia.ts';
import { type UdpProxy, udpProxy } from './support/udpProxy.ts';
import { fromEnvironment, type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let firefox: Browser;
let network: UdpProxy;
beforeAll(async () => {
  // Firefox sends no media to a loopback address.
  const mediaHost = ownAddress();
  world = await startWorld({ hasCalls: true, mediaHost });
  network = await udpProxy({ host: mediaHost, port: world.livekit?.udpPort ?? 0 });
  // Playwright drives a Firefox of its own only; people have the one of their system.
  firefox = await launch({
    ...{ browser: 'firefox', executablePath: fromEnvironment('TEST_FIREFOX'), headless: true },
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
      'media.peerconnection.ice.loopback': true,
    },
  });
});
afterAll(async () => {
  await firefox?.close();
  network?.close();
  await world?.close();
});

/** Of this machine, in its network. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!own) throw new Error('this machine has no address but the loopback');
  return own.address;
}

/** In a profile of its own, by the form. */
async function signInWithFirefox({ userName, password }: Guest): Promise<Page> {
  const page = await (await firefox.createBrowserContext()).newPage();
  await page.evaluateOnNewDocument(() => {
    window.e2eConnections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.e2eConnections.push(this);
      }
    };
  });
  await page.goto(world.nodes[0]?.url ?? '');
  await page.locator('input[name="userName"]').fill(userName);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  return page;
}

test('in a stock Firefox one signs in and chats', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await postAs(grace, chatId, 'Greetings to Firefox');
  await grace.page.goto(`/chat/${chatId}`);

  const page = await signInWithFirefox(ada);
  await page.locator('[role="option"]').click();
  await page.waitForFunction(() => document.querySelector('main')?.textContent.includes('Greetings to Firefox'));
  await page.locator('main textarea').click();
  await page.keyboard.type('Greetings from Firefox');
  await page.keyboard.press('Enter');
  await messageOn(grace.page, 'Greetings from Firefox').waitFor();
  await postAs(grace, chatId, 'And back');
  await page.waitForFunction(() => document.querySelector('main')?.textContent.includes('And back'));
  expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}`);
  await page.close();
});

test('a stock Firefox is called by a Chromium: both see and hear each other directly, and a mute is silence', async () => {
  const [anna, ben] = [await world.signUp('Anna'), await world.signUp('Ben')];
  await dressAs(anna.page, { colour: 'red', tone: 600 });
  const chatId = await makeDirectChat(anna, ben);
  await ben.page.close();
  const page = await signInWithFirefox(ben);
  await page.waitForSelector('[role="option"]');

  await openChat(anna, chatId);
  await anna.page.getByRole('button', { name: 'Start video call' }).click();
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();
  await page.locator('[data-testid="ring"] ::-p-aria([name="Answer with video"])').click();
  await untilSeen(anna, 'Ben');
  await untilHeard(anna, 1);
  // Seen before it was told of, the address is "peer reflexive"; straight it is either way.
  expect(await waysOf(anna.page)).toEqual([{ local: 'host', remote: expect.stringMatching(/^(host|prflx)$/) }]);
  await until(() => isRed(page, videoOf('Anna')), { what: 'Anna in Firefox' });
  await until(async () => (await loudnessIn(page)) > 0, { what: 'Anna to be heard in Firefox' });

  const signs = await anna.page.getByRole('button', { name: /^Compare with Ben/ }).getAttribute('aria-label');
  expect(signs).toBeTruthy();
  await page.waitForSelector(`::-p-aria([name="${signs?.replace('Ben', 'Anna')}"])`);

  await anna.page.getByRole('toolbar').getByRole('button', { name: 'Mute' }).click();
  await until(async () => (await loudnessIn(page)) === 0, { what: 'silence in Firefox' });
  await page.locator('[role="toolbar"] ::-p-aria([name="Mute"])').click();
  await tileOf(anna.page, 'Ben').getByText('muted').waitFor({ state: 'attached' });
});

test('a sealed call between a Chromium and a stock Firefox is seen and heard by both, through the media server', async () => {
  const [anna, ben] = [await world.signUp('Anna'), await world.signUp('Ben')];
  await dressAs(anna.page, { colour: 'red', tone: 600 });
  const chatId = await makeGroupOf(anna, 'Band', [ben]);
  await ben.page.close();
  await openChat(anna, chatId);
  await anna.page.getByRole('button', { name: 'Start video call' }).click();
  await anna.page.getByRole('switch', { name: 'Seal the call from end to end' }).click();
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();

  const page = await signInWithFirefox(ben);
  await page.locator('[role="option"]').click();
  await page.locator('::-p-aria([name="Join call"][role="button"])').click();
  await page.locator('[role="dialog"] ::-p-aria([name="Join"][role="button"])').click();
  await untilSeen(anna, 'Ben');
  await untilHeard(anna, 1);
  await until(() => isRed(page, videoOf('Anna')), { what: 'Anna in Firefox' });
  await until(async () => (await loudnessIn(page)) > 0, { what: 'Anna to be heard in Firefox' });
});

/** Whether the middle of a picture has Anna's colour. */
function isRed(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((css) => {
    const video = document.querySelector<HTMLVideoElement>(css);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1, 1];
    const pen = canvas.getContext('2d');
    if (!video || !pen || video.videoWidth === 0) return false;
    pen.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
    return red > 150 && green < 90 && blue < 90;
  }, selector);
}

/** The sound energy that arrives within half a second, by the connection's own figures: Firefox plays no sound without a device. */
function loudnessIn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const energy = async (): Promise<number> => {
      const reports = await Promise.all(window.e2eConnections.map((connection) => connection.getStats()));
      return reports
        .flatMap((report) => [...(report.values() as Iterable<RTCStats & { readonly totalAudioEnergy?: number }>)])
        .filter(({ type }) => type === 'inbound-rtp')
        .reduce((sum, { totalAudioEnergy = 0 }) => sum + totalAudioEnergy, 0);
    };
    const before = await energy();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return (await energy()) - before;
  });
}
