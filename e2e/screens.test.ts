import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeGroupOf } from './support/acts.ts';
import { callOf, joinCall, openChat, startCall, tileOf, untilSeen, videoOf } from './support/callScreens.ts';
import { until } from './support/children.ts';
import { colourOn } from './support/knownMedia.ts';
import {
  compare,
  compareHalf,
  comparesPixels,
  givesScreens,
  MEAN_MAX,
  pixelsShared,
  toneHeard,
  watchSharp,
  WRONG_MAX,
} from './support/screens.ts';
import { givesMovingScreen, share } from './support/standing.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

const SHARP_WITHIN_MS = 2_000;
/** Of the analyser's 255; silence is at 0. */
const LOUD = 120;
const QUIET = 60;

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true });
});
afterEach(() => world?.everyoneLeaves());
afterAll(() => world?.close());

test('whoever comes late, or looks again, reads every letter within two seconds, though nothing moves', async () => {
  const { sharer, viewer, chatId } = await aPair('Anna', 'Ben');
  await openChat(sharer, chatId);
  await startCall(sharer);
  await share(sharer);
  const half = await compareHalf(sharer, 0);
  expect(half.wrong).toBeGreaterThan(20 * WRONG_MAX);
  expect(half.mean).toBeGreaterThan(2 * MEAN_MAX);

  await openChat(viewer, chatId);
  const screen = {
    selector: videoOf('Anna’s screen'),
    since: videoOf('Anna’s screen'),
    shared: await pixelsShared(sharer, 0),
  };
  const late = await watchSharp(viewer.page, screen);
  await joinCall(viewer);
  await untilTold(late.ms);

  await viewer.page.getByRole('button', { name: 'Back to the chats' }).click();
  await sharer.page.evaluate(() => window.rewriteScreen(0, 77));
  const rewritten = await pixelsShared(sharer, 0);
  const again = await watchSharp(viewer.page, { ...screen, shared: rewritten });
  await viewer.page.getByRole('button', { name: 'Show call', exact: true }).click();
  await untilTold(again.ms);
  const seen = await compare(viewer.page, screen.selector, rewritten);
  expect(seen.mean).toBeLessThan(MEAN_MAX);
  expect(await late.ms()).toBeLessThan(SHARP_WITHIN_MS);
  expect(await again.ms()).toBeLessThan(SHARP_WITHIN_MS);
});

test('a share stands still while it is paused, changes its source in its place, and is heard only by the others', async () => {
  const { sharer, viewer, chatId } = await aPair('Carl', 'Dora');
  await callOf([sharer, viewer], chatId);
  await share(sharer);
  const screen = videoOf('Carl’s screen');
  const tile = tileOf(viewer.page, 'Carl’s screen');
  const first = await pixelsShared(sharer, 0);
  await untilShown(viewer.page, screen, first);
  await tile.evaluate((element) => element.setAttribute('data-kept', ''));

  await until(async () => (await toneHeard(viewer)) > LOUD, { what: 'the tone to be heard' });
  expect(await toneHeard(sharer)).toBeLessThan(QUIET);
  await sharer.page.getByRole('button', { name: 'Leave the sound out' }).click();
  await until(async () => (await toneHeard(viewer)) < QUIET, { what: 'the tone to be left out' });

  await sharer.page.getByRole('button', { name: 'Pause' }).click();
  await tile.getByText('Paused').waitFor();
  await sharer.page.evaluate(() => window.rewriteScreen(0, 55));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect((await compare(viewer.page, screen, first)).wrong).toBeLessThan(WRONG_MAX);
  await sharer.page.getByRole('button', { name: 'Go on sharing' }).click();
  await untilShown(viewer.page, screen, await pixelsShared(sharer, 0));

  await sharer.page.evaluate(() => window.closePicker());
  await sharer.page.getByRole('button', { name: 'Share something else' }).click();
  await sharer.page.getByRole('button', { name: 'Share something else' }).click();
  await untilShown(viewer.page, screen, await pixelsShared(sharer, 1));
  expect(await tile.getAttribute('data-kept')).toBe('');

  await sharer.page.getByRole('button', { name: 'More about your share' }).click();
  await sharer.page.getByRole('menuitemradio', { name: 'Video and motion, smooth' }).click();
  await untilShown(viewer.page, screen, await pixelsShared(sharer, 1));
  expect(await tile.getAttribute('data-kept')).toBe('');
});

