import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeGroupOf } from './support/acts.ts';
import { joinCall, openChat, startCall, untilSeen } from './support/callScreens.ts';
import { type UdpProxy, udpProxy } from './support/udpProxy.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

/** Another address of this machine, so that media cannot go past the proxy. */
const MEDIA_HOST = '127.0.0.2';

let world: World;
let network: UdpProxy;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true, mediaHost: MEDIA_HOST });
  network = await udpProxy({ host: MEDIA_HOST, port: world.livekit?.udpPort ?? 0 });
});
afterEach(() => world?.everyoneLeaves());
afterAll(async () => {
  network?.close();
  await world?.close();
});

test('scratch', async () => {
  const [anna, berta] = [await world.signUp('Anna'), await world.signUp('Berta')];
  const chatId = await makeGroupOf(anna, 'Band', [berta]);
  await Promise.all([openChat(anna, chatId), openChat(berta, chatId)]);
  await startCall(anna);
  await new Promise((r) => setTimeout(r, 4_000));
  const annas = [...network.flows()];
  await joinCall(berta);
  await untilSeen(anna, 'Berta');
  await untilSeen(berta, 'Anna');
  console.log('flows', annas.length, network.flows().length);
  const at = async (name: string) => {
    for (const g of [anna, berta]) {
      const notes = await g.page.locator('[role=status]').allTextContents();
      console.log(name, g.displayName, notes.join(' || '));
    }
    const rows = await anna.page.locator('table tr').allTextContents();
    console.log(rows.join(' ; '));
  };
  await new Promise((r) => setTimeout(r, 6_000));
  await anna.page.getByRole('button', { name: 'Call statistics' }).click();
  await at('good');
  for (const flow of annas) flow.spoil({ up: 0.3, down: 0 });
  for (let i = 0; i < 6; i++) {
    await new Promise((r) => setTimeout(r, 4_000));
    await at('spoilt ' + i);
  }
  await anna.page.screenshot({ path: '/tmp/n-anna.png' });
  await anna.page.keyboard.press('Escape');
  await anna.page.getByRole('button', { name: 'Leave call' }).click();
  await new Promise((r) => setTimeout(r, 1_500));
  await anna.page.screenshot({ path: '/tmp/n-report.png' });
  await anna.page.getByRole('button', { name: 'Details' }).last().click();
  await new Promise((r) => setTimeout(r, 500));
  await anna.page.screenshot({ path: '/tmp/n-report2.png' });
}, 200_000);
