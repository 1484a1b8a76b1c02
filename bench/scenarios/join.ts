import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { makeGroupOf } from '../../e2e/support/acts.ts';
import { openChat, startCall, untilSeen, videoOf } from '../../e2e/support/callScreens.ts';
import { until } from '../../e2e/support/children.ts';
import { programPath } from '../../e2e/support/programs.ts';
import { startWorld, type World } from '../../e2e/support/world.ts';
import { serveBarePage } from '../join/barePage.ts';
import { CAMERA_ARGUMENTS } from '../support/camera.ts';
import { median } from '../support/stats.ts';
import type { Figures, Scenario } from './scenario.ts';

const JOINS = 5;
/** Between leaving and coming again. */
const PAUSE_MS = 1_500;

/** One person's camera is in the call; how long from another's click on "join" until they see it. */
export const join: Scenario = {
  name: 'join',
  words: 'click on "join" until the first remote picture, against a page with nothing but livekit-client',
  repeats: 2,
  measures: [{ name: 'firstFrameMs', words: `median of ${JOINS} joins`, unit: 'ms', bar: { atMost: 1.5 } }],
  async measure(name, { services }): Promise<Figures> {
    process.env['TEST_DATABASE_URL'] = services.database.url;
    process.env['TEST_REDIS_URL'] = services.redis.url;
    process.env['TEST_CHROMIUM'] ??= await programPath('chromium');
    const world = await startWorld({ hasCalls: true, hasWindows: true, browserArguments: CAMERA_ARGUMENTS });
    try {
      return { firstFrameMs: median(await (name === 'bare' ? bareJoins(world) : dialogJoins(world))) };
    } finally {
      await world.close();
    }
  },
};

async function bareJoins({ browser, livekit }: World): Promise<number[]> {
  if (!livekit) throw new Error('no LiveKit');
  const bare = await serveBarePage(livekit);
  const host = await openPage(browser, await bare.address());
  await host.click('#join');
  await host.waitForFunction(() => 'isIn' in window);
  const times: number[] = [];
  for (let round = 0; round < JOINS; round += 1) {
    const page = await openPage(browser, await bare.address());
    await page.click('#join');
    times.push(await firstFrame(page));
    await page.close();
    await sleep(PAUSE_MS);
  }
  await bare.close();
  return times;
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(address);
  return page;
}

async function dialogJoins(world: World): Promise<number[]> {
  const [host, guest] = [await world.signUp('Host'), await world.signUp('Guest')];
  const chatId = await makeGroupOf(host, 'Bench', [guest]);
  await Promise.all([host, guest].map((each) => openChat(each, chatId)));
  await startCall(host);
  const times: number[] = [];
  for (let round = 0; round < JOINS; round += 1) {
    await guest.page.getByRole('button', { name: 'Join call' }).click();
    const lobby = guest.page.getByRole('dialog');
    await lobby.locator('video').waitFor();
    await noteFirstFrameAfterClick(guest.page, videoOf('Host'));
    await lobby.getByRole('button', { name: 'Join', exact: true }).click();
    times.push(await firstFrame(guest.page));
    if (round === 0) await untilSeen(host, 'Guest');
    await guest.page.getByRole('button', { name: 'Leave call' }).click();
    await sleep(PAUSE_MS);
  }
  return times;
}

/** The same clock as on the bare page: from the click to the frame's presentation, both told by the page. */
function noteFirstFrameAfterClick(page: Page, selector: string): Promise<void> {
  return page.evaluate((css) => {
    const noted = window as { firstFrameMs?: number };
    delete noted.firstFrameMs;
    const begin = (): void => {
      const clickedAt = performance.now();
      const look = (): void => {
        const video = document.querySelector<HTMLVideoElement>(css);
        if (video) video.requestVideoFrameCallback(() => (noted.firstFrameMs ??= performance.now() - clickedAt));
        else requestAnimationFrame(look);
      };
      look();
    };
    document.addEventListener('click', begin, { once: true, capture: true });
  }, selector);
}

async function firstFrame(page: Page): Promise<number> {
  const read = (): Promise<number | undefined> =>
    page.evaluate(() => (window as { firstFrameMs?: number }).firstFrameMs);
  await until(async () => (await read()) !== undefined, { what: 'the first frame', everyMs: 100 });
  return (await read()) ?? Number.NaN;
}
