import { DEFAULT_SETTINGS } from '@dialog/shared/settings.values';
import { expect, test } from 'vitest';
import { aChatModel, aUser } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import type { Arrival } from './deciding.ts';
import { createLookout, type OwnTab } from './lookout.ts';
import { createNotifier } from './notifier.ts';

const ME = aUserId(1);
const ADA = aUserId(2);

/** Time that passes when told to. */
function aClock() {
  let now = 1_000_000;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs: number, run: () => void) {
      timers.push({ at: now + delayMs, run });
      return () => undefined;
    },
    async pass(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      due.forEach(({ run }) => run());
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
  };
}

/** Tabs of one browser; the first one speaks. */
function aBrowser(...tabs: Partial<OwnTab>[]) {
  const clock = aClock();
  const ears: ((note: unknown) => void)[] = [];
  const played: number[] = [];
  const shown: string[] = [];
  let ids = 0;
  let isRead = false;
  let isPushed = false;
  const lookouts = tabs.map((tab, index) => {
    let own: ((note: unknown) => void) | undefined;
    return createLookout({
      channel: {
        tell: (note) => ears.filter((ear) => ear !== own).forEach((ear) => ear(structuredClone(note))),
        hear(listener) {
          own = listener;
          ears.push(listener);
        },
        close: () => undefined,
      },
      own: {
        isLookingAt: () => false,
        mayPlay: () => true,
        play: () => played.push(index),
        ...tab,
      },
      clock,
      newId: () => `${(ids += 1)}`,
    });
  });
  const notifiers = lookouts.map((lookout, index) =>
    createNotifier({
      disposition: () => ({
        me: ME,
        settings: DEFAULT_SETTINGS.notifications,
        isDoNotDisturb: false,
        isBlocked: () => false,
      }),
      freshened: (arrival) => (isRead ? undefined : arrival),
      lookout,
      show: async ({ message }) => void shown.push(message.content.kind === 'text' ? message.content.text : '?'),
      isLeftToPage: () => !isPushed,
      showHappening: async ({ tag }) => void shown.push(tag),
      clock,
      isSpeaker: () => index === 0,
    }),
  );
  const model = aChatModel();
  model.setRole(ME, 'member');
  return {
    clock,
    played,
    shown,
    read: () => (isRead = true),
    reachByPush: () => (isPushed = true),
    ask() {
      const user = aUser(7);
      notifiers.forEach((notifier) => notifier.takeHappening({ kind: 'friendRequest', tag: 'friend:7', user }));
    },
    arrive(text: string) {
      const [message] = model.post(ADA, text).messages;
      if (!message) throw new Error('posted nothing');
      const arrival: Arrival = { summary: model.summaryFor(ME), message, isCall: false, isFollowed: false };
      notifiers.forEach((notifier) => notifier.take(arrival));
    },
  };
}

test('three tabs tell a message once', async () => {
  const browser = aBrowser({}, {}, {});
  browser.arrive('Tea?');
  await browser.clock.pass(200);
  expect(browser.shown).toEqual(['Tea?']);
  expect(browser.played).toEqual([0]);
});

test('the tab that looks at the chat silences all', async () => {
  const browser = aBrowser({}, {}, { isLookingAt: () => true });
  browser.arrive('Tea?');
  await browser.clock.pass(200);
  expect(browser.shown).toEqual([]);
  expect(browser.played).toEqual([]);
});

test('the speaker that looks itself asks nobody', async () => {
  const browser = aBrowser({ isLookingAt: () => true }, {});
  browser.arrive('Tea?');
  await browser.clock.pass(0);
  await browser.clock.pass(200);
  expect(browser.shown).toEqual([]);
});

test('where the speaker may not be heard, a tab that may plays for it', async () => {
  const browser = aBrowser({ mayPlay: () => false }, { mayPlay: () => false }, {});
  browser.arrive('Tea?');
  await browser.clock.pass(200);
  expect(browser.played).toEqual([2]);
});

test('a tab that has ended asks no other one, and asks none to play', async () => {
  const told: unknown[] = [];
  const clock = aClock();
  const lookout = createLookout({
    channel: {
      tell: (note) => void told.push(note),
      hear: () => undefined,
      close: () => told.push('closed'),
    },
    own: { isLookingAt: () => false, mayPlay: () => false, play: () => undefined },
    clock,
    newId: () => 'a',
  });
  lookout.stop();
  const isLookedAt = lookout.isLookedAt({ chatId: aChatModel().chatId });
  await clock.pass(200);
  expect(await isLookedAt).toBe(false);
  lookout.play('drop');
  expect(told).toEqual(['closed']);
});

test('of many at once the newest is shown, with one sound', async () => {
  const browser = aBrowser({});
  ['One', 'Two', 'Three'].forEach(browser.arrive);
  await browser.clock.pass(200);
  expect(browser.shown).toEqual(['Three']);
  expect(browser.played).toEqual([0]);
});

test('there is one sound a second at most, and a notification for each', async () => {
  const browser = aBrowser({});
  for (const text of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) {
    browser.arrive(text);
    await browser.clock.pass(400);
  }
  expect(browser.shown).toHaveLength(6);
  expect(browser.played).toHaveLength(2);
});

test('what is read on another device meanwhile is not told', async () => {
  const browser = aBrowser({});
  browser.arrive('Tea?');
  browser.read();
  await browser.clock.pass(200);
  expect(browser.shown).toEqual([]);
});

test('three tabs that nobody looks at tell once that somebody wants to be a friend', async () => {
  const browser = aBrowser({}, {}, {});
  browser.ask();
  await browser.clock.pass(200);
  expect([browser.shown, browser.played]).toEqual([['friend:7'], [0]]);
});

test('a tab that is looked at, at whatever place, sees the request itself', async () => {
  const browser = aBrowser({}, { isLookingAt: ({ chatId }) => chatId === undefined });
  browser.ask();
  await browser.clock.pass(200);
  expect([browser.shown, browser.played]).toEqual([[], []]);
});

test('where a push tells of it on this device, the page says nothing', async () => {
  const browser = aBrowser({});
  browser.reachByPush();
  browser.ask();
  await browser.clock.pass(200);
  expect([browser.shown, browser.played]).toEqual([[], []]);
});
