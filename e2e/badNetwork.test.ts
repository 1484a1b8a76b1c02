import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeGroupOf } from './support/acts.ts';
import { joinCall, openChat, startCall, tileOf, untilHeard, untilSeen, videoOf } from './support/callScreens.ts';
import { freePort, until } from './support/children.ts';
import { now, watchFor } from './support/clock.ts';
import { lookAt } from './support/media.ts';
import { givesMovingScreen, mainTile, showLarge, takeStands, untilStanding } from './support/standing.ts';
import { type TcpProxy, tcpProxy } from './support/tcpProxy.ts';
import { type UdpFlow, type UdpProxy, udpProxy } from './support/udpProxy.ts';
import { startWorld, type World } from './support/world.ts';

/** Another address of this machine, so that media cannot go past the proxy. */
const MEDIA_HOST = '127.0.0.2';

const WAYS_FOUND_MS = 1_500;
const STEADY_MS = 4_000;

let world: World;
let network: UdpProxy;
/** Anna's way to the server itself. */
let wire: TcpProxy;
let annasUrl: string;
beforeAll(async () => {
  const port = await freePort();
  wire = await tcpProxy({ host: '127.0.0.1', port });
  annasUrl = `http://127.0.0.1:${wire.port}`;
  world = await startWorld({ hasCalls: true, mediaHost: MEDIA_HOST, port, origins: [annasUrl] });
  network = await udpProxy({ host: MEDIA_HOST, port: world.livekit?.udpPort ?? 0 });
});
afterEach(() => world?.everyoneLeaves());
afterAll(async () => {
  network?.close();
  await world?.close();
  await wire?.close();
});

/** Anna and Berta see each other; `annasWay` is only Anna's. */
async function callOfTwo() {
  const [anna, berta] = [await world.signUp('Anna', { url: annasUrl }), await world.signUp('Berta')];
  await givesMovingScreen(anna);
  const chatId = await makeGroupOf(anna, 'Band', [berta]);
  await Promise.all([anna, berta].map((guest) => openChat(guest, chatId)));
  const before = new Set(network.flows());
  await startCall(anna);
  const annas = (): UdpFlow[] => network.flows().filter((flow) => !before.has(flow));
  await until(() => annas().length > 0, { what: 'Anna to send' });
  // A browser tries several ways, and may go from one to another while it finds the best.
  await anna.page.waitForTimeout(WAYS_FOUND_MS);
  const ways = annas();
  const annasWay: UdpFlow = { spoil: (spoiling) => ways.forEach((way) => way.spoil(spoiling)) };
  await joinCall(berta);
  await Promise.all([untilSeen(anna, 'Berta'), untilSeen(berta, 'Anna')]);
  return { anna, berta, annasWay };
}

test('a link that loses a third: its owner reads so, the other that it is not theirs, and pictures give way to the voice', async () => {
  const { anna, berta, annasWay } = await callOfTwo();
  annasWay.spoil({ up: 0.33, down: 0 });
  await anna.page.getByText(/Your connection loses \d+ % of what you send/).waitFor();
  await anna.page.getByText('Your camera is held back, so that your voice gets through.').waitFor();
  await berta.page.getByText('Anna’s connection is poor. It is not yours.').waitFor();
  await untilHeard(berta, 1);
  await until(async () => (await lookAt(berta.page, videoOf('Anna'))).length === 0, { what: 'the camera to be off' });

  await anna.page.getByRole('button', { name: 'Show pictures anyway' }).click();
  annasWay.spoil({ up: 0, down: 0 });
  await untilSeen(berta, 'Anna');
  await anna.page.getByRole('button', { name: 'Leave call' }).click();
  await anna.page.getByText(/Your connection lost \d+ % of what you sent, for \d+ sec/).waitFor();
});

test('on another network the call goes on within five seconds, with the same mute', async () => {
  const { anna, berta, annasWay } = await callOfTwo();
  await anna.page.getByRole('toolbar').getByRole('button', { name: 'Mute' }).click();
  await tileOf(berta.page, 'Anna').getByText('muted').waitFor({ state: 'attached' });
  annasWay.spoil({ up: 1, down: 1 });
  const isMoving = async (): Promise<boolean> =>
    (await lookAt(berta.page, videoOf('Anna'))).some(({ changed }) => changed > 0);
  await until(async () => !(await isMoving()), { what: 'the picture to stand still' });
  const changedAt = now();
  await anna.page.evaluate(() => dispatchEvent(new Event('online')));
  await until(isMoving, { what: 'Anna to move again' });
  expect(now() - changedAt).toBeLessThan(5_000);
  await tileOf(berta.page, 'Anna').getByText('muted').waitFor({ state: 'attached' });
});

test('a network that is gone for eight seconds: seen within three, nobody loses their place, and all is as it was', async () => {
  const { anna, berta, annasWay } = await callOfTwo();
  const standing = { silent: anna, sharer: anna, viewer: berta };
  await takeStands(standing);
  await showLarge(anna, 'Berta');
  const lost = await watchFor(anna.page, { selector: 'body', text: 'Reconnecting', until: 'there' });

  const goneAt = now();
  wire.blackHole();
  annasWay.spoil({ up: 1, down: 1 });
  expect((await lost.at()) - goneAt).toBeLessThan(3_000);
  await anna.page.waitForTimeout(8_000 - (now() - goneAt));
  expect(await tileOf(berta.page, 'Anna').count()).toBeGreaterThan(0);
  expect(await tileOf(anna.page, 'Berta').count()).toBe(1);

  const backAt = now();
  wire.heal();
  annasWay.spoil({ up: 0, down: 0 });
  await Promise.all([untilSeen(anna, 'Berta'), untilHeard(anna, 1), untilSeen(berta, 'Anna’s screen')]);
  expect(now() - backAt).toBeLessThan(15_000);
  await untilStanding(standing);
  await mainTile(anna, 'Berta').waitFor();
});

test('a way that is closed to media alone, while all else goes through, is missed within three seconds, and another one found', async () => {
  const { anna, annasWay } = await callOfTwo();
  // By how it was before one knows that it fell silent.
  await anna.page.waitForTimeout(STEADY_MS);
  const lost = await watchFor(anna.page, { selector: 'body', text: 'Reconnecting', until: 'there' });
  const closedAt = now();
  annasWay.spoil({ up: 1, down: 1 });
  expect((await lost.at()) - closedAt).toBeLessThan(3_000);
  await anna.page.getByText('Reconnecting').waitFor({ state: 'detached' });
  await Promise.all([untilSeen(anna, 'Berta'), untilHeard(anna, 1)]);
});
