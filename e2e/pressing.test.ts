import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, makeDirectChat, makeGroupOf } from './support/acts.ts';
import { openChat, startCall, tileOf, untilHeard, videoOf } from './support/callScreens.ts';
import { composerOn } from './support/chatScreens.ts';
import { untilShellIsKept } from './support/tabs.ts';
import { type Guest, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasCalls: true, hasWindows: true });
});
afterAll(() => world?.close());

/** Shows what a push shows, and presses it, within the service worker: no test reaches the system's own window. */
async function press({ context, page }: Guest, data: object, action = ''): Promise<void> {
  await untilShellIsKept(page);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(
    async ({ data: shown, pressed }) => {
      interface Scope {
        readonly registration: ServiceWorkerRegistration;
        dispatchEvent(event: Event): boolean;
      }
      const scope = globalThis as unknown as Scope;
      await scope.registration.showNotification('Dialog', { tag: 'pressed', data: shown });
      const [notification] = await scope.registration.getNotifications({ tag: 'pressed' });
      const event = Object.assign(new Event('notificationclick'), {
        ...{ notification, action: pressed },
        waitUntil: () => undefined,
      });
      scope.dispatchEvent(event);
    },
    { data, pressed: action },
  );
}

test('a press on a notification leads an open page to its chat, and "accept" into the call', async () => {
  const [ada, grace] = [await world.signUp('Ada'), await world.signUp('Grace', { keepsShell: true })];
  const chatId = await makeDirectChat(ada, grace);
  const band = await makeGroupOf(ada, 'Band', [grace]);
  await grace.context.grantPermissions(['notifications', 'microphone', 'camera']);
  await grace.page.goto('/settings/notifications');
  await grace.page.getByRole('heading', { name: 'This device' }).waitFor();
  const data = { tag: 'pressed', language: 'en', chatId, thread: null, position: 1, path: `/chat/${chatId}` };
  await press(grace, data);
  await grace.page.waitForURL(`**/chat/${chatId}`);
  await composerOn(grace.page).waitFor();

  await openChat(ada, band);
  await startCall(ada);
  const { changes } = await actAs(grace, 'syncChats', { body: { since: 0, known: [] } });
  const callId = changes.chats.find(({ chat }) => chat.id === band)?.chat.call?.id;
  expect(callId).toBeDefined();
  await press(grace, { ...data, chatId: band, callId, path: `/chat/${band}` }, 'accept');
  await grace.page.getByRole('toolbar', { name: 'Call controls' }).waitFor();
  await untilHeard(ada, 1);
  // Nobody has seen themselves yet: the camera waits for a press of its own.
  await tileOf(ada.page, 'Grace').waitFor();
  expect(await ada.page.locator(videoOf('Grace')).count()).toBe(0);

  // An address alone turns no microphone on; the door is there, and goes when it is loaded again.
  await grace.page.goto(`/chat/${band}?call=${callId}`);
  await grace.page.getByRole('dialog').getByRole('button', { name: 'Join', exact: true }).waitFor();
  expect(new URL(grace.page.url()).search).toBe('');
  expect(await grace.page.getByRole('toolbar', { name: 'Call controls' }).count()).toBe(0);
});
