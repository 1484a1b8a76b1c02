import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { makeDirectChat } from '../../e2e/support/acts.ts';
import { openChat, videoOf } from '../../e2e/support/callScreens.ts';
import { programPath } from '../../e2e/support/programs.ts';
import { launchBrowser, startWorld, type World } from '../../e2e/support/world.ts';
import { arrivalsAt, letNote, noteArrivals } from '../direct/arrivals.ts';
import { serveBarePage } from '../direct/barePage.ts';
import { writeTone } from '../direct/tone.ts';
import { CAMERA_ARGUMENTS } from '../support/camera.ts';
import { median } from '../support/stats.ts';
import type { Figures, Scenario } from './scenario.ts';

const CALLS = 6;
const CALLS_QUICK = 2;
/** It rings for a moment before somebody presses. */
const RINGS_MS = 1_000;
/** Between hanging up and calling again. */
const PAUSE_MS = 1_000;

const BAR = { atMost: 1.5 };

type Times = Awaited<ReturnType<typeof arrivalsAt>>;

/** One call after the other between the same two pages; the clock runs from the press on "answer". */
export const direct: Scenario = {
  name: 'direct',
  words:
    'press on "answer" until sound and picture, directly from one browser to the other, against a page with nothing but RTCPeerConnection',
  repeats: 3,
  measures: [
    { name: 'answererSees', words: `who answers sees, median of ${CALLS} calls`, unit: 'ms', bar: BAR },
    { name: 'answererHears', words: '… and hears', unit: 'ms', bar: BAR },
    { name: 'callerSees', words: 'who calls sees', unit: 'ms', bar: BAR },
    { name: 'callerHears', words: '… and hears', unit: 'ms', bar: BAR },
    { name: 'first', words: 'all four, in the first call of a page', unit: 'ms' },
  ],
  async measure(name, { services, isQuick }): Promise<Figures> {
    process.env['TEST_DATABASE_URL'] = services.database.url;
    process.env['TEST_REDIS_URL'] = services.redis.url;
    process.env['TEST_CHROMIUM'] ??= await programPath('chromium');
    const folder = await mkdtemp(join(tmpdir(), 'dialog-tone-'));
    const tone = join(folder, 'tone.wav');
    await writeTone(tone);
    const options = {
      hasCalls: true,
      hasWindows: true,
      browserArguments: [...CAMERA_ARGUMENTS, `--use-file-for-fake-audio-capture=${tone}`],
    };
    // The bare page needs no server of ours.
    const place = name === 'bare' ? await launchBrowser(options) : await startWorld(options);
    try {
      const calls = isQuick ? CALLS_QUICK : CALLS;
      return figuresOf(await ('browser' in place ? dialogCalls(place, calls) : bareCalls(place, calls)));
    } finally {
      await place.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function figuresOf(times: readonly Times[]): Figures {
  const [first] = times;
  if (!first) throw new Error('no call');
  const names = Object.keys(first) as (keyof Times)[];
  return {
    ...Object.fromEntries(names.map((name) => [name, median(times.map((one) => one[name]))])),
    first: Math.max(...Object.values(first)),
  };
}

interface Pair {
  readonly caller: Page;
  readonly answerer: Page;
}

async function bareCalls(browser: Browser, calls: number): Promise<Times[]> {
  const bare = await serveBarePage();
  const [caller, answerer] = await Promise.all([browser.newPage(), browser.newPage()]);
  await Promise.all([caller, answerer].map((page) => page.goto(bare.url)));
  const times = await callsOf(
    calls,
    { caller, answerer },
    {
      call: () => caller.click('#call'),
      answer: () => answerer.locator('#answer'),
      pictures: { caller: 'video.theirs', answerer: 'video.theirs' },
      hangUp: () => caller.evaluate('hangUp()'),
    },
  );
  await bare.close();
  return times;
}

async function dialogCalls(world: World, calls: number): Promise<Times[]> {
  const [anna, ben] = [await world.signUp('Anna'), await world.signUp('Ben')];
  const chatId = await makeDirectChat(anna, ben);
  await Promise.all([anna, ben].map(({ page }) => letNote(page)));
  await openChat(anna, chatId);
  return callsOf(
    calls,
    { caller: anna.page, answerer: ben.page },
    {
      async call() {
        await anna.page.getByRole('button', { name: 'Start video call' }).click();
        const lobby = anna.page.getByRole('dialog');
        await lobby.locator('video').waitFor();
        await lobby.getByRole('button', { name: 'Start call' }).click();
      },
      answer: () => ben.page.getByTestId('ring').getByRole('button', { name: 'Answer with video' }),
      pictures: { caller: videoOf('Ben'), answerer: videoOf('Anna') },
      async hangUp() {
        for (const { page } of [anna, ben]) await page.getByRole('button', { name: 'Leave call' }).click();
      },
    },
  );
}

interface Way {
  readonly call: () => Promise<void>;
  readonly answer: () => ReturnType<Page['locator']>;
  /** CSS of the other one's picture. */
  readonly pictures: Readonly<Record<keyof Pair, string>>;
  readonly hangUp: () => Promise<unknown>;
}

async function callsOf(calls: number, pair: Pair, { call, answer, pictures, hangUp }: Way): Promise<Times[]> {
  const times: Times[] = [];
  for (let round = 0; round < calls; round += 1) {
    await call();
    await answer().waitFor();
    await sleep(RINGS_MS);
    for (const side of ['caller', 'answerer'] as const) await noteArrivals(pair[side], pictures[side]);
    await answer().click();
    times.push(await arrivalsAt(pair));
    await hangUp();
    await sleep(PAUSE_MS);
  }
  return times;
}
