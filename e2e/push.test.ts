import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageId } from '@dialog/shared/contract/values';
import { newId } from '../server/src/platform/ids.ts';
import { startPushService as startStandIn, type PushServiceStandIn } from '../server/src/testing/pushService.ts';
import { actAs, makeDirectChat, postAs } from './support/acts.ts';
import { until } from './support/children.ts';
import { messageOn } from './support/chatScreens.ts';
import { type PushService, startPushService } from './support/pushService.ts';
import { fromEnvironment, type Guest, startWorld, type World } from './support/world.ts';

let world: World;
let service: PushService;
let standIn: PushServiceStandIn;
let firefox: Browser;
beforeAll(async () => {
  service = await startPushService();
  standIn = await startStandIn();
  const allowed = `${service.pair},${standIn.pair}`;
  world = await startWorld({ nodes: 2, hasWindows: true, env: { EGRESS_ALLOW: allowed } });
  firefox = await launch({
    browser: 'firefox',
    executablePath: fromEnvironment('TEST_FIREFOX'),
    headless: true,
    extraPrefsFirefox: {
      'dom.push.serverURL': service.webSocketUrl,
      'dom.push.testing.allowInsecureServerURL': true,
      'dom.push.connection.enabled': true,
      'permissions.default.desktop-notification': 1,
      // Without a desktop the browser shows them itself.
      'alerts.useSystemBackend': false,
    },
  });
});
afterAll(async () => {
  await firefox?.close();
  await world?.close();
  await service?.close();
  standIn?.stop();
});

/** The form has a test of its own in this browser (firefox.test.ts); here only its result is wanted. */
async function signInAt(page: Page, { userName, password }: Guest, url: string): Promise<void> {
  await page.goto(`${url}/healthz`);
  await page.evaluate(
    async (body) => {
      // What an earlier try has left here.
      localStorage.clear();
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/api/auth/sign-in', { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`signing in answered ${answer.status}`);
    },
    JSON.stringify({ userName, password, keep: 'cookie' }),
  );
  await page.goto(url);
  await page.locator('[role="option"]').wait();
}

/** What the system shows of us. */
function shownOn(page: Page): Promise<{ title: string; body: string; tag: string }[]> {
  return page.evaluate(async () => {
    const shown = await (await navigator.serviceWorker.ready).getNotifications();
    return shown.map(({ title, body, tag }) => ({ title, body, tag }));
  });
}

