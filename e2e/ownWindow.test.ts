import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeGroupOf } from './support/acts.ts';
import { callOf, tileOf, untilSeen, videoOf } from './support/callScreens.ts';
import { givesMovingScreen, share } from './support/standing.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true, hasWindows: true });
});
afterAll(() => world?.close());

test('where nothing stays above other windows the call has one of its own, with words and looks as in the page', async () => {
  const [nora, omar] = await Promise.all([world.signUp('Nora'), world.signUp('Omar')]);
  await givesMovingScreen(nora);
  await omar.context.addInitScript(() => Reflect.deleteProperty(window, 'documentPictureInPicture'));
  await omar.context.addInitScript(() => Object.defineProperty(document, 'pictureInPictureEnabled', { value: false }));
  await callOf([nora, omar], await makeGroupOf(nora, 'Band', [omar]));
  await untilSeen(omar, 'Nora');
  await omar.page.getByRole('button', { name: 'More', exact: true }).click();
  const opening = omar.page.waitForEvent('popup');
  await omar.page.getByRole('menuitem', { name: 'Open in a window of its own' }).click();
  const beside = { ...omar, page: await opening };
  await untilSeen(beside, 'Nora');
  expect(await beside.page.title()).toBe('Call in Band');

  // Its styles come with the first screen, and nobody has seen one yet.
  await share(nora);
  await untilSeen(beside, 'Nora’s screen');
  const place = await beside.page
    .locator(videoOf('Nora’s screen'))
    .evaluate((video) => getComputedStyle(video).position);
  expect(place).toBe('absolute');

  await beside.page.getByRole('button', { name: 'Mute', exact: true }).click();
  await tileOf(nora.page, 'Omar').getByText('muted').waitFor({ state: 'attached' });
  await tileOf(nora.page, 'Omar').hover();
  await nora.page.getByRole('button', { name: 'More about Omar' }).click();
  await nora.page.getByRole('menuitem', { name: 'Ask to unmute' }).click();
  await beside.page.getByText('Nora asks you to unmute.').waitFor();
  await beside.page.getByRole('button', { name: 'Unmute', exact: true }).first().click();
  await tileOf(nora.page, 'Omar').getByText('muted').waitFor({ state: 'detached' });

  const closing = beside.page.waitForEvent('close');
  await omar.page.getByRole('toolbar').getByRole('button', { name: 'Leave call' }).click();
  await closing;
});
