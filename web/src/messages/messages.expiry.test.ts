import type { Message } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { aChatId, aMessageId, aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { expireInTime, isExpired } from './messages.expiry.ts';
import { type ChatHistory, openHistory } from './messages.store.ts';

const chatId = aChatId(1);
const HOUR_MS = 3_600_000;
const DAYS_30_MS = 720 * HOUR_MS;

function aMessage(position: number, goesAtMs?: number): Message {
  return {
    id: aMessageId(position),
    chatId,
    senderId: aUserId(1),
    content: { kind: 'text', text: `text ${position}` },
    postedAt: new Date(0).toISOString(),
    position,
    revision: position,
    reactions: [{ emoji: '👍', count: 1 }],
    isPinned: true,
    ...(goesAtMs === undefined ? {} : { expiresAt: new Date(goesAtMs).toISOString() }),
  };
}

function aDevice() {
  const clock = createTestClock();
  const store = createStore<{ histories: ReadonlyMap<typeof chatId, ChatHistory> }>(() => ({ histories: new Map() }));
  const change = (_: typeof chatId, work: (history: ChatHistory) => ChatHistory): void => {
    const history = store.getState().histories.get(chatId);
    if (history) store.setState({ histories: new Map([[chatId, work(history)]]) });
  };
  const stop = expireInTime({ store, clock, change });
  const show = (messages: readonly Message[]): void => {
    const page = { from: 0, messages, hasOlder: false, marks: [] };
    const history = openHistory({ chatId, revision: 9, page, cursors: [], marksRevision: 0, clearedPosition: 0 });
    const referred = new Map(messages.map((message) => [message.position, message]));
    store.setState({ histories: new Map([[chatId, { ...history, pins: messages, referred }]]) });
  };
  const history = () => store.getState().histories.get(chatId) as ChatHistory;
  return { clock, stop, show, history };
}

test('a message goes at its moment without any word from the server, content, quote and pin, and no other with it', async () => {
  const { clock, show, history } = aDevice();
  const now = clock.now();
  show([aMessage(1), aMessage(2, now + HOUR_MS), aMessage(3, now + DAYS_30_MS)]);
  await clock.advance(HOUR_MS - 1);
  expect(history().messages.map(isExpired)).toEqual([false, false, false]);
  await clock.advance(1);
  expect(history().messages.map(isExpired)).toEqual([false, true, false]);
  expect(JSON.stringify([history().messages, [...history().referred.values()], history().pins])).not.toContain(
    'text 2',
  );
  expect(history().messages[1]).not.toHaveProperty('reactions');
  expect(history().pins?.map(({ position }) => position)).toEqual([1, 3]);
  await clock.advance(DAYS_30_MS);
  expect(history().messages.map(isExpired)).toEqual([false, true, true]);
});

test('what was over before the device had it is never shown; after the end nothing is touched', async () => {
  const { clock, stop, show, history } = aDevice();
  show([aMessage(1, clock.now() - 1)]);
  expect(history().messages.map(isExpired)).toEqual([true]);
  stop();
  show([aMessage(2, clock.now() + 1)]);
  await clock.advance(HOUR_MS);
  expect(history().messages.map(isExpired)).toEqual([false]);
});
