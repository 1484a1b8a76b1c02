import { randomBytes } from 'node:crypto';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { CDPSession, Page } from 'playwright-core';
import { MESSAGE_ROW } from '../../e2e/support/chatScreens.ts';
import { seedPeople } from '../../e2e/support/people.ts';
import { programPath } from '../../e2e/support/programs.ts';
import { startWorld, type Guest, type World } from '../../e2e/support/world.ts';
import { seedMany } from '../../scripts/seed/many.ts';
import { fromBytes } from '../../server/src/platform/ids.ts';
import { createMysqlDatabase } from '../../server/src/platform/mysql/mysqlDatabase.ts';
import { scrollUp, timeJump, watchAnchor } from '../scrolling/inPage.ts';
import { countProcessorTime, metric } from '../support/busyShare.ts';
import { percentile } from '../support/stats.ts';
import type { Figures, Run, Scenario } from './scenario.ts';

const HELD = { messages: 100_000, scrolled: 10_000, jumps: 20 };
const QUICK = { messages: 5_000, scrolled: 1_000, jumps: 5 };
/** 7,200 px a second: a quick flick of the wheel that never ends. */
const STEP_PX = 120;
const SPAN_DAYS = 729;
const DAY_MS = 86_400_000;
/** Rows of a place just come to are still being measured. */
const SETTLED_MS = 1_000;
const HEAP_MAX_MB = 60;
const ROWS_MAX = 150;

/** One chat of 100,000 messages in the built app; the same frames are counted on a page of 10,000 plain rows. */
export const scrolling: Scenario = {
  name: 'scrolling',
  words: 'a chat of 100,000 messages in headless Chromium, against a page of plain rows',
  repeats: 2,
  measures: [
    { name: 'dropped', words: 'frames dropped over 10,000 messages', unit: '%', bar: { atMost: 1 }, absolute: true },
    { name: 'longestFrame', words: 'longest frame meanwhile', unit: 'ms' },
    { name: 'frameCpu', words: 'processor time of the page for a frame, mean', unit: 'ms' },
    { name: 'jumpP95', words: 'to any date, click until shown, p95', unit: 'ms', bar: { atMost: 300 }, absolute: true },
    {
      name: 'anchor',
      words: 'farthest that a row in view moved by itself',
      unit: 'px',
      bar: { atMost: 1 },
      absolute: true,
    },
    { name: 'heapOpened', words: 'JavaScript heap, chat opened', unit: 'MB' },
    { name: 'heap', words: '… after all that', unit: 'MB', bar: { atMost: HEAP_MAX_MB }, absolute: true },
    { name: 'rows', words: 'messages in the document at most', unit: '', bar: { atMost: ROWS_MAX }, absolute: true },
  ],
  async measure(name, run): Promise<Figures> {
    process.env['TEST_DATABASE_URL'] = run.services.database.url;
    process.env['TEST_REDIS_URL'] = run.services.redis.url;
    process.env['TEST_CHROMIUM'] ??= await programPath('chromium');
    const masterKey = randomBytes(32);
    const world = await startWorld({ env: { DIALOG_MASTER_KEY: masterKey.toString('base64') } });
    try {
      return await (name === 'bare' ? plainPage(world, run) : dialogPage(world, run, masterKey));
    } finally {
      await world.close();
    }
  },
};

async function plainPage(world: World, { isQuick }: Run): Promise<Figures> {
  const { scrolled } = isQuick ? QUICK : HELD;
  const page = await world.browser.newPage({ viewport: { width: 1280, height: 800 } });
  const rows = Array.from({ length: scrolled + 100 }, (_, at) => `<div data-message="${at}">Row ${at}</div>`).join('');
  await page.setContent(
    `<style>main{height:700px;overflow:auto}div{height:56px}</style><main>${rows}</main><script>document.querySelector('main').scrollTop=1e9</script>`,
  );
  // All rows are there from the beginning: the same way is scrolled, not the same number is seen.
  const devtools = await page.context().newCDPSession(page);
  await countProcessorTime(devtools);
  const busyBefore = await metric(devtools, 'TaskDuration');
  const frames = Math.floor((scrolled * 56) / STEP_PX);
  const plain = await page.evaluate(scrollPlain, { frames, stepPx: STEP_PX });
  const busy = (await metric(devtools, 'TaskDuration')) - busyBefore;
  return {
    dropped: plain.droppedShare * 100,
    longestFrame: plain.longestFrameMs,
    frameCpu: (busy * 1_000) / frames,
  };
}

