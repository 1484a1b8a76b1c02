import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, textsInDatabase } from './support/acts.ts';
import { composerOn, MESSAGE_ROW, messageOn, write } from './support/chatScreens.ts';
import { now, type Sight, watchFor } from './support/clock.ts';
import { type TcpProxy, tcpProxy } from './support/tcpProxy.ts';
import { fromEnvironment, type Guest, startWorld, type World } from './support/world.ts';

let world: World;
/** Between the second node and Redis. */
let wire: TcpProxy;

beforeAll(async () => {
  const redisUrl = new URL(fromEnvironment('TEST_REDIS_URL'));
  wire = await tcpProxy({ host: redisUrl.hostname, port: Number(redisUrl.port || 6379) });
  const throughWire = new URL(redisUrl);
  throughWire.host = `127.0.0.1:${wire.port}`;
  world = await startWorld({ nodes: 2, redisUrls: [redisUrl.href, throughWire.href] });
});
afterAll(async () => {
  await world?.close();
  await wire?.close();
});

async function isToldInTime(from: Guest, to: Guest, text: string): Promise<void> {
  const told: Sight = await watchFor(to.page, { selector: MESSAGE_ROW, text, until: 'there' });
  const writtenAt = now();
  await write(from.page, text);
  expect((await told.at()) - writtenAt, text).toBeLessThan(10_000);
}

test('a node cut off from Redis, its sockets up: its people catch up within ten seconds', async () => {
  const [here, there] = [await world.signUp('Hanna'), await world.signUp('Theo', { url: world.nodes[1]?.url ?? '' })];
  const chatId = await makeDirectChat(here, there);
  await Promise.all([here, there].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(there.page).waitFor();
  await write(here.page, 'All is well');
  await messageOn(there.page, 'All is well').waitFor();

  let closed = 0;
  there.page.on('websocket', () => (closed += 1));
  wire.blackHole();
  await isToldInTime(here, there, 'Can you hear me?');
  await isToldInTime(there, here, 'Late, but yes');
  // It was the same socket all the time: nobody was rescued by a reconnect.
  expect(closed).toBe(0);

  wire.heal();
  wire.cut();
  await isToldInTime(here, there, 'Good again');
  expect(await textsInDatabase(here, chatId)).toEqual([
    'All is well',
    'Can you hear me?',
    'Late, but yes',
    'Good again',
  ]);
});

test('a node dies and comes back: its people miss nothing, and what they wrote meanwhile arrives', async () => {
  const [here, there] = [await world.signUp('Hanna'), await world.signUp('Theo', { url: world.nodes[1]?.url ?? '' })];
  const chatId = await makeDirectChat(here, there);
  await Promise.all([here, there].map(({ page }) => page.goto(`/chat/${chatId}`)));
  await composerOn(there.page).waitFor();
  await world.nodes[1]?.kill();
  await write(here.page, 'While you were away');
  await write(there.page, 'Into the void');
  await world.nodes[1]?.start();
  await messageOn(there.page, 'While you were away').waitFor({ timeout: 20_000 });
  await messageOn(here.page, 'Into the void').waitFor({ timeout: 20_000 });
});
