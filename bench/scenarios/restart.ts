import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { makeGroupOf } from '../../e2e/support/acts.ts';
import { callOf, untilSeen, videoOf } from '../../e2e/support/callScreens.ts';
import { programPath } from '../../e2e/support/programs.ts';
import { type Guest, startWorld, type World } from '../../e2e/support/world.ts';
import { CAMERA_ARGUMENTS } from '../support/camera.ts';
import { median, percentile } from '../support/stats.ts';
import type { Figures, Scenario } from './scenario.ts';

const NAMES = ['Anna', 'Ben', 'Carla'];
const RESTARTS = 8;
const RESTARTS_QUICK = 2;
/** A system's own service manager takes about so long. */
const AWAY_MS = 2_000;
/** Between everyone's return and the next fall. */
const PAUSE_MS = 5_000;
const PATIENCE_MS = 90_000;

/** Three people with their cameras on, whose media server is killed and started again, each time anew. */
export const restart: Scenario = {
  name: 'restart',
  words: `kill -9 of LiveKit in a call of three, ${RESTARTS} times, back after ${AWAY_MS / 1_000} s`,
  repeats: 1,
  dialogOnly: true,
  measures: [
    {
      name: 'shownMs',
      words: 'until a person reads that it is lost, p95',
      unit: 'ms',
      bar: { atMost: 3_000 },
      absolute: true,
    },
    {
      name: 'backMs',
      words: 'until a person sees both others move again, from when it answers, p95',
      unit: 'ms',
      bar: { atMost: 15_000 },
      absolute: true,
    },
    { name: 'backMedianMs', words: '… median', unit: 'ms' },
  ],
  async measure(_name, { services, isQuick }): Promise<Figures> {
    process.env['TEST_DATABASE_URL'] = services.database.url;
    process.env['TEST_REDIS_URL'] = services.redis.url;
    process.env['TEST_CHROMIUM'] ??= await programPath('chromium');
    const world = await startWorld({ hasCalls: true, hasWindows: true, browserArguments: CAMERA_ARGUMENTS });
    try {
      return await restarts(world, isQuick ? RESTARTS_QUICK : RESTARTS);
    } finally {
      await world.close();
    }
  },
};

async function restarts(world: World, rounds: number): Promise<Figures> {
  const { livekit } = world;
  if (!livekit) throw new Error('no LiveKit');
  const guests: Guest[] = [];
  for (const name of NAMES) guests.push(await world.signUp(name));
  const [first, ...others] = guests;
  if (!first) throw new Error('nobody');
  await callOf(guests, await makeGroupOf(first, 'Bench', others));
  await Promise.all(
    guests.flatMap((viewer) =>
      NAMES.filter((name) => name !== viewer.displayName).map((name) => untilSeen(viewer, name)),
    ),
  );
  const [shown, back]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const losses = Promise.all(guests.map(({ page }) => untilLost(page)));
    const killedAt = Date.now();
    await livekit.kill();
    const [lostAt] = await Promise.all([losses, sleep(AWAY_MS)]);
    shown.push(...lostAt.map((at) => at - killedAt));
    await livekit.start();
    const answersAt = Date.now();
    const returns = await Promise.all(guests.map((guest) => untilMoving(guest)));
    back.push(...returns.map((at) => at - answersAt));
    await sleep(PAUSE_MS);
  }
  return { shownMs: percentile(shown, 0.95), backMs: percentile(back, 0.95), backMedianMs: median(back) };
}

/** When, in ms since 1970. */
async function untilLost(page: Page): Promise<number> {
  await page.waitForFunction(() => document.body.textContent.includes('Reconnecting'), null, {
    polling: 50,
    timeout: PATIENCE_MS,
  });
  return Date.now();
}

/** When, in ms since 1970, new frames of each of the others are on the page. */
async function untilMoving({ page, displayName }: Guest): Promise<number> {
  const selectors = NAMES.filter((name) => name !== displayName).map(videoOf);
  await page.waitForFunction(
    (all) => {
      const seen = ((window as { benchFrames?: WeakMap<Element, number> }).benchFrames ??= new WeakMap());
      return all
        .map((css) => {
          const video = document.querySelector<HTMLVideoElement>(css);
          if (!video) return false;
          const frames = video.getVideoPlaybackQuality().totalVideoFrames;
          const isMoving = frames > (seen.get(video) ?? frames);
          seen.set(video, frames);
          return isMoving;
        })
        .every(Boolean);
    },
    selectors,
    { polling: 200, timeout: PATIENCE_MS },
  );
  return Date.now();
}