test('where someone points is seen by both, however near one looks, until it is no longer wanted', async () => {
  const { sharer, viewer, chatId } = await aPair('Emma', 'Finn');
  await callOf([sharer, viewer], chatId);
  await share(sharer);
  await untilShown(viewer.page, videoOf('Emma’s screen'), await pixelsShared(sharer, 0));
  const view = viewer.page.getByRole('group', { name: /Emma’s screen/ });
  await view.getByRole('button', { name: 'Point at something' }).click();
  for (const zoomed of [false, true]) {
    if (zoomed) for (let press = 0; press < 3; press += 1) await view.getByRole('button', { name: 'Larger' }).click();
    const box = await view.boundingBox();
    if (!box) throw new Error('no view');
    const [x, y] = [box.x + box.width * 0.4, box.y + box.height * 0.6];
    await viewer.page.mouse.move(x - 9, y);
    await viewer.page.mouse.move(x, y);
    const meant = await shareOfVideo(viewer.page, videoOf('Emma’s screen'), { x, y });
    await until(async () => isNear(await pointerOn(sharer.page, videoOf('Your screen'), 'Finn'), meant), {
      what: 'the pointer to be where it is meant',
    });
    expect(isNear(await pointerOn(viewer.page, videoOf('Emma’s screen'), 'You'), meant)).toBe(true);
  }
  await sharer.page.getByRole('button', { name: 'More about your share' }).click();
  await sharer.page.getByRole('menuitemradio', { name: 'Nobody points at it' }).click();
  await view.getByRole('button', { name: 'No pointers are wanted here' }).waitFor();
  await sharer.page.getByTestId('pointer').waitFor({ state: 'detached' });
});

test('of two screens at once each is shown large in turn, one that is kept stands still, and one ends without the other', async () => {
  const names = ['Gina', 'Hugo', 'Ida'];
  const guests = await Promise.all(names.map((name) => world.signUp(name)));
  const [gina, hugo, ida] = guests;
  if (!gina || !hugo || !ida) throw new Error('nobody');
  await givesMovingScreen(gina, '#dc1e1e');
  await givesMovingScreen(hugo, '#2846dc');
  await callOf(guests, await makeGroupOf(gina, 'Band', [hugo, ida]));
  await share(gina);
  await share(hugo);
  await untilSeen(ida, 'Gina’s screen');
  await untilSeen(ida, 'Hugo’s screen');
  await untilLarge(ida, 'Gina’s screen');
  await tileOf(ida.page, 'Hugo’s screen')
    .getByRole('button', { name: 'Show Hugo’s screen large', exact: true })
    .click();
  await untilLarge(ida, 'Hugo’s screen');
  expect(await colourOn(ida.page, videoOf('Gina’s screen'))).toBe('red');
  expect(await colourOn(ida.page, videoOf('Hugo’s screen'))).toBe('blue');

  const view = ida.page.getByRole('group', { name: /Hugo’s screen/ });
  const stands = async (): Promise<boolean> => {
    const before = await view.screenshot();
    await untilSeen(ida, 'Hugo’s screen');
    return before.equals(await view.screenshot());
  };
  expect(await stands()).toBe(false);
  // No tooltip comes of a key.
  await view.press('Space');
  await view.getByText('Kept for you').waitFor();
  expect(await stands()).toBe(true);

  await hugo.page.getByRole('button', { name: 'Stop sharing' }).first().click();
  await tileOf(ida.page, 'Hugo’s screen').waitFor({ state: 'detached' });
  await untilLarge(ida, 'Gina’s screen');
  await untilSeen(ida, 'Gina’s screen');
});

test('who shares the whole screen is shown where others point on it, and not a mirror in a mirror', async () => {
  const { sharer, viewer } = await aMovingPair('Jana', 'Kurt', { surface: 'monitor' });
  await untilSeen(viewer, 'Jana’s screen');
  await sharer.page.getByText('This is your whole screen.').waitFor();
  const view = viewer.page.getByRole('group', { name: /Jana’s screen/ });
  await view.getByRole('button', { name: 'Point at something' }).click();
  const box = await view.boundingBox();
  if (!box) throw new Error('no view');
  const at = { x: box.x + box.width * 0.3, y: box.y + box.height * 0.6 };
  await viewer.page.mouse.move(at.x - 9, at.y);
  await viewer.page.mouse.move(at.x, at.y);
  const meant = await shareOfVideo(viewer.page, videoOf('Jana’s screen'), at);
  const still = '[data-testid="call-tile"][data-kind="screen"] canvas';
  await until(async () => isNear(await pointerOn(sharer.page, still, 'Kurt'), meant), {
    what: 'the pointer to be where it is meant, on a still',
  });
  await view.getByRole('button', { name: 'Point at something' }).click();
  await sharer.page.locator(still).waitFor({ state: 'detached' });
});

