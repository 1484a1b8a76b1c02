import { networkInterfaces } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RoomServiceClient } from 'livekit-server-sdk';
import { makeDirectChat } from './support/acts.ts';
import { callOf, openChat, tileOf, videoOf } from './support/callScreens.ts';
import { until } from './support/children.ts';
import {
  addressesMetBy,
  blockDirectWays,
  colourOn,
  dressAs,
  listenForGaps,
  longestGap,
  type Looks,
  tonesOn,
  waysOf,
} from './support/knownMedia.ts';
import { ownRelay, type OwnRelay } from './support/relay.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let relay: OwnRelay;
beforeAll(async () => {
  relay = await ownRelay();
  world = await startWorld({ hasCalls: true, env: relay.env });
});
afterEach(() => world?.everyoneLeaves());
afterAll(async () => {
  await world?.close();
  await relay?.stop();
});

const RED: Looks = { colour: 'red', tone: 600 };
const BLUE: Looks = { colour: 'blue', tone: 1_000 };
const GREEN: Looks = { colour: 'green', tone: 1_400 };

test('two people see and hear each other with nothing in between, until one takes the call to another device', async () => {
  const [anna, ben] = [await world.signUp('Anna'), await world.signUp('Ben')];
  await dressAs(anna.page, RED);
  await dressAs(ben.page, BLUE);
  const chatId = await makeDirectChat(anna, ben);
  const before = await roomsAtLivekit();
  await callOf([anna, ben], chatId);
  await untilTheyMeet(anna, ben);
  const ways = await waysOf(anna.page);
  expect(ways).toHaveLength(1);
  // Which of the direct ones is found first depends on how busy the machine is.
  expect(ways.flatMap(({ local, remote }) => [local, remote])).not.toContain('relay');
  expect(await inRoomsSince(before)).toEqual([]);

  const signs = await signsOf(anna);
  expect(signs).toMatch(/^Compare with Ben: .+, .+, .+, .+$/);
  expect(await signsOf(ben)).toBe(signs.replace('Ben', 'Anna'));

  await ben.page.getByRole('toolbar').getByRole('button', { name: 'Mute' }).click();
  await tileOf(anna.page, 'Ben').getByText('muted').waitFor({ state: 'attached' });
  await until(async () => (await tonesOn(anna.page)).length === 0, { what: 'silence' });
  await ben.page.getByRole('toolbar').getByRole('button', { name: 'Unmute' }).click();
  await untilHeardAs(anna, BLUE);

  await listenForGaps(anna.page);
  const second = await secondDeviceOf(ben);
  await dressAs(second.page, GREEN);
  await openChat(second, chatId);
  // Who reads on is told as well that the server could listen from now on.
  await anna.page.getByRole('button', { name: 'Back to the chats' }).click();
  await second.page.getByRole('button', { name: 'Move here' }).click();
  await ben.page.getByText('The call goes on on your other device.').waitFor();
  await anna.page.getByText('Your call now goes through the server.').waitFor();
  await anna.page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Show call' }).click();
  await untilSeenAs(anna, 'Ben', GREEN);
  await untilHeardAs(anna, GREEN);
  await untilSeenAs(second, 'Anna', RED);
  expect(await longestGap(anna.page)).toBeLessThan(1_000);
  await until(async () => String(await inRoomsSince(before)) === '2', { what: 'two at the media server' });
  await anna.page.getByText('Your call now goes through the server.').first().waitFor();
  await untilMarkedAsOpen(anna);
});

