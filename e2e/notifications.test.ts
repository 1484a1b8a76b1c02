import type { CallId, ChatId } from '@dialog/shared/contract/values';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../server/src/platform/ids.ts';
import { actAs, idOf, makeDirectChat, makeGroupOf, postAs } from './support/acts.ts';
import { chatInList, composerOn, messageOn } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { photograph } from './support/pictures.ts';
import { untilHeld, untilShellIsKept } from './support/tabs.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true, hasWindows: true });
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

function badgeOn(page: Page): Promise<number | undefined> {
  return page.evaluate(() => (globalThis as unknown as { badges: number[] }).badges.at(-1));
}

function askedOn(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { asked: number }).asked);
}

function heardOn(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { heard: number[] }).heard.length);
}

/** As the server keeps them. */
async function notificationsOf(guest: Guest) {
  const { changes } = await actAs(guest, 'syncChats', { body: { since: 0, known: [] } });
  return changes.settings?.notifications;
}

/** Somebody who has turned notifications on, and somebody who writes to them. */
async function readerAndWriter(): Promise<{ ada: Guest; grace: Guest; chatId: ChatId }> {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell: true }), await world.signUp('Grace')];
  await ada.context.grantPermissions(['notifications']);
  await ada.context.addInitScript(SPIES);
  await ada.page.evaluate(() => localStorage.setItem('dialog.push', 'on'));
  const chatId = await makeDirectChat(ada, grace);
  await ada.page.goto('/');
  await chatInList(ada.page, 'Grace').waitFor();
  // Browsers let a page be heard once something was pressed in it.
  await ada.page.keyboard.press('Shift');
  await untilShellIsKept(ada.page);
  await untilHeld(ada.page, 'dialog-notify-');
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
  const heard = await Promise.all([ada.page, ...others].map(heardOn));
  expect(heard.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);

  await postAs(grace, chatId, 'Hello?');
  await until(async () => (await shownOn(ada.page))[0]?.body === 'Hello?', { what: 'the newest text' });
  expect(await shownOn(ada.page)).toHaveLength(1);
});

test('a request and a call are told of while nobody looks, once, and are gone when they are answered', async () => {
  const { ada, grace, chatId } = await readerAndWriter();
  const { page } = ada;
  const other = await ada.context.newPage();
  await other.goto('/settings');
  await other.keyboard.press('Shift');
  await other.getByRole('heading', { name: 'Settings' }).waitFor();
  // Somebody works in another program.
  for (const tab of [page, other]) await tab.evaluate(() => (document.hasFocus = () => false));
  const [adaId, graceId] = [await idOf(ada), await idOf(grace)];

  await actAs(grace, 'requestFriend', { body: { userId: adaId } });
  await until(async () => (await shownOn(page)).length > 0, { what: 'a notification' });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await shownOn(page)).toEqual([
    { title: 'Grace', body: 'Grace wants to be your friend', tag: `friend:${graceId}`, path: '/people' },
  ]);
  expect((await Promise.all([page, other].map(heardOn))).toSorted((a, b) => a - b)).toEqual([0, 1]);
  await actAs(ada, 'acceptFriend', { params: { userId: graceId } });
  await until(async () => (await shownOn(page)).length === 0, { what: 'no notification' });

  const callId = newId<CallId>();
  await actAs(grace, 'startCall', { params: { chatId }, body: { id: callId } });
  await until(async () => (await shownOn(page)).length > 0, { what: 'a notification' });
  expect(await shownOn(page)).toEqual([
    { title: 'Grace', body: 'Grace is calling', tag: `call:${callId}`, path: `/chat/${chatId}` },
  ]);
});

