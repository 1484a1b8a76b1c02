import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat, postAs } from './support/acts.ts';
import { composerOn, messageOn, untilState, write } from './support/chatScreens.ts';
import { until } from './support/children.ts';
import { untilHeld, untilShellIsKept } from './support/tabs.ts';
import { startWorld, type World } from './support/world.ts';

const DIST = fileURLToPath(new URL('../web/dist', import.meta.url));

let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'builds-'));
  await cp(DIST, join(folder, 'old'), { recursive: true });
  await cp(DIST, join(folder, 'new'), { recursive: true });
  await makeAnotherBuild(join(folder, 'new'));
  await serve('old');
  world = await startWorld({ hasWindows: true, env: { WEB_DIST: join(folder, 'now') } });
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

/** As a build of another day is: another page, and a service worker that says so. */
async function makeAnotherBuild(dist: string): Promise<void> {
  const page = join(dist, 'index.html');
  await writeFile(page, (await readFile(page, 'utf8')).replace('<head>', '<head><meta name="build" content="new" />'));
  const worker = join(dist, 'sw.js');
  const told = await readFile(worker, 'utf8');
  const changed = told.replace(/"revision":"\w+","url":"index.html"/, '"revision":"new","url":"index.html"');
  if (changed === told) throw new Error('the worker names no page');
  await writeFile(worker, changed);
}

/** Which build the server finds when it starts. */
async function serve(build: 'old' | 'new'): Promise<void> {
  await symlink(join(folder, build), join(folder, 'next'));
  await rename(join(folder, 'next'), join(folder, 'now'));
}

function isNewBuild(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector('meta[name="build"]') !== null);
}

test('the app can be installed, with its icons, and its worker is asked for afresh each time', async () => {
  const url = world.nodes[0]?.url ?? '';
  const fetched = async (path: string): Promise<Response> => fetch(`${url}${path}`);
  const manifest = (await (await fetched('/manifest.webmanifest')).json()) as {
    icons: { src: string; sizes: string; purpose?: string }[];
    shortcuts: { url: string }[];
  };
  expect(manifest).toMatchObject({ id: '/', start_url: '/', scope: '/', display: 'standalone' });
  const sizeOf = async (path: string): Promise<string> => {
    const bytes = Buffer.from(await (await fetched(path)).arrayBuffer());
    return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
  };
  const pictures = manifest.icons.filter(({ src }) => src.endsWith('.png'));
  for (const { src, sizes } of pictures) expect([src, await sizeOf(src)]).toEqual([src, sizes]);
  expect(pictures.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
  );
  const page = await (await fetched('/')).text();
  expect(await sizeOf(/rel="apple-touch-icon" href="([^"]+)"/.exec(page)?.[1] ?? '')).toBe('180x180');
  for (const { url: shortcut } of manifest.shortcuts) expect((await fetched(shortcut)).status).toBe(200);
  for (const path of ['/sw.js', '/', '/manifest.webmanifest'])
    expect([path, (await fetched(path)).headers.get('cache-control')]).toEqual([path, 'no-cache']);

  const ada = await world.signUp('Ada', { keepsShell: true });
  await untilShellIsKept(ada.page);
  const viaCache = await ada.page.evaluate(async () => (await navigator.serviceWorker.ready).updateViaCache);
  expect(viaCache).toBe('none');
  await world.everyoneLeaves();
});

test('a new build is taken by all tabs at once, not while one records, and no word is lost', async () => {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell: true }), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await ada.context.grantPermissions(['microphone']);
  const [first, second] = [ada.page, await ada.context.newPage()];
  await first.goto(`/chat/${chatId}`);
  await untilShellIsKept(first);
  await first.reload();
  await second.goto(`/chat/${chatId}`);
  for (const page of [first, second]) await composerOn(page).waitFor();
  await second.getByRole('button', { name: 'Record a voice message' }).focus();
  await second.keyboard.press('Enter');
  await second.getByRole('button', { name: 'Stop recording' }).waitFor();
  await untilHeld(second, 'dialog-busy');

  await world.nodes[0]?.stop();
  await serve('new');
  await write(first, 'Sent while the server was away');
  await untilState(first, 'Sent while the server was away', 'Waiting');
  await composerOn(first).fill('Half a thou');
  await world.nodes[0]?.start();
  await first.getByText('A new version of Dialog is ready.').waitFor();
  await first.getByRole('button', { name: 'Reload' }).click();
  await first.getByText('A call or a recording is going on in this browser.').waitFor();
  expect(await isNewBuild(first)).toBe(false);
  await second.keyboard.press('Escape');
  await second.getByRole('button', { name: 'Stop recording' }).waitFor({ state: 'detached' });
  await composerOn(first).fill('Half a thought');
  await first.getByRole('button', { name: 'Reload' }).click();
  for (const page of [first, second]) {
    await until(() => isNewBuild(page), { what: 'the new build' });
    await composerOn(page).waitFor();
  }
  expect(await composerOn(first).inputValue()).toBe('Half a thought');
  await messageOn(first, 'Sent while the server was away').waitFor();
  await untilState(first, 'Sent while the server was away', 'Delivered');
  await postAs(grace, chatId, 'All there?');
  await messageOn(first, 'All there?').waitFor();
  await world.everyoneLeaves();
});

/** All that this browser holds, as far as a page can see. */
async function leftIn(page: Page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: (await caches.keys()).map((name) => name.split('-')[0]),
      kept: Object.keys(localStorage).filter((key) => !/theme|language|appearance|device|details/.test(key)),
      shown: (await registration.getNotifications()).length,
      subscription: await registration.pushManager.getSubscription(),
    };
  });
}

const NOTHING = { databases: [], caches: ['shell'], kept: [], shown: 0, subscription: null };

test('whoever signs out, or is signed out from elsewhere, leaves nothing in the browser', async () => {
  const [ada, grace] = [await world.signUp('Ada', { keepsShell: true }), await world.signUp('Grace')];
  const { page } = ada;
  const chatId = await makeDirectChat(ada, grace);
  await ada.context.grantPermissions(['notifications']);
  for (const way of ['here', 'elsewhere'] as const) {
    await page.evaluate(() => localStorage.setItem('dialog.push', 'on'));
    await page.goto(`/chat/${chatId}`);
    await untilShellIsKept(page);
    await composerOn(page).fill(`A draft, ${way}`);
    await page.goto('/');
    await untilHeld(page, 'dialog-notify-');
    await postAs(grace, chatId, `For nobody else, ${way}`);
    await until(async () => (await leftIn(page)).shown > 0, { what: 'a notification' });
    await page.evaluate(() => caches.open('previews'));
    expect((await leftIn(page)).databases.length).toBeGreaterThan(0);

    const cleared = page.waitForResponse((answer) => answer.url().endsWith('/api/auth/forget'));
    if (way === 'here') {
      await page.getByRole('button', { name: /settings and sign out/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page
        .getByRole('dialog')
        .or(page.getByRole('alertdialog'))
        .getByRole('button', { name: 'Sign out' })
        .click();
    } else {
      await ada.context.request.post('/api/auth/sign-out', { headers: { origin: world.nodes[0]?.url ?? '' } });
    }
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const answer = await cleared;
    expect(await answer.headerValue('clear-site-data')).toBe('"cache"');
    await expect.poll(() => leftIn(page)).toEqual(NOTHING);

    if (way === 'elsewhere') continue;
    await page.getByLabel('User name').fill(ada.userName);
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /settings and sign out/ }).waitFor();
  }
});