test('a screen alone over everything gives way to what concerns me, and gives back the stage', async () => {
  const { sharer, viewer } = await aMovingPair('Lena', 'Max', {});
  await untilSeen(viewer, 'Lena’s screen');
  await viewer.page.getByRole('toolbar', { name: 'Call controls' }).getByRole('button', { name: 'Mute' }).click();
  const view = viewer.page.getByRole('group', { name: /Lena’s screen/ });
  const before = await view.boundingBox();
  await view.getByRole('button', { name: 'Screen alone, over everything' }).click();
  await until(async () => isWhole(await view.boundingBox(), viewer.page), { what: 'the screen to cover everything' });
  await tileOf(sharer.page, 'Max').hover();
  await sharer.page.getByRole('button', { name: 'More about Max' }).click();
  await sharer.page.getByRole('menuitem', { name: 'Ask to unmute' }).click();
  await viewer.page.getByText('Lena asks you to unmute.').waitFor();
  // Only what nothing covers can be pressed.
  await viewer.page.getByRole('button', { name: 'Stay muted' }).click();
  await view.getByRole('button', { name: 'Leave full screen' }).click();
  await until(async () => (await view.boundingBox())?.width === before?.width, { what: 'the stage to come back' });
  expect(await viewer.page.evaluate(() => document.fullscreenElement)).toBe(null);
});

/** One who shares something small that moves, in a call with one who looks. */
async function aMovingPair(sharing: string, looking: string, { surface }: { readonly surface?: string }) {
  const [sharer, viewer] = await Promise.all([world.signUp(sharing), world.signUp(looking)]);
  await givesMovingScreen(sharer);
  await sharer.context.addInitScript((displaySurface) => {
    const { getSettings } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.getSettings = function settingsOf() {
      return { ...getSettings.call(this), ...(displaySurface !== undefined && { displaySurface }) };
    };
  }, surface);
  await callOf([sharer, viewer], await makeGroupOf(sharer, 'Band', [viewer]));
  await share(sharer);
  return { sharer, viewer };
}

async function untilLarge({ page }: Guest, name: string): Promise<void> {
  await page.locator('[data-testid="call-tile"][data-role="main"]').filter({ hasText: name }).waitFor();
}

function isWhole(box: { readonly width: number; readonly height: number } | null, page: Page): boolean {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  return box?.width === width && box.height === height;
}

/** One who shares and one who looks. */
async function aPair(sharing: string, looking: string) {
  const [sharer, viewer] = await Promise.all([world.signUp(sharing), world.signUp(looking)]);
  await givesScreens(sharer);
  await Promise.all([sharer, viewer].map(comparesPixels));
  return { sharer, viewer, chatId: await makeGroupOf(sharer, 'Band', [viewer]) };
}

function untilTold(ms: () => Promise<number | null>): Promise<void> {
  return until(async () => (await ms()) !== null, { what: 'the screen to be sharp', timeoutMs: 40_000 });
}

function untilShown(page: Page, screen: string, shared: string): Promise<void> {
  const isShown = async (): Promise<boolean> => (await compare(page, screen, shared)).wrong < WRONG_MAX;
  return until(isShown, { what: 'the screen to be shown', timeoutMs: 40_000, everyMs: 300 });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function shareOfVideo(page: Page, video: string, at: Place): Promise<Place> {
  return page.locator(video).evaluate((element, { x, y }) => {
    const box = element.getBoundingClientRect();
    return { x: (x - box.left) / box.width, y: (y - box.top) / box.height };
  }, at);
}

/** Where a name's pointer stands on a video, in shares of it; null: nowhere. */
async function pointerOn(page: Page, video: string, name: string): Promise<Place | null> {
  const pointer = page.getByTestId('pointer').filter({ hasText: name });
  if ((await pointer.count()) === 0) return null;
  const at = await pointer.evaluate((element) => element.getBoundingClientRect());
  return shareOfVideo(page, video, at);
}

function isNear(seen: Place | null, meant: Place): boolean {
  return seen !== null && Math.hypot(seen.x - meant.x, seen.y - meant.y) < 0.01;
}
