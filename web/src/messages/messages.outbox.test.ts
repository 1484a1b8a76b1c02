import 'fake-indexeddb/auto';
import type { ChatId } from '@dialog/shared/contract/values';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import type { Clock } from '../platform/clock.ts';
import { openStorage } from '../platform/storage.ts';
import { aChatId } from '../testing/ids.ts';
import { aBrowser, aServer, aTab, me, noFiles, type Try } from '../testing/outboxTabs.ts';
import { createTabsBus } from '../testing/tabsBus.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createOutbox, type Outbox } from './messages.outbox.ts';
import { ackTimeoutMs } from './messages.sender.ts';

const aStep = fc.record({
  tab: fc.nat(1),
  chat: fc.integer({ min: 1, max: 2 }),
  reloads: fc.boolean(),
  lateBy: fc.nat(3),
});

test('however tries fail, pages reload and tabs share the work, each message reaches its chat exactly once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(aStep, { minLength: 1, maxLength: 12 }),
      fc.array(fc.constantFrom<Try>('lost', 'unanswered', 'answered'), { maxLength: 20 }),
      async (s, steps, tries) => {
        const soon = () => s.schedule(Promise.resolve());
        let now = 0;
        const clock: Clock = { now: () => (now += 1), after: (_, run) => (void soon().then(run), () => undefined) };
        const server = aServer(soon);
        server.tries.push(...tries);
        const browser = aBrowser(clock, server);
        const tabs = [aTab(browser), aTab(browser)];
        const written = new Map<ChatId, string[]>();
        for (const [index, { tab, chat, reloads, lateBy }] of steps.entries()) {
          const chatId = aChatId(chat);
          tabs[tab]?.outbox.add(chatId, { text: `${index}` });
          written.set(chatId, [...(written.get(chatId) ?? []), `${index}`]);
          for (let wait = 0; wait < lateBy; wait += 1) if (s.count() > 0) await s.waitNext(1);
          if (!reloads) continue;
          // A page that goes has kept what it wrote: the store takes it before the next event of the page.
          await Promise.resolve();
          tabs[tab]?.close();
          tabs[tab] = aTab(browser);
        }
        await s.waitIdle();
        for (const [chatId, texts] of written) expect(server.textsOf(chatId)).toEqual(texts);
        expect(tabs.flatMap(({ outbox }) => outbox.store.getState().items)).toEqual([]);
        tabs.forEach((tab) => tab.close());
      },
    ),
    { numRuns: 150 },
  );
}, 30_000);

test('ten forced retries make one message', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  browser.server.tries.push(...Array.from({ length: 10 }, () => 'unanswered' as const));
  const tab = aTab(browser);
  tab.outbox.add(aChatId(1), { text: 'once' });
  await clock.advance(300_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['once']);
  expect(browser.server.timeouts).toHaveLength(11);
});

test('each try waits longer for its answer than the one before, up to a minute', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  browser.server.tries.push('unanswered', 'unanswered', 'unanswered');
  aTab(browser).outbox.add(aChatId(1), { text: 'slow' });
  await clock.advance(60_000);
  expect(browser.server.timeouts).toEqual([5_000, 10_000, 20_000, 40_000]);
  expect(ackTimeoutMs(20)).toBe(60_000);
});

test('what was written offline is sent at the next connection, without waiting out the back-off', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  browser.server.refuse('offline');
  const tab = aTab(browser);
  tab.outbox.add(aChatId(1), { text: 'later' });
  await clock.advance(120_000);
  browser.server.refuse(undefined);
  tab.connected();
  await clock.advance(0);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['later']);
});

test('what slow mode refuses is sent by itself when it may be', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  browser.server.refuse('slow-mode', 45);
  const { outbox } = aTab(browser);
  outbox.add(aChatId(1), { text: 'in turn' });
  await clock.advance(1_000);
  browser.server.refuse(undefined);
  await clock.advance(43_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual([]);
  expect(outbox.store.getState().items.map(({ refusal }) => refusal)).toEqual([null]);
  await clock.advance(2_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['in turn']);
});

test('a refused message stays with its reason, lets the next one pass, and can be retried or deleted', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  const { outbox } = aTab(browser);
  browser.server.refuse('chat-not-found');
  const refused = outbox.add(aChatId(1), { text: 'refused' });
  await clock.advance(1_000);
  expect(outbox.store.getState().items).toMatchObject([{ text: 'refused', refusal: 'chat-not-found' }]);
  browser.server.refuse(undefined);
  outbox.add(aChatId(1), { text: 'next' });
  await clock.advance(1_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['next']);
  await outbox.retry(refused.id);
  await clock.advance(1_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['next', 'refused']);
  browser.server.refuse('not-allowed');
  const deleted = outbox.add(aChatId(1), { text: 'deleted' });
  await clock.advance(1_000);
  await outbox.remove(deleted.id);
  expect(outbox.store.getState().items).toEqual([]);
});

test('a message that was refused says so in the other tab too', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  const [first, second] = [aTab(browser), aTab(browser)];
  browser.server.refuse('not-allowed');
  second.outbox.add(aChatId(1), { text: 'no' });
  await clock.advance(1_000);
  for (const tab of [first, second])
    expect(tab.outbox.store.getState().items).toMatchObject([{ refusal: 'not-allowed' }]);
});

test('a message is shown at once and stays shown while its history does not hold it', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  const { outbox } = aTab(browser);
  const item = outbox.add(aChatId(1), { text: 'hello' });
  expect(outbox.store.getState().items).toEqual([item]);
  await clock.advance(10);
  const landed = outbox.store.getState().landed.get(item.id);
  expect(landed).toMatchObject({ position: 1, content: { text: 'hello' } });
  outbox.forgetLanded(aChatId(1), 1);
  expect(outbox.store.getState().landed.size).toBe(0);
});

test('IndexedDB gives back what waits, in the order it was written', async () => {
  const storage = await openStorage(me);
  const clock = createTestClock();
  const open = (): Outbox =>
    createOutbox({ storage, channel: createTabsBus().open(), files: noFiles, clock, newId: uuidv7 });
  const first = open();
  for (const text of ['one', 'two', 'three']) first.add(aChatId(1), { text });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const afterReload = open();
  await afterReload.reload();
  expect(afterReload.store.getState().items.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
});
