import type { ChatId } from '@dialog/shared/contract/values';
import type { RowDataPacket } from 'mysql2';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { livekitIn } from '../server/src/config.livekit.ts';
import { toBytes } from '../server/src/platform/ids.ts';
import { makeGroupOf } from './support/acts.ts';
import { callOf, tileOf, untilHeard, untilSeen } from './support/callScreens.ts';
import { now } from './support/clock.ts';
import { poolOf } from './support/livekit.ts';
import { connectTo } from './support/services.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

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
