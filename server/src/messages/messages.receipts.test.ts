import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import type { DialogSocket } from '../platform/sockets/sockets.ts';
import { createReceipts } from './messages.receipts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const [alice, bob] = [newId<UserId>(), newId<UserId>()];
const chatId = newId<ChatId>();

/** Alice's page, with Bob's chat on screen; the database answers when a test says so. */
function aPage() {
  const told: number[] = [];
  const asked: ((hides: boolean) => void)[] = [];
  const hearers = new Map<string, (payload: unknown) => void>();
  let isIn = true;
  const socket = {
    caller: { userId: alice },
    tell: (_: string, { cursors }: { cursors: { readPosition: number }[] }) =>
      void told.push(...cursors.map(({ readPosition }) => readPosition)),
  };
  const receipts = createReceipts({
    db: {
      rows: () =>
        new Promise((resolve) => {
          asked.push((hides) => resolve([{ id: toBytes(alice), hides: hides ? 1 : 0 }]));
        }),
    } as never,
    sockets: {
      bus: {
        publish: (topic: string, payload: unknown) => hearers.get(topic)?.(payload),
        on: (topic: string, hear: (payload: unknown) => void) => void hearers.set(topic, hear),
      },
    },
    rooms: {
      localChats: new Map([[chatId, undefined as never]]),
      watchersOf: () => [socket as unknown as DialogSocket],
      epochOf: () => (isIn ? 0 : null),
    },
    onError(error) {
      throw error;
    },
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return {
    told,
    asked,
    settle,
    leave: () => void (isIn = false),
    chose: () => receipts.chose(alice),
    read(position: number) {
      const cursors = [{ userId: bob, readPosition: position, deliveredPosition: position }];
      receipts.tell({ chatId, epoch: 0, cursors });
      return settle();
    },
  };
}

test('who hides what they read is not told what others have, also where the word of the choice was lost', async () => {
  const { told, asked, settle, read } = aPage();
  await read(1);
  asked[0]?.(false);
  await settle();
  await read(2);
  expect(told).toEqual([1, 2]);
  await vi.advanceTimersByTimeAsync(60_000);
  await read(3);
  asked[1]?.(true);
  await settle();
  expect(told).toEqual([1, 2, 0]);
});

test('an answer that was on its way at the moment of the choice counts neither then nor after', async () => {
  const { told, asked, settle, read, chose } = aPage();
  await read(1);
  chose();
  asked[0]?.(false);
  await settle();
  expect(told).toEqual([]);
  asked[1]?.(true);
  await settle();
  await read(2);
  expect(told).toEqual([0, 0]);
});

test('R11: who is removed while it is asked is told nothing', async () => {
  const { told, asked, settle, read, leave } = aPage();
  await read(1);
  leave();
  asked[0]?.(false);
  await settle();
  expect(told).toEqual([]);
});