async function scrollPlain({ frames, stepPx }: { readonly frames: number; readonly stepPx: number }) {
  const DUE_MS = 1_000 / 60;
  const scroller = document.querySelector('main');
  if (!scroller) throw new Error('nothing scrolls');
  let [due, dropped, longest] = [0, 0, 0];
  let before = await new Promise<number>(requestAnimationFrame);
  for (let at = 0; at < frames; at += 1) {
    scroller.scrollTop -= stepPx;
    const now = await new Promise<number>(requestAnimationFrame);
    const owed = Math.max(1, Math.round((now - before) / DUE_MS));
    due += owed;
    dropped += owed - 1;
    longest = Math.max(longest, now - before);
    before = now;
  }
  return { droppedShare: dropped / due, longestFrameMs: longest };
}

async function dialogPage(world: World, { isQuick }: Run, masterKey: Buffer): Promise<Figures> {
  const { messages, scrolled, jumps } = isQuick ? QUICK : HELD;
  const reader = await world.signUp('Reader');
  const chatId = await seedChat(world, { reader, masterKey, messages });
  const { page } = reader;
  await page.goto(`/chat/${chatId}`);
  await page.locator(`main ${MESSAGE_ROW}`).nth(5).waitFor();
  await page.waitForTimeout(3_000);
  const devtools = await page.context().newCDPSession(page);
  await countProcessorTime(devtools);
  const heapOpened = await heapMb(devtools);
  const row = `main ${MESSAGE_ROW}`;
  const busyBefore = await metric(devtools, 'TaskDuration');
  const way = await page.evaluate(scrollUp, { row, messages: scrolled, stepPx: STEP_PX });
  if (way.messages < scrolled) throw new Error(`only ${way.messages} messages came by`);
  const busy = (await metric(devtools, 'TaskDuration')) - busyBefore;
  const times: number[] = [];
  let anchor = 0;
  for (let jump = 0; jump < jumps; jump += 1) {
    times.push(await jumpOn(page, dayBefore(1 + ((jump * 263) % SPAN_DAYS))));
    await page.waitForTimeout(SETTLED_MS);
    for (const stepPx of [-400, 400]) anchor = Math.max(anchor, await page.evaluate(watchAnchor, { row, stepPx }));
  }
  return {
    dropped: way.droppedShare * 100,
    longestFrame: way.longestFrameMs,
    frameCpu: (busy * 1_000) / way.frames,
    rows: way.rowsInDomMax,
    jumpP95: percentile(times, 0.95),
    anchor,
    heapOpened,
    heap: await heapMb(devtools),
  };
}

async function seedChat(
  { databaseUrl }: World,
  { reader, masterKey, messages }: { reader: Guest; masterKey: Buffer; messages: number },
): Promise<ChatId> {
  const others = await seedPeople(databaseUrl, 3);
  const db = createMysqlDatabase({ url: databaseUrl });
  try {
    const [row] = await db.rows<{ id: Buffer }>('SELECT id FROM users WHERE user_name = :name', {
      name: reader.userName,
    });
    if (!row) throw new Error('the reader has no account');
    const people = [fromBytes<UserId>(row.id), ...others.map(({ userId }) => userId)];
    const [chat] = await seedMany({ db, masterKey, people, messages, chats: 1, tell: () => undefined });
    if (!chat) throw new Error('no chat');
    return chat.id;
  } finally {
    await db.close();
  }
}

/** By the dialog of the chat's menu: in so long a chat no day need begin on the screen. */
async function jumpOn(page: Page, day: string): Promise<number> {
  await page.getByRole('button', { name: 'More about this chat' }).click();
  await page.getByRole('menuitem', { name: 'Go to a day' }).click();
  await page.getByRole('dialog').getByLabel('Day').fill(day);
  return page.evaluate(timeJump, day);
}

function dayBefore(days: number): string {
  const date = new Date(Date.now() - days * DAY_MS);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return (await metric(devtools, 'JSHeapUsedSize')) / 1e6;
}
