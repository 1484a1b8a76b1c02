import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import type { RowDataPacket } from 'mysql2';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { livekitIn } from '../server/src/config.livekit.ts';
import { newId, toBytes } from '../server/src/platform/ids.ts';
import { actAs, makeGroupOf } from './support/acts.ts';
import { callOf, joinCall, tileOf, untilHeard, untilSeen } from './support/callScreens.ts';
import { until } from './support/children.ts';
import { now, watchFor } from './support/clock.ts';
import { poolOf } from './support/livekit.ts';
import { listen } from './support/media.ts';
import { connectTo } from './support/services.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

/** Who brings media is told of by webhook at once; who only signals is seen by the sweep, every 10 s. */
const OUT_WITHIN_MS = 15_000;

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true, mediaServers: 2 });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

test('a media server dies for good: within 20 s all three see and hear each other at the other one, muted who was muted', async () => {
  const [anna, berta, clara] = await Promise.all(['Anna', 'Berta', 'Clara'].map((name) => world.signUp(name)));
  if (!anna || !berta || !clara) throw new Error('three people');
  const chatId = await makeGroupOf(anna, 'Band', [berta, clara]);
  const guests = [anna, berta, clara];
  await callOf(guests, chatId);
  await allSee(guests);
  await clara.page.getByRole('toolbar').getByRole('button', { name: 'Mute' }).click();
  await tileOf(anna.page, 'Clara').getByText('muted').waitFor({ state: 'attached' });
  const before = await placeOf(chatId);

  await before.livekit?.kill();
  const killedAt = now();
  await lost(guests);
  await allSee(guests);
  await Promise.all([untilHeard(anna, 1), untilHeard(berta, 1), untilHeard(clara, 2)]);
  expect(now() - killedAt).toBeLessThan(20_000);
  await tileOf(anna.page, 'Clara').getByText('muted').waitFor({ state: 'attached' });

  const after = await placeOf(chatId);
  expect(after.livekit).toBeDefined();
  expect(after.livekit).not.toBe(before.livekit);
  expect(after.callId).toBe(before.callId);
});

test('who keeps order mutes and asks, also whom the server cannot tell; nobody is unmuted but by themselves', async () => {
  const { anna, ben, chatId } = await twoInGroup();
  const deafen = await deafenToOrder(ben);
  await callOf([anna, ben], chatId);
  await untilHeard(anna, 1);
  await order(anna, 'Ben', 'Mute');
  await ben.page.getByText('Anna muted you.').first().waitFor();
  await tileOf(anna.page, 'Ben').getByText('muted').waitFor({ state: 'attached' });
  await until(async () => Math.max(0, ...(await listen(anna.page))) < 0.001, { what: 'silence' });

  await order(anna, 'Ben', 'Ask to unmute');
  await ben.page.getByText('Anna asks you to unmute.').waitFor();
  expect(await tileOf(anna.page, 'Ben').getByText('muted').count()).toBe(1);
  await ben.page.getByRole('status').getByRole('button', { name: 'Unmute' }).click();
  await untilHeard(anna, 1);

  deafen();
  await order(anna, 'Ben', 'Mute');
  await ben.page.getByText('Somebody muted you.').waitFor();
  await ben.page.evaluate(() => dispatchEvent(new Event('online')));
  await ben.page.getByRole('toolbar').getByRole('button', { name: 'Unmute' }).waitFor();
  await until(async () => Math.max(0, ...(await listen(anna.page))) < 0.001, { what: 'silence' });
});

test('who is removed is out with every token they ever had, until they are let back in; and an end is one for all', async () => {
  const { anna, ben, chatId } = await twoInGroup();
  const tokens = tokensOf(ben);
  await callOf([anna, ben], chatId);
  await untilSeen(anna, 'Ben');
  const callId = await callIn(anna, chatId);

  tokens.add((await admit(ben, callId)).token);
  const gone = await watchFor(anna.page, { selector: '[data-testid="call-tile"]', text: 'Ben', until: 'gone' });
  const out = await watchFor(ben.page, { selector: '[data-testid="call-tile"]', until: 'gone' });
  await order(anna, 'Ben', 'Remove from call');
  const removedAt = now();
  await anna.page.getByRole('alertdialog').getByRole('button', { name: 'Remove from call' }).click();
  expect((await gone.at()) - removedAt).toBeLessThan(2_000);
  expect((await out.at()) - removedAt).toBeLessThan(4_000);
  await ben.page.getByText('Anna removed you from the call.').waitFor();
  await expect(admit(ben, callId)).rejects.toThrow('removed-from-call');
  await expectShut(chatId, tokens);

  await anna.page.getByRole('toolbar').getByRole('button', { name: 'More', exact: true }).click();
  await anna.page.getByRole('menuitem', { name: 'Let Ben back in' }).click();
  await joinCall(ben);
  await untilSeen(anna, 'Ben');

  await anna.page.getByRole('toolbar').getByRole('button', { name: 'More', exact: true }).click();
  await anna.page.getByRole('menuitem', { name: 'End for all' }).click();
  await anna.page.getByRole('alertdialog').getByRole('button', { name: 'End for all' }).click();
  await ben.page.getByText('Anna ended the call for all.').waitFor();
  await ben.page.getByRole('toolbar', { name: 'Call controls' }).waitFor({ state: 'detached' });
});

