import { threadRoutes } from '@dialog/shared/messages.threads';
import { expect, test } from 'vitest';
import { createPushWorker, type OpenPlace } from './push.ts';
import type { NoticeData } from './push.notice.ts';

const CHAT = '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11';
const CALL = '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d12';
const NOW = Date.parse('2026-05-05T12:00:00.000Z');
const TOKEN = 'a'.repeat(43);

interface Shown {
  readonly title: string;
  readonly options: { readonly body?: string; readonly tag?: string; readonly data: NoticeData };
}

/** A browser with notifications, pages and a server behind it, in small. */
function aBrowser({ hasPage = false, isVisible = false, rings = false, service = 'push.example', answers = 200 } = {}) {
  let shows = 0;
  let shown: Shown[] = [];
  const asked: { method: string; path: string; body: unknown }[] = [];
  const told: OpenPlace[] = [];
  const opened: string[] = [];
  const positions = new Map<string, number>();
  const isDeaf = { now: false };
  const asNotification = (one: Shown) => ({
    ...one.options,
    close: () => void (shown = shown.filter((other) => other !== one)),
  });
  const worker = createPushWorker({
    shower: {
      async showNotification(title, options) {
        if (isDeaf.now) throw new TypeError('not now');
        shows += 1;
        const { tag } = options ?? {};
        shown = [
          ...shown.filter((other) => other.options.tag !== tag),
          { title, options: options as Shown['options'] },
        ];
      },
      getNotifications: async ({ tag } = {}) =>
        shown.filter(({ options }) => tag === undefined || options.tag === tag).map(asNotification) as never,
      pushManager: {
        getSubscription: async () => (service === 'none' ? null : ({ endpoint: `https://${service}/1` } as never)),
        subscribe: async () =>
          ({ toJSON: () => ({ endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } }) }) as never,
      },
    },
    pages: async () =>
      hasPage
        ? [
            {
              url: '/',
              focused: false,
              visibilityState: isVisible ? 'visible' : 'hidden',
              focus: async () => undefined,
              postMessage: (message) => void told.push(message),
            },
          ]
        : [],
    openWindow: async (path) => void opened.push(path),
    fetch: async (path, init) => {
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      asked.push({ method: init?.method ?? 'GET', path: typeof path === 'string' ? path : '', body });
      return new Response(JSON.stringify({ publicKey: 'key' }), { status: answers });
    },
    tellOnce: async ({ tag, position }, tell) => {
      if (position <= (positions.get(tag) ?? -1)) return;
      await tell();
      positions.set(tag, position);
    },
    isLocked: async (name) => rings && name === `call:${CALL}`,
    thisDevice: async () => ({ deviceId: 'device', language: 'de', me: 'me' }),
    now: () => NOW,
    newId: () => 'new-id',
  });
  const press = async (action: string, reply?: string) => {
    const [one] = shown;
    if (!one) throw new Error('nothing is shown');
    await worker.press({ notification: asNotification(one), action, ...(reply === undefined ? {} : { reply }) });
  };
  return { worker, asked, told, opened, press, isDeaf, shown: () => shown, shows: () => shows };
}

const aPush = (push: object): string =>
  JSON.stringify({
    token: TOKEN,
    language: 'en',
    isQuiet: false,
    at: '2026-05-05T12:00:00.000Z',
    ...push,
  });
const aMessage = (position = 7, push: object = {}): string =>
  aPush({
    ...{ kind: 'message', chatId: CHAT, thread: null, position, after: 6, count: 1 },
    content: {
      sender: { name: 'Ada', picture: '/api/pictures/a' },
      title: null,
      text: `Hello ${position}`,
      part: null,
    },
    ...push,
  });
const aWithdrawal = (until: number | null, mustShow = false): string =>
  aPush({ kind: 'withdraw', tag: `chat:${CHAT}`, until, mustShow });

