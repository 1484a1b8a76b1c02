import { randomBytes } from 'node:crypto';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { idOf } from '../../e2e/support/acts.ts';
import { callApi } from '../../e2e/support/api.ts';
import { openChat, joinCall } from '../../e2e/support/callScreens.ts';
import { until } from '../../e2e/support/children.ts';
import { programPath } from '../../e2e/support/programs.ts';
import { watchRenders } from '../../e2e/support/renders.ts';
import { type Guest, startWorld, type World } from '../../e2e/support/world.ts';
import { newId } from '../../server/src/platform/ids.ts';
import { serveBarePage } from '../join/barePage.ts';
import { busyShare } from '../support/busyShare.ts';
import type { Place } from '../watching/members.ts';
import { bringMembers } from '../watching/membersProcess.ts';
import { countTileRenders, TILE } from '../watching/tiles.ts';
import type { Figures, Run, Scenario } from './scenario.ts';

const MEMBERS = 25;
const CAMERAS = 4;
const WATCHED_MS = 20_000;
const COUNTED_MS = 10_000;
const QUICK = { members: 6, watchedMs: 4_000, countedMs: 4_000 };
/** Until all pictures run and the first layout stands. */
const SETTLED_MS = 5_000;
const PATIENCE_MS = 60_000;
const SIGN_UPS_AT_ONCE = 4;

/** One browser with camera and microphone off in a call of many, who speak in turn. */
export const watching: Scenario = {
  name: 'watching',
  words: `watching a call of ${MEMBERS} others, ${CAMERAS} with their cameras on, another one speaking every 2 s`,
  repeats: 2,
  measures: [
    {
      name: 'busy',
      words: 'main thread of the page busy, of its own processor time',
      unit: '%',
      bar: { atMost: 30 },
      absolute: true,
    },
    { name: 'drawn', words: 'tiles drawn, all together', unit: '/s' },
    {
      name: 'inVain',
      words: '… of which nothing had changed',
      unit: '/s',
      bar: { atMost: 0 },
      absolute: true,
    },
  ],
  async measure(name, run): Promise<Figures> {
    process.env['TEST_DATABASE_URL'] = run.services.database.url;
    process.env['TEST_REDIS_URL'] = run.services.redis.url;
    process.env['TEST_CHROMIUM'] ??= await programPath('chromium');
    const world = await startWorld({ hasCalls: true, hasWindows: true });
    try {
      return await (name === 'bare' ? watchBare(world, run) : watchDialog(world, run));
    } finally {
      await world.close();
    }
  },
};

async function watchBare({ browser, livekit }: World, { isQuick }: Run): Promise<Figures> {
  if (!livekit) throw new Error('no LiveKit');
  const bare = await serveBarePage(livekit);
  const many = isQuick ? QUICK.members : MEMBERS;
  const members = await bringMembers(
    Array.from({ length: many }, (_, nth) => async () => ({ ...(await bare.admit()), hasCamera: nth < CAMERAS })),
  );
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(await bare.address({ watches: true }));
    await page.click('#join');
    await untilAllRun(page, 'video');
    return { busy: await busyShare(page, isQuick ? QUICK.watchedMs : WATCHED_MS) };
  } finally {
    await members.stop();
    await bare.close();
  }
}

async function watchDialog(world: World, { isQuick }: Run): Promise<Figures> {
  const watcher = await world.signUp('Watcher');
  await watchRenders(watcher.context, TILE);
  const { chatId, places } = await callOfMany(world, watcher, isQuick ? QUICK.members : MEMBERS);
  const members = await bringMembers(places);
  try {
    const { page } = watcher;
    await openChat(watcher, chatId);
    await joinCall(watcher);
    const controls = page.getByRole('toolbar', { name: 'Call controls' });
    for (const what of ['Mute', 'Turn camera off']) await controls.getByRole('button', { name: what }).click();
    await untilAllRun(page, `${TILE} video`);
    const busy = await busyShare(page, isQuick ? QUICK.watchedMs : WATCHED_MS);
    const countedMs = isQuick ? QUICK.countedMs : COUNTED_MS;
    const { drawn, inVain } = await countTileRenders(page, countedMs);
    return { busy, drawn: (drawn * 1_000) / countedMs, inVain: (inVain * 1_000) / countedMs };
  } finally {
    await members.stop();
  }
}

/** Until so many pictures as there are cameras go on, and a moment more. */
async function untilAllRun(page: Page, selector: string): Promise<void> {
  const running = (): Promise<number> =>
    page.evaluate(
      (css) => [...document.querySelectorAll<HTMLVideoElement>(css)].filter(({ videoWidth }) => videoWidth > 0).length,
      selector,
    );
  await until(async () => (await running()) === CAMERAS, { what: 'all pictures', timeoutMs: PATIENCE_MS });
  await page.waitForTimeout(SETTLED_MS);
}

/** A group whose members have accounts and are let in by the server, as any client would be; only the watcher has a page. */
async function callOfMany(
  world: World,
  watcher: Guest,
  many: number,
): Promise<{ chatId: ChatId; places: readonly (() => Promise<Place>)[] }> {
  const url = world.nodes[0]?.url ?? '';
  const tokens: string[] = [];
  const userIds = [await idOf(watcher)];
  for (let from = 0; from < many; from += SIGN_UPS_AT_ONCE) {
    const nths = Array.from({ length: Math.min(SIGN_UPS_AT_ONCE, many - from) }, (_, at) => from + at);
    for (const { token, user } of await Promise.all(nths.map((nth) => signUp(url, nth)))) {
      tokens.push(token ?? '');
      userIds.push(user.id);
    }
  }
  const [first = ''] = tokens;
  const chatId = newId<ChatId>();
  const others = userIds.filter((_, at) => at !== 1);
  await callApi({ url, token: first }, 'createGroup', { body: { id: chatId, title: 'Many', memberIds: others } });
  const callId = newId<CallId>();
  await callApi({ url, token: first }, 'startCall', { params: { chatId }, body: { id: callId, isVideo: true } });
  const places = tokens.map((token, nth) => async (): Promise<Place> => {
    const admission = await callApi({ url, token }, 'joinCall', {
      params: { callId },
      body: { deviceId: newId<DeviceId>(), ways: ['sfu'] },
    });
    if (admission.way !== 'sfu') throw new Error('a group call goes through the media server');
    const gate = `${url.replace('http', 'ws')}${admission.mediaPath}`;
    return { url: gate, token: admission.token, hasCamera: nth < CAMERAS };
  });
  return { chatId, places };
}

interface SignedUp {
  readonly token?: string;
  readonly user: { readonly id: Awaited<ReturnType<typeof idOf>> };
}

async function signUp(url: string, nth: number): Promise<SignedUp> {
  const answer = await fetch(`${url}/api/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      userName: `member_${nth}_${randomBytes(3).toString('hex')}`,
      displayName: `Member ${nth + 1}`,
      password: 'correct horse battery staple',
      keep: 'bearer',
    }),
  });
  if (!answer.ok) throw new Error(`sign-up answered ${answer.status}`);
  return (await answer.json()) as SignedUp;
}