async function twoInGroup() {
  const [anna, ben] = await Promise.all(['Anna', 'Ben'].map((name) => world.signUp(name)));
  if (!anna || !ben) throw new Error('two people');
  return { anna, ben, chatId: await makeGroupOf(anna, 'Band', [ben]) };
}

/** Answers how it begins: nothing that is told of order in calls reaches this page from then on. */
async function deafenToOrder({ page }: Guest): Promise<() => void> {
  let isDeaf = false;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!isDeaf || !message.toString().includes('callModerated')) socket.send(message);
    });
  });
  return () => (isDeaf = true);
}

async function order({ page }: Guest, name: string, act: string): Promise<void> {
  await tileOf(page, name).hover();
  await page
    .getByRole('button', { name: `More about ${name}` })
    .first()
    .click();
  await page.getByRole('menuitem', { name: act }).click();
}

async function callIn(guest: Guest, chatId: ChatId): Promise<CallId> {
  const { summary } = await actAs(guest, 'openChat', { params: { chatId } });
  if (!summary.chat.call) throw new Error('no call');
  return summary.chat.call.id;
}

async function admit(guest: Guest, callId: CallId) {
  const body = { deviceId: newId<DeviceId>() };
  const admission = await actAs(guest, 'joinCall', { params: { callId }, body });
  if (admission.way !== 'sfu') throw new Error('a direct call');
  return admission;
}

/** Every token that this page uses, and every one that the media server gives it. */
function tokensOf({ page }: Guest): Set<string> {
  const tokens = new Set<string>();
  page.on('websocket', (socket) => {
    const used = new URL(socket.url()).searchParams.get('access_token');
    if (used !== null) tokens.add(used);
    socket.on('framereceived', ({ payload }) => {
      for (const [token] of payload.toString('latin1').matchAll(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}/g)) tokens.add(token);
    });
  });
  return tokens;
}

/** None of them opens the gate; at the media server's own port, on this machine alone, whoever comes is put out. */
async function expectShut(chatId: ChatId, tokens: ReadonlySet<string>): Promise<void> {
  const { livekit } = await placeOf(chatId);
  if (!livekit) throw new Error('the call is nowhere');
  const { port } = new URL(livekit.url);
  const { name } = livekitIn(poolOf(world.livekits)).find(({ url }) => url === livekit.url) ?? {};
  const gate = `${world.nodes[0]?.url.replace('http', 'ws')}/rtc/${name}/rtc`;
  expect(tokens.size).toBeGreaterThan(1);
  for (const token of tokens) {
    expect(await stay(`${gate}?access_token=${token}&protocol=15`)).toBeNull();
    const stayed = await stay(`ws://127.0.0.1:${port}/rtc?access_token=${token}&protocol=15`);
    expect(stayed ?? 0).toBeLessThan(OUT_WITHIN_MS);
  }
}

/** For how long somebody is let in, in ms; null: not at all. Rejects after 20 s. */
function stay(url: string): Promise<number | null> {
  const socket = new WebSocket(url);
  let enteredAt: number | null = null;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('still in after 20 s')), 20_000);
    socket.addEventListener('message', () => (enteredAt ??= now()), { once: true });
    socket.addEventListener('close', () => {
      clearTimeout(timer);
      resolve(enteredAt === null ? null : now() - enteredAt);
    });
  });
}

/** Frames of before must not count as seen. */
async function lost(guests: readonly Guest[]): Promise<void> {
  await Promise.all(guests.map(({ page }) => page.getByText('Reconnecting').first().waitFor()));
}

async function allSee(guests: readonly Guest[]): Promise<void> {
  await Promise.all(
    guests.flatMap((viewer) =>
      guests.filter((one) => one !== viewer).map(({ displayName }) => untilSeen(viewer, displayName)),
    ),
  );
}

/** Which call goes on in a chat, and at which of the media servers. */
async function placeOf(chatId: ChatId) {
  const connection = await connectTo(world.databaseUrl);
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT HEX(id) AS callId, media_server AS server FROM calls WHERE chat_id = ? AND ended_at IS NULL',
    [toBytes(chatId)],
  );
  await connection.end();
  const url = livekitIn(poolOf(world.livekits)).find(({ name }) => name === rows[0]?.['server'])?.url;
  return { callId: String(rows[0]?.['callId']), livekit: world.livekits.find((one) => one.url === url) };
}