test('a push is shown with its buttons, and the server hears that it was', async () => {
  const { worker, asked, shown } = aBrowser();
  await worker.push(aMessage());
  expect(shown()).toMatchObject([
    {
      title: 'Ada',
      options: {
        ...{ body: 'Hello 7', tag: `chat:${CHAT}`, icon: '/api/pictures/a', renotify: true, silent: false },
        actions: [{ action: 'reply', type: 'text' }, { action: 'markRead' }, { action: 'mute' }],
      },
    },
  ]);
  expect(asked).toEqual([{ method: 'POST', path: '/api/push/acknowledge', body: { token: TOKEN, isShown: true } }]);
});

test('what was told on this device already, or is older, is not shown again; the newest of a chat stands for all', async () => {
  const { worker, shown } = aBrowser();
  for (const position of [7, 7, 6, 9, 8]) {
    await worker.push(aMessage(position));
  }
  expect(shown()).toHaveLength(1);
  expect(shown()[0]?.options.body).toBe('Hello 9');
});

test('what could not be shown counts as untold, and is shown when it comes again', async () => {
  const { worker, asked, isDeaf, shown } = aBrowser();
  isDeaf.now = true;
  await worker.push(aMessage());
  expect(asked.at(-1)?.body).toEqual({ token: TOKEN, isShown: false });
  isDeaf.now = false;
  await worker.push(aMessage());
  expect(shown()).toHaveLength(1);
  expect(asked.at(-1)?.body).toEqual({ token: TOKEN, isShown: true });
});

test('what was read goes, what came after it stays', async () => {
  const { worker, asked, shown } = aBrowser();
  await worker.push(aMessage(7));
  await worker.push(aWithdrawal(6));
  expect(shown()).toHaveLength(1);
  await worker.push(aWithdrawal(7));
  expect(shown()).toEqual([]);
  expect(asked.at(-1)?.body).toEqual({ token: TOKEN, isShown: false });
});

test('with a chat goes what was reacted to there, and nothing of another', async () => {
  const { worker, shown } = aBrowser();
  const content = { sender: { name: 'Ada', picture: null }, title: null, emoji: '🎉', text: 'I did it' };
  const reaction = { kind: 'reaction', thread: null, position: 3, content };
  await worker.push(aPush({ ...reaction, chatId: CHAT }));
  await worker.push(aPush({ ...reaction, chatId: CALL }));
  await worker.push(aMessage(7));
  await worker.push(aWithdrawal(7));
  expect(shown().map(({ options: { tag } }) => tag)).toEqual([`reaction:${CALL}:3`]);
});

test('where a push must leave something to be seen it says why it came, until there is something to say', async () => {
  const { worker, shown } = aBrowser();
  await worker.push(aMessage(7));
  await worker.push(aWithdrawal(7, true));
  expect(shown()).toMatchObject([{ title: 'Dialog', options: { body: 'Read on another device', silent: true } }]);
  await worker.push(aMessage(8));
  expect(shown()).toMatchObject([{ title: 'Ada' }]);
  const looking = aBrowser({ hasPage: true, isVisible: true });
  await looking.worker.push(aWithdrawal(7, true));
  expect(looking.shown()).toEqual([]);
});

test('a press opens the chat, in the page that is there or in a new one', async () => {
  const without = aBrowser();
  await without.worker.push(aMessage());
  await without.press('');
  expect([without.opened, without.shown()]).toEqual([[`/chat/${CHAT}`], []]);
  const withPage = aBrowser({ hasPage: true });
  await withPage.worker.push(aMessage(7, { thread: 3 }));
  await withPage.press('');
  expect([withPage.opened, withPage.told]).toEqual([[], [{ kind: 'open-place', path: `/chat/${CHAT}/thread/3` }]]);
});

const aCall = aPush({
  ...{ kind: 'call', chatId: CHAT, callId: CALL, expiresAt: '2026-05-05T12:00:45.000Z' },
  content: { sender: { name: 'Ada', picture: null }, title: null },
});

