import type { ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, makeDirectChat, postAs } from './support/acts.ts';
import { chatInList, composerOn } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { photograph } from './support/pictures.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ keepsShell: true });
});
afterAll(() => world?.close());

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly path: unknown;
}

/** What of Dialog stands among the system's notifications. */
async function shownOn(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, tag, data }) => ({ title, body, tag, path: data.path as unknown }));
  });
}

/** Counts how often a tone begins, and remembers what the page did about badges and its own notifications. */
const SPIES = `
  self.heard = [];
  const begin = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { self.heard.push(performance.now()); return begin.apply(this, when); };
  self.badges = [];
  navigator.setAppBadge = async (count) => void self.badges.push(count);
  navigator.clearAppBadge = async () => void self.badges.push(0);
  self.asked = 0;
  const ask = Notification.requestPermission;
  Notification.requestPermission = (...args) => { self.asked += 1; return ask.apply(Notification, args); };
`;

function heardOn(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { heard: number[] }).heard.length);
}

/** As the server keeps them. */
async function notificationsOf(guest: Guest) {
  const { changes } = await actAs(guest, 'syncChats', { body: { since: 0, known: [] } });
  return changes.settings?.notifications;
}

/** The page tells of what comes: one of them, where there are several. */
async function untilListening(page: Page): Promise<void> {
  await until(
    () =>
      page.evaluate(async () => {
        const { held = [] } = await navigator.locks.query();
        return held.some(({ name }) => name?.startsWith('dialog-notify-'));
      }),
    { what: 'a tab that speaks' },
  );
}

/** Somebody who has turned notifications on, and somebody who writes to them. */
async function readerAndWriter(): Promise<{ ada: Guest; grace: Guest; chatId: ChatId }> {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  await ada.context.grantPermissions(['notifications']);
  await ada.context.addInitScript(SPIES);
  await ada.page.evaluate(() => localStorage.setItem('dialog.push', 'on'));
  const chatId = await makeDirectChat(ada, grace);
  await ada.page.goto('/');
  await chatInList(ada.page, 'Grace').waitFor();
  // Browsers let a page be heard once something was pressed in it.
  await ada.page.keyboard.press('Shift');
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await untilListening(ada.page);
  return { ada, grace, chatId };
}

test('with three tabs open a message is shown once, heard once', async () => {
  const { ada, grace, chatId } = await readerAndWriter();
  const others = [await ada.context.newPage(), await ada.context.newPage()];
  for (const page of others) {
    await page.goto('/settings');
    await page.keyboard.press('Shift');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  }
  await postAs(grace, chatId, 'Are you **there**?');
  await until(async () => (await shownOn(ada.page)).length > 0, { what: 'a notification' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await shownOn(ada.page)).toEqual([
    { title: 'Grace', body: 'Are you there?', tag: `chat:${chatId}`, path: `/chat/${chatId}` },
  ]);
  expect((await Promise.all([ada.page, ...others].map(heardOn))).toSorted()).toEqual([0, 0, 1]);

  await postAs(grace, chatId, 'Hello?');
  await until(async () => (await shownOn(ada.page))[0]?.body === 'Hello?', { what: 'the newest text' });
  expect(await shownOn(ada.page)).toHaveLength(1);
});

test('the settings hold all about notifications, keep it on all devices, and let one hear the sounds', async () => {
  const { ada, chatId } = await readerAndWriter();
  const { page } = ada;
  await actAs(ada, 'arrangeChat', { params: { chatId }, body: { mutedUntil: '9999-12-31T23:59:59.000Z' } });
  await page.goto('/settings/notifications');
  await page.getByRole('heading', { name: 'This device' }).waitFor();
  expect(await page.getByRole('switch', { name: 'Notifications on this device' }).isChecked()).toBe(true);
  await page.getByText('Muted', { exact: true }).waitFor();

  await page.getByRole('switch', { name: 'Every day' }).check();
  await page.getByLabel('From', { exact: true }).fill('23:15');
  await page.getByLabel('Until', { exact: true }).fill('06:45');
  await page.getByRole('button', { name: 'Listen' }).click();
  await until(async () => (await heardOn(page)) === 1, { what: 'the sound' });
  await page.getByRole('combobox', { name: 'Sound' }).click();
  await page.getByRole('option', { name: 'Chime' }).click();
  await until(async () => (await heardOn(page)) === 4, { what: 'the three tones of the chime' });
  await expect
    .poll(() => notificationsOf(ada))
    .toMatchObject({ quietHours: { from: 23 * 60 + 15, until: 6 * 60 + 45 }, sound: 'chime' });
  expect(await photograph(page, 'notifications')).toEqual([]);

  await page.getByRole('button', { name: /Grace/ }).click();
  await composerOn(page).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}`);
});
