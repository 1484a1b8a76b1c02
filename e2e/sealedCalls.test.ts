import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeGroupOf } from './support/acts.ts';
import { joinCall, openChat, tileOf, untilHeard, untilSeen, videoOf } from './support/callScreens.ts';
import { until } from './support/children.ts';
import { listen, lookAt } from './support/media.ts';
import { givesMovingScreen, share } from './support/standing.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

/** Which keys this page opens the others' media with: given ones, others than it was given, or no newer ones. */
type Keys = 'right' | 'wrong' | 'old';

test('a sealed call and what is shared in it are seen by its members, also when the media server comes back; not with a wrong key, and no longer with an old one', async () => {
  const [anna, berta, clara] = [await world.signUp('Anna'), await world.signUp('Berta'), await world.signUp('Clara')];
  const chatId = await makeGroupOf(anna, 'Band', [berta, clara]);
  await manipulate(clara.page);
  await givesMovingScreen(anna);
  await Promise.all([anna, berta, clara].map((guest) => openChat(guest, chatId)));

  await anna.page.getByRole('button', { name: 'Start video call' }).click();
  await anna.page.getByRole('switch', { name: 'Seal the call from end to end' }).click();
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();
  await joinCall(berta);
  await Promise.all([untilSeen(anna, 'Berta'), untilSeen(berta, 'Anna')]);
  await untilHeard(berta, 1);
  expect(await codeOn(anna.page)).toBe(await codeOn(berta.page));
  await share(anna);
  await untilSeen(berta, 'Anna’s screen');

  await use(clara.page, 'wrong');
  await joinCall(clara);
  await tileOf(clara.page, 'Anna’s screen').waitFor();
  await untilSeen(berta, 'Anna');
  for (const name of ['Anna', 'Anna’s screen'])
    expect((await lookAt(clara.page, videoOf(name))).every(({ brightness }) => brightness < 8)).toBe(true);
  expect(Math.max(0, ...(await listen(clara.page)))).toBeLessThan(0.001);
  await clara.page.getByRole('button', { name: 'Leave call' }).click();

  await world.livekit?.kill();
  await berta.page.getByText('Reconnecting').first().waitFor();
  await world.livekit?.start();
  await Promise.all([untilSeen(anna, 'Berta'), untilSeen(berta, 'Anna'), untilSeen(berta, 'Anna’s screen')]);
  await untilHeard(berta, 1);

  await use(clara.page, 'right');
  await joinCall(clara);
  await untilSeen(clara, 'Anna');
  await use(clara.page, 'old');
  await berta.page.getByRole('button', { name: 'Leave call' }).click();
  await until(async () => Math.max(0, ...(await listen(clara.page))) < 0.001, { what: 'silence' });
  expect((await lookAt(clara.page, videoOf('Anna'))).every(({ changed }) => changed === 0)).toBe(true);
}, 240_000);

/** Changes what the page does with keys, below everything of ours. */
async function manipulate(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const chosen = window as unknown as { keys?: Keys };
    const { importKey } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.importKey = function change(
      this: SubtleCrypto,
      ...[format, data, algorithm, isExtractable, usages]: Parameters<typeof importKey>
    ) {
      // A media key on its way into the worker.
      const isChanged = chosen.keys === 'wrong' && algorithm === 'HKDF' && [...usages].includes('deriveBits');
      return importKey.call(this, format, isChanged ? new Uint8Array(32) : data, algorithm, isExtractable, usages);
    } as typeof importKey;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function change(this: Worker, message: { kind?: string }, ...more: []) {
      if (chosen.keys !== 'old' || message.kind !== 'setKey') postMessage.call(this, message, ...more);
    } as typeof postMessage;
  });
}

function use(page: Page, keys: Keys): Promise<void> {
  return page.evaluate((chosen) => {
    (window as unknown as { keys: Keys }).keys = chosen;
  }, keys);
}

async function codeOn(page: Page): Promise<string | null> {
  await page.getByRole('button', { name: 'Sealed from end to end', exact: true }).click();
  const code = await page
    .getByRole('dialog')
    .getByText(/^(\d{5} ){5}\d{5}$/)
    .textContent();
  await page.keyboard.press('Escape');
  return code;
}