test('a call that rings on a page which is looked at needs no notification; on any other page, or a silent one, it does', async () => {
  const inSight = aBrowser({ hasPage: true, isVisible: true, rings: true });
  await inSight.worker.push(aCall);
  expect([inSight.shows(), inSight.asked.at(-1)?.body]).toEqual([0, { token: TOKEN, isShown: false }]);
  for (const page of [
    { hasPage: true, isVisible: true },
    { hasPage: true, rings: true },
  ]) {
    const { worker, shown } = aBrowser(page);
    await worker.push(aCall);
    expect(shown()).toMatchObject([{ title: 'Ada', options: { tag: `call:${CALL}`, silent: false } }]);
  }
});

test('Safari, which counts every push without a notification, gets one that is gone at once', async () => {
  const { worker, shows, shown } = aBrowser({
    ...{ hasPage: true, isVisible: true, rings: true, service: 'web.push.apple.com' },
  });
  await worker.push(aCall);
  expect([shows(), shown()]).toEqual([1, []]);
});

test('a call is accepted in the page that is there or in a new one, and declined without any', async () => {
  const path = `/chat/${CHAT}?call=${CALL}`;
  const without = aBrowser();
  await without.worker.push(aCall);
  await without.press('accept');
  expect(without.opened).toEqual([path]);
  const withPage = aBrowser({ hasPage: true });
  await withPage.worker.push(aCall);
  await withPage.press('accept');
  expect([withPage.opened, withPage.told]).toEqual([[], [{ kind: 'open-place', path }]]);
  await withPage.worker.push(aCall);
  await withPage.press('decline');
  expect(withPage.asked.at(-1)).toMatchObject({ method: 'POST', path: `/api/calls/${CALL}/decline` });
});

test.each([
  ['markRead', {}, { method: 'POST', path: `/api/chats/${CHAT}/read`, body: { position: 7 } }],
  [
    'markRead',
    { thread: 3 },
    {
      method: threadRoutes.markThreadRead.method,
      path: `/api/chats/${CHAT}/thread/read`,
      body: { root: 3, position: 7 },
    },
  ],
  ['mute', {}, { method: 'PATCH', path: `/api/chats/${CHAT}/place`, body: { mutedUntil: '2026-05-05T13:00:00.000Z' } }],
])('%s is done from the notification (%j)', async (...[action, push, expected]) => {
  const { worker, asked, opened, press } = aBrowser();
  await worker.push(aMessage(7, push));
  await press(action);
  expect(asked.at(-1)).toEqual(expected);
  expect(opened).toEqual([]);
});

test('a reply is sent from the notification; without words, or where it fails, the chat is one press away', async () => {
  const there = aBrowser();
  await there.worker.push(aMessage(7, { thread: 3 }));
  await there.press('reply', 'Yes!');
  expect(there.asked[1]).toEqual({
    ...{ method: 'POST', path: `/api/chats/${CHAT}/messages` },
    body: { id: 'new-id', text: 'Yes!', thread: 3 },
  });
  await there.worker.push(aMessage(8));
  await there.press('reply');
  expect(there.opened).toEqual([`/chat/${CHAT}`]);

  const away = aBrowser({ answers: 401 });
  await away.worker.push(aMessage());
  await away.press('reply', 'Yes!');
  expect(away.shown()).toMatchObject([{ options: { body: 'Your reply was not sent. Press to open the chat.' } }]);
  await away.press('markRead');
  expect(away.opened).toEqual([`/chat/${CHAT}`]);
});

test('whatever comes, something is shown', async () => {
  const { worker, shown, asked } = aBrowser();
  await worker.push('not JSON');
  await worker.push(undefined);
  expect(shown()).toMatchObject([{ options: { body: 'There is something new for you.' } }]);
  expect(asked).toEqual([]);
});

test('a subscription that the browser gave up is made anew for the same device', async () => {
  const { worker, asked } = aBrowser({ service: 'none' });
  await worker.resubscribe();
  expect(asked.at(-1)).toEqual({
    method: 'PUT',
    path: '/api/push/devices/device',
    body: { endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' }, language: 'de' },
  });
});
