import type { Cursor } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createMessageGateway } from './messages.gateway.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A gateway and what it told, each with the second it did. */
function aGateway() {
  const began = Date.now();
  const told: { second: number; cursors: readonly Cursor[] }[] = [];
  const gateway = createMessageGateway({
    sockets: { onSignal: () => {} },
    look: () => undefined,
    rooms: {
      watch: () => {},
      epochOf: () => 0,
      tellWatchers: () => {},
    },
    tellMoved: ({ cursors }) => told.push({ second: (Date.now() - began) / 1_000, cursors }),
    isVisible: async () => true,
    onError(error) {
      throw error;
    },
  });
  return { gateway, told };
}

const at = (position: number, userId = bob): Cursor => ({
  userId,
  readPosition: position,
  deliveredPosition: position,
});
const alice = newId<UserId>();
const bob = newId<UserId>();

test("R13: a cursor is told at once; those of the next second together, each person's furthest only", () => {
  const { gateway, told } = aGateway();
  const chatId = newId<ChatId>();
  const moved = (cursor: Cursor) => gateway.cursorMoved({ chatId, epoch: 0, cursor });
  moved(at(1));
  for (const position of [2, 5, 4]) moved(at(position));
  moved(at(3, alice));
  vi.advanceTimersByTime(999);
  expect(told).toEqual([{ second: 0, cursors: [at(1)] }]);
  vi.advanceTimersByTime(1);
  expect(told.slice(1)).toEqual([{ second: 1, cursors: [at(5), at(3, alice)] }]);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(2);
  moved(at(6));
  expect(told.at(-1)).toEqual({ second: 61, cursors: [at(6)] });
});

test('R13: a chat in which everyone reads all the time is told of once a second', () => {
  const { gateway, told } = aGateway();
  const chatId = newId<ChatId>();
  for (let ms = 0; ms < 10_000; ms += 10) {
    gateway.cursorMoved({ chatId, epoch: 0, cursor: at(ms) });
    vi.advanceTimersByTime(10);
  }
  expect(told.length).toBeLessThanOrEqual(11);
  vi.advanceTimersByTime(1_000);
  expect(told.at(-1)?.cursors).toEqual([at(9_990)]);
});