test('somebody who hides their address is seen and heard through the relay, and the other page never learns it', async () => {
  const [anna, ben] = [await world.signUp('Anna'), await world.signUp('Ben')];
  await dressAs(anna.page, RED);
  await dressAs(ben.page, BLUE);
  const heard = listenToServer(ben.page);
  await anna.page.goto('/settings/privacy/relaysCalls');
  await anna.page.getByRole('switch', { name: 'Hide my address in calls' }).click();
  const chatId = await makeDirectChat(anna, ben);
  await callOf([anna, ben], chatId);
  await untilTheyMeet(anna, ben);
  expect((await waysOf(anna.page)).map(({ local }) => local)).toEqual(['relay']);
  expect((await waysOf(ben.page)).map(({ remote }) => remote)).toEqual(['relay']);

  const said = heard.join('\n');
  const candidates = said.match(/candidate:[^"\\]+/g) ?? [];
  expect(candidates).not.toEqual([]);
  for (const candidate of candidates)
    expect(candidate).toMatch(/ 127\.0\.0\.1 \d+ typ relay raddr 0\.0\.0\.0 rport 0 /);
  expect(new Set(await addressesMetBy(ben.page))).toEqual(new Set(['127.0.0.1']));
  for (const { address, internal } of Object.values(networkInterfaces()).flatMap((all) => all ?? []))
    if (!internal) expect(said).not.toContain(address);
  // It was found at once: nobody looked for a way a second time.
  expect(new Set(said.match(/a=ice-ufrag:[^\\]+/g)).size).toBe(1);
});

test('a third person is added: the call goes on in a group of three without a gap, with the same mute', async () => {
  const [anna, ben, cleo] = [await world.signUp('Anna'), await world.signUp('Ben'), await world.signUp('Cleo')];
  await dressAs(anna.page, RED);
  await dressAs(ben.page, BLUE);
  await dressAs(cleo.page, GREEN);
  const chatId = await makeDirectChat(anna, ben);
  await openChat(cleo, await makeDirectChat(anna, cleo));
  const before = await roomsAtLivekit();
  await callOf([anna, ben], chatId);
  await untilTheyMeet(anna, ben);
  await anna.page.getByRole('toolbar').getByRole('button', { name: 'Mute' }).click();
  await listenForGaps(anna.page);

  await anna.page.getByRole('toolbar').getByRole('button', { name: 'More' }).click();
  await anna.page.getByRole('menuitem', { name: 'Add people' }).click();
  const dialog = anna.page.getByRole('dialog', { name: 'Add people to the call' });
  await dialog.getByRole('button', { name: 'Cleo' }).click();
  await dialog.getByRole('button', { name: 'Add to call' }).click();
  await ben.page.getByText(/Anna has added people/).waitFor();
  await cleo.page.getByRole('button', { name: 'Answer with video' }).click();
  for (const one of [anna, ben]) {
    await untilSeenAs(one, 'Cleo', GREEN);
    await untilHeardAs(one, GREEN);
  }
  await untilSeenAs(cleo, 'Anna', RED);
  await untilSeenAs(cleo, 'Ben', BLUE);
  expect(await longestGap(anna.page)).toBeLessThan(1_000);
  await tileOf(ben.page, 'Anna').getByText('muted').waitFor({ state: 'attached' });
  expect(await tonesOn(cleo.page)).toEqual([BLUE.tone]);
  await until(async () => String(await inRoomsSince(before)) === '3', { what: 'three at the media server' });
});

test('where no way leads from one to the other the call goes through the media server within seconds', async () => {
  const [anna, ben] = [await world.signUp('Anna'), await world.signUp('Ben')];
  await dressAs(anna.page, RED);
  await dressAs(ben.page, BLUE);
  await Promise.all([anna, ben].map(({ page }) => blockDirectWays(page)));
  const before = await roomsAtLivekit();
  const chatId = await makeDirectChat(anna, ben);
  await callOf([anna, ben], chatId);
  await ben.page.getByRole('toolbar').getByRole('button', { name: 'Turn camera off' }).click();
  await untilSeenAs(ben, 'Anna', RED);
  await untilHeardAs(anna, BLUE);
  expect(await inRoomsSince(before)).toEqual([2]);
  await untilMarkedAsOpen(anna);
  await tileOf(anna.page, 'Ben').waitFor();
  expect(await colourOn(anna.page, videoOf('Ben'))).toBeNull();
});

/** Everything that the server says to the page from now on. */
function listenToServer(page: Page): readonly string[] {
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())));
  return heard;
}

/** The rooms that there are, by name, with how many are in each. */
async function roomsAtLivekit(): Promise<ReadonlyMap<string, number>> {
  const { LIVEKIT_URL = '', LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = world.livekit?.env ?? {};
  const rooms = new RoomServiceClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  const found = await rooms.listRooms();
  return new Map(
    await Promise.all(found.map(async ({ name }) => [name, (await rooms.listParticipants(name)).length] as const)),
  );
}

/** How many are in each room that was not there before: one of an earlier test goes only after a while. */
async function inRoomsSince(before: ReadonlyMap<string, number>): Promise<number[]> {
  return [...(await roomsAtLivekit())].filter(([name]) => !before.has(name)).map(([, people]) => people);
}

async function secondDeviceOf(guest: Guest): Promise<Guest> {
  const page = await world.visit();
  await page.locator('input[name="userName"]').fill(guest.userName);
  await page.locator('input[name="password"]').fill(guest.password);
  await page.locator('button[type="submit"]').click();
  await page.getByRole('option').first().waitFor();
  return { ...guest, page, context: page.context() };
}

async function signsOf({ page }: Guest): Promise<string> {
  return (await page.getByRole('button', { name: /^Compare with/ }).getAttribute('aria-label')) ?? '';
}

/** In place of the signs stands that whoever runs the server could listen. */
async function untilMarkedAsOpen({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: 'Goes through the server' }).waitFor();
  expect(await page.getByRole('button', { name: /^Compare with/ }).count()).toBe(0);
}

async function untilTheyMeet(one: Guest, other: Guest): Promise<void> {
  await untilSeenAs(one, other.displayName, BLUE);
  await untilSeenAs(other, one.displayName, RED);
  await untilHeardAs(one, BLUE);
  await untilHeardAs(other, RED);
}

function untilSeenAs(viewer: Guest, name: string, { colour }: Looks): Promise<unknown> {
  return until(async () => (await colourOn(viewer.page, videoOf(name))) === colour, {
    what: `${viewer.displayName} to see ${name} in ${colour}`,
    timeoutMs: 40_000,
  });
}

function untilHeardAs(listener: Guest, { tone }: Looks): Promise<unknown> {
  return until(async () => (await tonesOn(listener.page)).includes(tone), {
    what: `${listener.displayName} to hear ${tone} Hz`,
    timeoutMs: 40_000,
  });
}
