import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeGroupOf, postAs } from './support/acts.ts';
import { callOf, tileOf, untilHeard, untilSeen } from './support/callScreens.ts';
import { until } from './support/children.ts';
import { messageOn } from './support/chatScreens.ts';
import { renderedRows, startCounting, watchRenders } from './support/renders.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

async function callBetween(...names: readonly [string, string, ...string[]]): Promise<[Guest, Guest, Guest[]]> {
  const guests = await Promise.all(names.map((name) => world.signUp(name)));
  const [first, second, ...others] = guests;
  if (!first || !second) throw new Error('nobody');
  await watchRenders(first.page.context(), '[data-testid="call-tile"]');
  const chatId = await makeGroupOf(first, 'Band', [second, ...others]);
  await callOf(guests, chatId);
  await untilSeen(first, second.displayName);
  return [first, second, others];
}

test('a hand and an emoji are seen by the others, and no tile is drawn for what another does', async () => {
  const [anna, berta, [clara]] = await callBetween('Anna', 'Berta', 'Clara');
  if (!clara) throw new Error('nobody');
  await untilSeen(anna, 'Clara');
  // Nobody speaks: the beeps of the fake microphones would be their own tiles' events.
  for (const { page } of [anna, berta, clara])
    await page.getByRole('toolbar', { name: 'Call controls' }).getByRole('button', { name: 'Mute' }).click();
  await tileOf(anna.page, 'Clara').getByText('muted').waitFor({ state: 'attached' });
  await anna.page.waitForTimeout(3_000);
  await berta.page.getByRole('button', { name: 'Raise hand' }).click();
  await tileOf(anna.page, 'Berta').getByText('Hand up, number 1').waitFor({ state: 'attached' });
  await berta.page.getByRole('button', { name: 'React', exact: true }).click();
  // On a slow machine a tile also has news of its own, of a link that is poor; not each time.
  const drawsOnlyHers = async (): Promise<boolean> => {
    await startCounting(anna.page);
    await berta.page.getByRole('button', { name: 'React with 🎉' }).click();
    await tileOf(anna.page, 'Berta').getByText('🎉').waitFor({ state: 'attached' });
    const drawn = await renderedRows(anna.page);
    await tileOf(anna.page, 'Berta').getByText('🎉').waitFor({ state: 'detached' });
    return drawn.length > 0 && drawn.every((tile) => tile.includes('Berta'));
  };
  await until(drawsOnlyHers, { what: 'no tile to be drawn but hers' });
  // To who does not see it, it is said.
  await anna.page.getByText('Berta reacts: 🎉').first().waitFor({ state: 'attached' });
});

test('how loud one hears someone is remembered on this device', async () => {
  const [dora, emil] = await callBetween('Dora', 'Emil');
  await untilHeard(dora, 1);
  const volumes = (): Promise<number[]> =>
    dora.page.evaluate(() => [...document.querySelectorAll('audio')].map(({ volume }) => volume));
  await tileOf(dora.page, 'Emil').hover();
  await dora.page.getByRole('button', { name: 'More about Emil' }).click();
  await dora.page.getByRole('menuitem', { name: 'Volume of Emil' }).click();
  await dora.page.getByRole('slider', { name: 'Volume of Emil' }).fill('0.3');
  await until(async () => (await volumes()).includes(0.3), { what: 'Emil to be less loud' });
  await dora.page.reload();
  await dora.page.getByRole('button', { name: 'Join call' }).click();
  await dora.page.getByRole('dialog').getByRole('button', { name: 'Join', exact: true }).click();
  await untilSeen(dora, emil.displayName);
  await until(async () => (await volumes()).includes(0.3), { what: 'Emil to be as loud as before' });
});

test('the chat stands beside the call on a wide screen, and in its place on a phone', async () => {
  const [fritz, gerda] = await callBetween('Fritz', 'Gerda');
  const chatId = new URL(fritz.page.url()).pathname.split('/').at(-1) ?? '';
  await postAs(gerda, chatId as Parameters<typeof postAs>[1], 'Can you see my slides?');
  await fritz.page.getByText('1 unread message', { exact: true }).waitFor({ state: 'attached' });
  await fritz.page.keyboard.press('c');
  await messageOn(fritz.page, 'Can you see my slides?').waitFor();
  const message = await messageOn(fritz.page, 'Can you see my slides?').boundingBox();
  const tile = await tileOf(fritz.page, 'Gerda').boundingBox();
  if (!message || !tile) throw new Error('not on screen');
  expect(message.x).toBeGreaterThan(tile.x + tile.width);
  await untilSeen(fritz, 'Gerda');

  await gerda.page.setViewportSize({ width: 390, height: 844 });
  await gerda.page.getByRole('button', { name: 'Chat', exact: true }).click();
  await messageOn(gerda.page, 'Can you see my slides?').waitFor();
  await gerda.page.getByRole('region', { name: 'Call in Band' }).getByText('Show call').click();
  await untilSeen(gerda, 'Fritz');
});

test('by keys alone into a call, about in it and out of it, and the focus is always somewhere', async () => {
  const person = await world.signUp('Jana');
  const { page } = person;
  const forbidden: string[] = [];
  page.on('console', (message) => message.type() === 'error' && forbidden.push(message.text()));
  await page.goto(`/chat/${await makeGroupOf(person, 'Key quartet', [])}`);
  const focused = (): Promise<string | null> =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      return at === document.body ? null : (at?.getAttribute('aria-label') ?? at?.textContent ?? null);
    });
  const go = async (key: string, to: RegExp): Promise<void> => {
    for (let presses = 0; presses < 30 && !to.test((await focused()) ?? ''); presses += 1)
      await page.keyboard.press(key);
    expect(await focused()).toMatch(to);
  };
  await page.getByRole('button', { name: 'Start video call' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('combobox', { name: 'Microphone' }).waitFor();
  await go('Tab', /^Start call/);
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('Call in Key quartet');
  await go('Tab', /^More$/);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('More');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toMatch(/Show call$/);
  await go('Tab', /^Leave call/);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
  expect(forbidden).toEqual([]);
});

test('a window above all others shows the picture of the call, alive, and mutes', async () => {
  const [hans, ida] = await callBetween('Hans', 'Ida');
  await hans.page.keyboard.press('w');
  await until(() => hans.page.evaluate(isIdaMovingAbove), { what: 'Ida to move in the small window', everyMs: 300 });
  await hans.page.evaluate(() => {
    const small = (window as unknown as { documentPictureInPicture: { window: Window } }).documentPictureInPicture
      .window;
    small.document.querySelector<HTMLElement>('[aria-label="Mute"]')?.click();
  });
  await tileOf(ida.page, 'Hans').getByText('muted').waitFor({ state: 'attached' });
});

/** Decoded pixels of the video in the window that the page has opened above all others, looked at twice. */
async function isIdaMovingAbove(): Promise<boolean> {
  const { documentPictureInPicture: above } = window as unknown as {
    documentPictureInPicture: { window: Window | null };
  };
  const video = above.window?.document.querySelector<HTMLVideoElement>('video[aria-label="Ida"]');
  if (!video || video.videoWidth === 0) return false;
  const look = (): string => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    canvas.getContext('2d')?.drawImage(video, 0, 0, 64, 48);
    return canvas.toDataURL();
  };
  const before = look();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return look() !== before;
}
