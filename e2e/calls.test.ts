import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { actAs, idOf, makeGroupOf } from './support/acts.ts';
import { callOf, joinCall, openChat, tileOf, untilHeard, untilSeen, videoOf } from './support/callScreens.ts';
import { until } from './support/children.ts';
import { now, watchFor } from './support/clock.ts';
import { colourOn, dressAs, tonesOn } from './support/knownMedia.ts';
import { listen } from './support/media.ts';
import { givesMovingScreen, takeStands, untilStanding } from './support/standing.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

const LOOKS = [
  { colour: 'red', tone: 400 },
  { colour: 'blue', tone: 800 },
  { colour: 'green', tone: 1_200 },
] as const;

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

async function groupOf(
  ...names: readonly [string, ...string[]]
): Promise<{ guests: Guest[]; chatId: Awaited<ReturnType<typeof makeGroupOf>> }> {
  const guests = await Promise.all(names.map((name) => world.signUp(name)));
  const [owner, ...others] = guests;
  if (!owner) throw new Error('nobody');
  return { guests, chatId: await makeGroupOf(owner, 'Band', others) };
}

/** Until these sounds are heard, and no others. */
async function untilTones(listener: Guest, tones: readonly number[]): Promise<void> {
  let heard: number[] = [];
  const isSo = async (): Promise<boolean> => {
    heard = (await tonesOn(listener.page)).toSorted((one, other) => one - other);
    return String(heard) === String(tones);
  };
  await until(isSo, { what: 'tones', timeoutMs: 20_000 }).catch((cause: unknown) => {
    throw new Error(`${listener.displayName} hears ${String(heard)}, not ${String(tones)}`, { cause });
  });
}

test('three people in a call see each other move and hear each other, until one blocks another: the two have nothing of each other', async () => {
  const { guests, chatId } = await groupOf('Anna', 'Berta', 'Clara');
  const [anna, berta, clara] = guests as [Guest, Guest, Guest];
  for (const [at, { page }] of guests.entries()) await dressAs(page, LOOKS[at] ?? LOOKS[0]);
  await callOf(guests, chatId);
  for (const viewer of guests)
    for (const { displayName } of guests) if (displayName !== viewer.displayName) await untilSeen(viewer, displayName);
  await untilTones(anna, [800, 1_200]);
  await untilTones(berta, [400, 1_200]);
  await untilTones(clara, [400, 800]);

  await actAs(anna, 'blockPerson', { params: { userId: await idOf(berta) } });
  await tileOf(anna.page, 'Berta').getByText('You have blocked Berta').waitFor({ state: 'attached' });
  await untilTones(anna, [1_200]);
  await untilTones(berta, [1_200]);
  await untilTones(clara, [400, 800]);
  await until(async () => (await colourOn(berta.page, videoOf('Anna'))) === null, { what: 'Anna to be out of sight' });
  expect(await anna.page.locator(videoOf('Berta')).count()).toBe(0);
  await actAs(anna, 'unblockPerson', { params: { userId: await idOf(berta) } });
  await untilTones(berta, [400, 1_200]);
  await untilSeen(anna, 'Berta');
});

test('a call that goes on is seen by who is not in it, and outlives reading another chat', async () => {
  const { guests, chatId } = await groupOf('Dora', 'Emil', 'Fritz');
  const [dora, emil, fritz] = guests as [Guest, Guest, Guest];
  const elsewhere = await makeGroupOf(emil, 'Other place', [dora]);
  await callOf([dora, emil], chatId);
  await fritz.page.goto(`/chat/${chatId}`);
  await fritz.page.getByText('A call is going on.').waitFor();
  // Whoever declined one of them may be rung by another.
  await fritz.page.getByTestId('ring').getByRole('button', { name: 'Decline', exact: true }).click();
  await emil.page.getByRole('region', { name: 'Call in Band' }).getByRole('button', { name: 'People' }).click();
  const outside = emil.page.getByRole('region', { name: 'Not in the call' }).getByRole('listitem');
  await outside.getByRole('button', { name: 'Ring Fritz' }).click();
  await fritz.page.getByTestId('ring').filter({ hasText: 'Emil' }).waitFor();
  await outside.getByText('Ringing on 1 device').waitFor();

  await emil.page.getByRole('button', { name: 'Back to the chats' }).click();
  await emil.page.getByRole('option', { name: /Other place/ }).click();
  await emil.page.waitForURL(`**/chat/${elsewhere}`);
  await emil.page.getByRole('region', { name: 'Call in Band' }).waitFor();
  await untilHeard(emil, 1);
  await untilSeen(dora, 'Emil');
});