/** As a person does it; answers which device this is. */
async function subscribeIn(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/settings/notifications`);
  const turned = '::-p-aria([name="Notifications on this device"][role="switch"])';
  await page.locator(turned).click();
  await page.locator('::-p-text(On, also while Dialog is closed)').setTimeout(30_000).wait();
  expect(
    await page
      .locator(turned)
      .map((one) => (one as HTMLInputElement).checked)
      .wait(),
  ).toBe(true);
  return page.evaluate(() => localStorage.getItem('dialog.device') ?? '');
}

/** Presses the test and answers how each hop of its way ended. */
async function testIn(page: Page): Promise<(string | undefined)[]> {
  await page.locator('::-p-aria([name="Send a test"][role="button"])').click();
  await page.locator('ol[aria-busy="false"]').setTimeout(60_000).wait();
  return page.$$eval('ol[aria-busy] > li', (hops) => hops.map((hop) => hop.dataset['status']));
}

test('in a stock Firefox one turns notifications on, sees the test come all its way, and a message is pushed to a closed chat, shown, acknowledged, and taken off when it is read elsewhere', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  await postAs(ada, chatId, 'Before');
  const [url = '', otherUrl = ''] = world.nodes.map((node) => node.url);

  const page = await firefox.newPage();
  await signInAt(page, grace, url);
  const deviceId = await subscribeIn(page, url);
  expect(await testIn(page)).toEqual(Array.from({ length: 6 }, () => 'ok'));
  expect(await shownOn(page)).toMatchObject([{ title: 'Dialog', body: 'Notifications reach this device.' }]);
  await page.evaluate(async () => {
    const shown = await (await navigator.serviceWorker.ready).getNotifications();
    for (const one of shown) one.close();
  });
  const ofTest = service.taken.length;
  expect([service.channels(), ofTest]).toEqual([1, 1]);
  // No page of Dialog is open any more; one of the same origin that is not the app asks what the worker has shown.
  await page.goto(`${url}/healthz`);

  await postAs(ada, chatId, 'The *secret* is safe');
  await until(async () => (await shownOn(page)).length === 1, { timeoutMs: 15_000, what: 'the notification' });
  expect(await shownOn(page)).toEqual([
    { title: 'Ada (2)', body: expect.stringContaining('secret'), tag: `chat:${chatId}` },
  ]);
  // The push service saw nothing but ciphertext.
  expect(service.taken).toHaveLength(ofTest + 1);
  expect(service.taken[ofTest]?.body.toString('latin1')).not.toContain('secret');
  expect(service.taken[ofTest]?.headers['content-encoding']).toBe('aes128gcm');

  const health = () =>
    page.evaluate(async (id) => (await fetch(`/api/push/devices/${id}`)).json() as Promise<unknown>, deviceId);
  await until(async () => ((await health()) as { lastShownAt: string | null }).lastShownAt !== null, {
    timeoutMs: 10_000,
    what: 'its acknowledgement',
  });
  expect(await health()).toMatchObject({ isSubscribed: true, lastTry: { outcome: 'accepted', status: 201 } });

  // Grace reads it in another browser, at the other node.
  await grace.page.goto(`${otherUrl}/`).catch(() => undefined);
  await grace.page.goto(`/chat/${chatId}`);
  await messageOn(grace.page, 'Before').waitFor();
  await grace.page.bringToFront();
  await until(async () => (await shownOn(page)).length === 0, { timeoutMs: 15_000, what: 'the withdrawal' });
  await until(() => Promise.resolve(service.acknowledged.length === ofTest + 2), {
    timeoutMs: 10_000,
    what: 'both to have arrived',
  });

  // The browser gives the subscription up: the next push is answered with 410, and that is its end.
  await grace.page.goto('about:blank');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await (await registration.pushManager.getSubscription())?.unsubscribe();
  });
  await until(() => Promise.resolve(service.channels() === 0), { timeoutMs: 10_000, what: 'the end of the channel' });
  await postAs(ada, chatId, 'Are you there?');
  await until(async () => !((await health()) as { isSubscribed: boolean }).isSubscribed, {
    timeoutMs: 10_000,
    what: 'the end of the subscription',
  });
  expect(service.taken).toHaveLength(ofTest + 2);
});

test('in Chromium a push is shown with its buttons, and a second of the same message is not', async () => {
  const grace = await world.signUp('Grace', { keepsShell: true });
  const { context, page } = grace;
  await context.grantPermissions(['notifications']);
  await page.goto('/');
  const registrationId = await untilWorker(grace);
  const push = {
    ...{ token: 'a'.repeat(43), language: 'de', isQuiet: true, at: new Date().toISOString() },
    ...{ kind: 'mention', chatId: crypto.randomUUID(), thread: null, position: 7, after: 6, count: 2 },
    content: { sender: { name: 'Ada', picture: null }, title: 'Crew', text: 'Kommst du?', part: null },
  };
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  const deliver = (data: object) =>
    session.send('ServiceWorker.deliverPushMessage', {
      origin: new URL(page.url()).origin,
      registrationId,
      data: JSON.stringify(data),
    });
  const shown = () =>
    page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map((one) => ({
        title: one.title,
        body: one.body,
        actions: (one as unknown as { actions: { action: string }[] }).actions.map(({ action }) => action),
      })),
    );
  await deliver(push);
  await until(async () => (await shown()).length === 1, { timeoutMs: 10_000, what: 'the notification' });
  expect(await shown()).toMatchObject([
    {
      title: 'Crew (2)',
      body: 'Ada hat dich erwähnt: Kommst du?',
      actions: expect.arrayContaining(['reply', 'markRead']),
    },
  ]);
  await deliver({ ...push, content: { ...push.content, text: 'Noch einmal' } });
  await deliver({ ...push, position: 8, content: { ...push.content, text: 'Und noch etwas' } });
  await until(async () => (await shown())[0]?.body.includes('Und noch etwas') ?? false, {
    timeoutMs: 10_000,
    what: 'the newer one',
  });
  expect(await shown()).toHaveLength(1);
  await deliver({ ...push, kind: 'withdraw', tag: `chat:${push.chatId}`, until: 8, mustShow: true });
  await until(async () => (await shown()).length === 0, { timeoutMs: 10_000, what: 'the withdrawal' });
});

async function untilWorker({ context, page }: Guest): Promise<string> {
  const session = await context.newCDPSession(page);
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      const active = versions.find(({ status }) => status === 'activated');
      if (active) resolve(active.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  return found;
}

test('R8: whatever dies between the commit and the push, the message is pushed by who is left, once', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace')];
  const chatId = await makeDirectChat(ada, grace);
  const device = standIn.device();
  await actAs(grace, 'savePushSubscription', {
    params: { deviceId: device.deviceId },
    body: { endpoint: device.endpoint, keys: device.keys, language: 'en' },
  });
  await grace.page.goto('about:blank');
  const [doomed] = world.nodes;
  for (let round = 1; round <= 3; round += 1) {
    const text = `round ${round}`;
    const { position } = await actAs(ada, 'postMessage', {
      params: { chatId },
      body: { id: newId<MessageId>(), text },
    });
    await doomed?.kill();
    const told = () => device.of('message').filter((push) => position > push.after && position <= push.position).length;
    await until(() => told() > 0, { what: `the push of ${text}`, timeoutMs: 30_000 });
    await doomed?.start();
    expect(told()).toBe(1);
  }
  // Longer than anybody holds what they have taken.
  await new Promise((resolve) => setTimeout(resolve, 22_000));
  expect(new Set(device.of('message').map(({ position }) => position)).size).toBe(device.of('message').length);
});
