import { randomBytes } from 'node:crypto';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchAnchor } from '../bench/scrolling/inPage.ts';
import { seedMany } from '../scripts/seed/many.ts';
import { fromBytes } from '../server/src/platform/ids.ts';
import { createMysqlDatabase } from '../server/src/platform/mysql/mysqlDatabase.ts';
import { MESSAGE_ROW, messagesOn } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { seedPeople } from './support/people.ts';
import { startWorld, type Guest, type World } from './support/world.ts';

/** More than twice what a page holds of one chat (`messages.window.ts`). */
const MESSAGES = 1_200;
const ROW = `main ${MESSAGE_ROW}`;
const masterKey = randomBytes(32);

let world: World;
beforeAll(async () => {
  world = await startWorld({ env: { DIALOG_MASTER_KEY: masterKey.toString('base64') } });
});
afterAll(() => world.close());

async function aLongChat({ userName }: Guest): Promise<ChatId> {
  const others = await seedPeople(world.databaseUrl, 3);
  const db = createMysqlDatabase({ url: world.databaseUrl });
  const [row] = await db.rows<{ id: Buffer }>('SELECT id FROM users WHERE user_name = :userName', { userName });
  const people = [fromBytes<UserId>(row?.id ?? Buffer.alloc(16)), ...others.map(({ userId }) => userId)];
  const [chat] = await seedMany({ db, masterKey, people, messages: MESSAGES, chats: 1, tell: () => undefined });
  await db.close();
  return chat?.id ?? fromBytes<ChatId>(Buffer.alloc(16));
}

interface Way {
  /** Different messages that came by. */
  readonly seen: number;
  readonly rowsMax: number;
  readonly heightMax: number;
}

/** To one end of the chat, by leaps, until nothing more comes. */
function goToEnd(page: Page, direction: 'up' | 'down'): Promise<Way> {
  return page.evaluate(
    async ({ row, sign }) => {
      const QUIET_FRAMES = 90;
      let scroller = document.querySelector(row)?.parentElement ?? null;
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
      if (!scroller) throw new Error('nothing scrolls');
      const seen = new Set<string>();
      let [rowsMax, heightMax, quiet, known] = [0, 0, 0, 0];
      while (quiet < QUIET_FRAMES) {
        scroller.scrollBy(0, sign * 700);
        await new Promise(requestAnimationFrame);
        const rows = document.querySelectorAll(row);
        for (const one of rows) seen.add(one.getAttribute('data-message') ?? '');
        rowsMax = Math.max(rowsMax, rows.length);
        heightMax = Math.max(heightMax, scroller.scrollHeight);
        quiet = seen.size === known ? quiet + 1 : 0;
        known = seen.size;
      }
      return { seen: seen.size, rowsMax, heightMax };
    },
    { row: ROW, sign: direction === 'up' ? -1 : 1 },
  );
}

test('a long way up and down again holds a window of the chat, to the pixel where one reads', async () => {
  const ada = await world.signUp('Ada');
  const { page } = ada;
  await page.goto(`/chat/${await aLongChat(ada)}`);
  await until(async () => (await messagesOn(page).count()) > 5, { what: 'rows' });
  const newest = await messagesOn(page).last().getAttribute('data-message');

  const up = await goToEnd(page, 'up');
  expect(up.seen).toBeGreaterThan(MESSAGES * 0.9);
  expect(up.rowsMax).toBeLessThanOrEqual(150);
  // All of it would be three times as high.
  expect(up.heightMax).toBeLessThan(60_000);
  expect(await page.evaluate(watchAnchor, { row: ROW, stepPx: 300 })).toBeLessThanOrEqual(1);

  const down = await goToEnd(page, 'down');
  expect(down.rowsMax).toBeLessThanOrEqual(150);
  expect(down.heightMax).toBeLessThan(60_000);
  expect(await messagesOn(page).last().getAttribute('data-message')).toBe(newest);
  expect(await page.evaluate(watchAnchor, { row: ROW, stepPx: -300 })).toBeLessThanOrEqual(1);
});
