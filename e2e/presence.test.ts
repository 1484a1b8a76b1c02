import { chromium, type BrowserServer, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectChat } from './support/acts.ts';
import { freePort } from './support/children.ts';
import { chatInList, composerOn, untilState, write } from './support/chatScreens.ts';
import { photograph } from './support/pictures.ts';
import { renderedRows, startCounting, watchRenders } from './support/renders.ts';
import { type TcpProxy, tcpProxy } from './support/tcpProxy.ts';
import { fromEnvironment, type Guest, startWorld, type World } from './support/world.ts';

/** What PRODUCT says of a crash. */
const NOTICED_WITHIN_MS = 45_000;

let world: World;
/** Between Bob's browser and the first node. */
let wire: TcpProxy;
let ada: Guest;
let grace: Guest;
let bob: Guest;
beforeAll(async () => {
  const port = await freePort();
  wire = await tcpProxy({ host: '127.0.0.1', port });
  const throughWire = `http://127.0.0.1:${wire.port}`;
  world = await startWorld({ nodes: 2, port, origins: [throughWire] });
  ada = await world.signUp('Ada');
  grace = await world.signUp('Grace', { url: world.nodes[1]?.url ?? '' });
  bob = await world.signUp('Bob', { url: throughWire });
  const chatId = await makeDirectChat(ada, grace);
  await makeDirectChat(ada, bob);
  await watchRenders(ada.context, '[role="option"]');
  await ada.page.goto(`/chat/${chatId}`);
  await composerOn(ada.page).waitFor();
  await grace.page.goto(`/chat/${chatId}`);
  await composerOn(grace.page).waitFor();
});
afterAll(async () => {
  await world?.close();
  await wire?.close();
});

const headerOn = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^Details of ${name}`) });

async function photographed(page: Page, name: string): Promise<void> {
  expect(await photograph(page, name)).toEqual([]);
}

async function openStatus({ page }: Guest): Promise<Locator> {
  await page.getByRole('button', { name: /settings and sign out/ }).click();
  await page.getByRole('menuitem', { name: /^Status:/ }).click();
  return page.getByRole('dialog', { name: 'How others see you' });
}

async function choose(guest: Guest, choice: string, span?: string): Promise<void> {
  const dialog = await openStatus(guest);
  await dialog.getByRole('radio', { name: new RegExp(`^${choice}`) }).check({ force: true });
  if (span !== undefined) await dialog.getByRole('radio', { name: span }).check({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** As if the page were behind another tab, or in front again. */
async function turn(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

test('the header says how the other one is; in the list a shape and a word for who does not see it', async () => {
  await headerOn(ada.page, 'Grace').getByText('online', { exact: true }).waitFor();
  await chatInList(ada.page, 'Grace').getByText(', online').waitFor({ state: 'attached' });
  await turn(bob.page, 'hidden');
  await chatInList(ada.page, 'Bob').getByText(', away').waitFor({ state: 'attached', timeout: 13_000 });
  await choose(grace, 'Do not disturb', '1 hour');
  await headerOn(ada.page, 'Grace').getByText('do not disturb', { exact: true }).waitFor();
  await photographed(ada.page, 'presence-states');
  await turn(bob.page, 'visible');
  await chatInList(ada.page, 'Bob').getByText(', online').waitFor({ state: 'attached' });
});

test("one person's change renders the rows of that person alone", async () => {
  await startCounting(ada.page);
  await choose(grace, 'Automatic');
  await headerOn(ada.page, 'Grace').getByText('online', { exact: true }).waitFor();
  const rows = await renderedRows(ada.page);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toContain('Grace');
});

test('whoever is invisible looks offline while they write and read, is reminded of it, and can end it with one press', async () => {
  const dialog = await openStatus(grace);
  await dialog.getByRole('radio', { name: /^Invisible/ }).check({ force: true });
  await photographed(grace.page, 'presence-dialog');
  await dialog.getByRole('radio', { name: 'Until tomorrow' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await headerOn(ada.page, 'Grace')
    .getByText(/^last seen today at/)
    .waitFor();
  const hint = grace.page.getByRole('complementary', { name: 'Invisible' });
  await hint.waitFor();
  await photographed(grace.page, 'presence-invisible');

  await write(ada.page, 'Are you there?');
  await grace.page.getByText('Are you there?').first().waitFor();
  await composerOn(grace.page).pressSequentially('I will not say');
  // Longer than typing and receipts take to be told.
  await grace.page.waitForTimeout(2_500);
  await untilState(ada.page, 'Are you there?', 'Sent');
  expect(await ada.page.getByText(/is writing/).count()).toBe(0);
  await headerOn(ada.page, 'Grace')
    .getByText(/^last seen today at/)
    .waitFor();
  await photographed(ada.page, 'presence-last-seen');

  await hint.getByRole('button', { name: 'Show me' }).click();
  await hint.waitFor({ state: 'detached' });
  await headerOn(ada.page, 'Grace').getByText('online', { exact: true }).waitFor();
  await untilState(ada.page, 'Are you there?', 'Read');
});

test('R7: kill -9 of a browser, a cable that is pulled, and kill -9 of a node are noticed within 45 s', async () => {
  const victim = await launchVictim();
  const carol = await signUpIn(victim, 'Carol');
  const offline = (name: string) =>
    chatInList(ada.page, name).getByText(', online').waitFor({ state: 'detached', timeout: NOTICED_WITHIN_MS });
  await chatInList(ada.page, 'Carol').getByText(', online').waitFor({ state: 'attached' });
  for (const name of ['Grace', 'Bob'])
    await chatInList(ada.page, name).getByText(', online').waitFor({ state: 'attached' });
  expect(carol.isClosed()).toBe(false);

  const began = performance.now();
  victim.process().kill('SIGKILL');
  wire.blackHole();
  await world.nodes[1]?.kill();
  const seconds = await Promise.all(
    ['Carol', 'Bob', 'Grace'].map(async (name) => {
      await offline(name);
      return [name, Math.round((performance.now() - began) / 100) / 10] as const;
    }),
  );
  for (const [name, after] of seconds) expect(after, name).toBeLessThan(NOTICED_WITHIN_MS / 1_000);
  await victim.close();
}, 120_000);

/** A browser of its own, that can be killed without the others. */
function launchVictim(): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath: fromEnvironment('TEST_CHROMIUM'), args: ['--no-sandbox'] });
}

async function signUpIn(server: BrowserServer, displayName: string): Promise<Page> {
  const browser = await chromium.connect(server.wsEndpoint());
  const url = world.nodes[0]?.url ?? '';
  const context = await browser.newContext({ baseURL: url, locale: 'en', serviceWorkers: 'block' });
  const userName = `carol_${Date.now().toString(36)}`;
  const answer = await context.request.post('/api/auth/sign-up', {
    headers: { origin: url },
    data: { userName, displayName, password: 'correct horse battery staple', keep: 'cookie' },
  });
  expect(answer.ok()).toBe(true);
  const page = await context.newPage();
  await page.goto('/');
  await makeDirectChat(ada, { page, context, displayName, userName, password: '' });
  return page;
}