test('the settings hold all about notifications, keep it on all devices, and let one hear the sounds', async () => {
  const { ada, chatId } = await readerAndWriter();
  const { page } = ada;
  await actAs(ada, 'arrangeChat', { params: { chatId }, body: { mutedUntil: '9999-12-31T23:59:59.000Z' } });
  await page.goto('/settings/notifications');
  await page.getByRole('heading', { name: 'This device' }).waitFor();
  expect(await page.getByRole('switch', { name: 'Notifications on this device' }).isChecked()).toBe(true);
  await page.getByText('Muted', { exact: true }).waitFor();

  await page.getByRole('switch', { name: 'Quiet hours every day' }).check();
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

test('what is looked at is not told; the tab, its icon and the app’s count it elsewhere', async () => {
  const { ada, grace, chatId } = await readerAndWriter();
  const { page } = ada;
  await chatInList(page, 'Grace').click();
  await composerOn(page).waitFor();
  await postAs(grace, chatId, 'You see this');
  await messageOn(page, 'You see this').waitFor();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect([await shownOn(page), await heardOn(page)]).toEqual([[], 0]);

  const club = await makeGroupOf(grace, 'Tea club', [ada]);
  await postAs(grace, club, `Are you coming, <@${await idOf(ada)}>?`);
  await until(async () => (await shownOn(page)).length === 1, { what: 'the notification of another chat' });
  expect((await shownOn(page))[0]).toMatchObject({ title: 'Tea club', body: 'Grace: Are you coming, @Ada?' });
  expect(await page.title()).toMatch(/^\(1\) /);
  const icon = page.locator('link[rel="icon"]');
  await expect.poll(() => icon.getAttribute('data-mark')).toBe('mention');
  await expect.poll(() => icon.getAttribute('href')).toMatch(/^data:image\/png/);
  expect(await badgeOn(page)).toBe(1);

  // Read on another device, it is withdrawn here.
  const { changes } = await actAs(ada, 'syncChats', { body: { since: 0, known: [] } });
  const position = changes.chats.find(({ chat }) => chat.id === club)?.lastMessage?.position ?? 0;
  await actAs(ada, 'markRead', { params: { chatId: club }, body: { position } });
  await until(async () => (await shownOn(page)).length === 0, { what: 'the withdrawal' });
  await expect.poll(() => icon.getAttribute('data-mark')).toBe('none');
  await expect.poll(() => badgeOn(page)).toBe(0);
});

test('all of it is said in German too, at any size of the page', async () => {
  const ada = await world.signUp('Ada', { locale: 'de' });
  await ada.context.grantPermissions(['notifications']);
  await ada.page.goto('/settings/notifications');
  await ada.page.getByRole('heading', { name: 'Was dir gemeldet wird' }).waitFor();
  expect(await photograph(ada.page, 'notifications-german')).toEqual([]);
});

test('nobody is asked on load; after a few messages a card asks, and "not now" holds', async () => {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell: true }), await world.signUp('Grace')];
  const { page } = ada;
  await ada.context.addInitScript(SPIES);
  const chatId = await makeDirectChat(ada, grace);
  await page.goto(`/chat/${chatId}`);
  await composerOn(page).waitFor();
  await untilHeld(page, 'dialog-notify-');
  const card = page.getByText('Shall this device tell you of new messages');
  for (const text of ['One', 'Two']) await postAs(grace, chatId, text);
  await messageOn(page, 'Two').waitFor();
  expect(await card.count()).toBe(0);
  await postAs(grace, chatId, 'Three');
  await card.waitFor();
  expect(await askedOn(page)).toBe(0);
  expect(await photograph(page, 'push-card')).toEqual([]);
  await page.getByRole('button', { name: 'Not now' }).click();
  await card.waitFor({ state: 'detached' });
  await page.reload();
  await untilHeld(page, 'dialog-notify-');
  await postAs(grace, chatId, 'Four');
  await messageOn(page, 'Four').waitFor();
  expect([await card.count(), await askedOn(page)]).toEqual([0, 0]);
});

test('the walk stops at the hop that fails and says what to do', async () => {
  const { ada } = await readerAndWriter();
  const { page } = ada;
  await page.goto('/settings/notifications');
  await page.getByRole('button', { name: 'Send a test' }).click();
  const hops = page.getByRole('list', { name: 'Way of a notification' });
  // This browser has no push service to speak to.
  await hops.getByText('push service did not answer').waitFor({ timeout: 60_000 });
  expect(await hops.getByRole('listitem').filter({ hasText: 'Works' }).count()).toBe(2);
  expect(await photograph(page, 'push-walk')).toEqual([]);
});

test('what was allowed beside the address is seen at once, and what nobody knows is not said', async () => {
  const { page, context } = await world.signUp('Edith', { keepsShell: true });
  // What is not named is denied.
  await context.grantPermissions(['microphone']);
  await page.goto('/settings/notifications');
  const own = page.getByRole('switch', { name: 'Notifications on this device' });
  await page.getByText('Nothing has been received').waitFor();
  expect(await own.isDisabled()).toBe(true);
  await context.grantPermissions(['notifications']);
  await expect.poll(() => own.isEnabled(), { timeout: 3_000 }).toBe(true);

  await page.getByRole('link', { name: /^Appearance/ }).click();
  await page.getByRole('radio', { name: 'Dark' }).waitFor();
  await context.setOffline(true);
  await page.getByRole('link', { name: /^Notifications/ }).click();
  await own.waitFor();
  expect(await page.getByText('Nothing has been received').count()).toBe(0);
  await context.setOffline(false);
});