test('a mute is seen by the others and silences', async () => {
  const { guests, chatId } = await groupOf('Gerd', 'Hilde');
  const [gerd, hilde] = guests as [Guest, Guest];
  await callOf(guests, chatId);
  await untilHeard(gerd, 1);
  await hilde.page.getByRole('toolbar').getByRole('button', { name: 'Mute' }).click();
  await tileOf(gerd.page, 'Hilde').getByText('muted').waitFor({ state: 'attached' });
  await until(async () => Math.max(0, ...(await listen(gerd.page))) < 0.001, { what: 'silence' });
});

test('who is removed from the group is out of the call within two seconds and stays out', async () => {
  const { guests, chatId } = await groupOf('Karl', 'Lena');
  const [karl, lena] = guests as [Guest, Guest];
  const signalling: string[] = [];
  lena.page.on('websocket', (socket) => signalling.push(socket.url()));
  await callOf(guests, chatId);
  await untilSeen(karl, 'Lena');
  const saved = signalling.find((url) => url.includes('/rtc/') && url.includes('access_token')) ?? '';
  expect((await askGate(saved)).ok).toBe(true);

  const call = await actAs(karl, 'openChat', { params: { chatId } });
  const userId = await idOf(lena);
  const gone = await watchFor(karl.page, { selector: '[data-testid="call-tile"]', text: 'Lena', until: 'gone' });
  const out = await watchFor(lena.page, { selector: '[data-testid="call-tile"]', until: 'gone' });
  const removedAt = now();
  await actAs(karl, 'removeMember', { params: { chatId, userId } });
  expect((await gone.at()) - removedAt).toBeLessThan(2_000);
  expect((await out.at()) - removedAt).toBeLessThan(2_000);
  await lena.page.getByRole('toolbar', { name: 'Call controls' }).waitFor({ state: 'detached' });

  expect((await askGate(saved)).ok).toBe(false);
  expect(await opensSocket(saved)).toBe(false);
  const callId = call.summary.chat.call?.id;
  if (!callId) throw new Error('no call');
  await expect(actAs(lena, 'getCall', { params: { callId } })).rejects.toThrow('call-not-found');
});

test('LiveKit dies and comes back: within 15 s all three see and hear each other in the same call, as each was in it', async () => {
  const { guests, chatId } = await groupOf('Maria', 'Nils', 'Olga');
  const [maria, nils, olga] = guests as [Guest, Guest, Guest];
  await givesMovingScreen(olga);
  await callOf(guests, chatId);
  await Promise.all([untilSeen(maria, 'Nils'), untilSeen(nils, 'Olga')]);
  const standing = { silent: nils, sharer: olga, viewer: maria };
  await takeStands(standing);
  const before = await actAs(maria, 'openChat', { params: { chatId } });

  const banner = await watchFor(maria.page, { selector: 'body', text: 'Reconnecting', until: 'there' });
  const killedAt = now();
  await world.livekit?.kill();
  expect((await banner.at()) - killedAt).toBeLessThan(3_000);
  await world.livekit?.start();
  const backAt = now();
  await Promise.all([
    ...guests.flatMap((viewer) =>
      guests.filter((one) => one !== viewer).map(({ displayName }) => untilSeen(viewer, displayName)),
    ),
    ...[untilHeard(maria, 1), untilHeard(nils, 2), untilHeard(olga, 1)],
  ]);
  // Pictures every way, and the sound of who is not muted.
  expect(now() - backAt).toBeLessThan(15_000);
  await untilStanding(standing);
  const after = await actAs(maria, 'openChat', { params: { chatId } });
  expect(after.summary.chat.call?.id).toBe(before.summary.chat.call?.id);
});

test('without LiveKit the lobby says so, chat goes on, and calls work again when it is back', async () => {
  const { guests, chatId } = await groupOf('Otto', 'Paula');
  const [otto, paula] = guests as [Guest, Guest];
  await world.livekit?.kill();
  await Promise.all(guests.map((guest) => openChat(guest, chatId)));
  await otto.page.getByRole('button', { name: 'Start video call' }).click();
  await otto.page.getByText(/Calls are down on the server/).waitFor();
  await world.livekit?.start();
  await otto.page.getByText(/Calls are down on the server/).waitFor({ state: 'detached', timeout: 30_000 });
  await otto.page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();
  await joinCall(paula);
  await untilSeen(paula, 'Otto');
});

/** The request livekit-client makes to learn why it was refused; it admits nobody. */
function askGate(socketUrl: string): Promise<Response> {
  const url = new URL(socketUrl.replace(/^ws/, 'http'));
  url.pathname = `${url.pathname.replace(/\/$/, '')}/validate`;
  return fetch(url);
}

function opensSocket(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => {
      socket.close();
      resolve(true);
    });
    socket.addEventListener('error', () => resolve(false));
  });
}
