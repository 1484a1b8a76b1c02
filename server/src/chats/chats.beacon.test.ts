import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { DialogSocket } from '../platform/sockets/sockets.ts';
import { startHeadBeacon, type HeadBeacon } from './chats.beacon.ts';
import type { LocalChat } from './chats.rooms.ts';

const alice = newId<UserId>();
const chatId = newId<ChatId>();
let beacon: HeadBeacon | undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  beacon?.stop();
  vi.useRealTimers();
});

/** One node with one socket in one chat, and a database that answers what a test says, or not. */
function aNode() {
  const heard: unknown[] = [];
  const socket = {
    id: 'one',
    caller: { userId: alice },
    tell: (_event: string, moved: unknown) => void heard.push(moved),
  };
  const chat: LocalChat = { chatId, epoch: 0, room: 'chat', watchRoom: 'watch', revision: 4 };
  const database = { chatRevision: 4, personRevision: 2, isAway: false };
  const answer = <T>(value: T): Promise<T> =>
    database.isAway ? Promise.reject(new Error('away')) : Promise.resolve(value);
  beacon = startHeadBeacon({
    sockets: {
      localSockets: () => [socket as unknown as DialogSocket],
      allLocalSockets: () => [socket as unknown as DialogSocket],
    },
    db: {} as never,
    log: pino({ level: 'silent' }),
    rooms: {
      localChats: new Map([[chatId, chat]]),
      localPersons: new Map([[alice, 2]]),
      hasSockets: () => true,
      forget: () => {},
      repair: async () => {},
      settlePlaces: () => {},
    },
    repository: {
      headsOf: async () => [{ chatId, revision: database.chatRevision, epoch: 0 }],
      personHeads: () => answer(new Map([[alice, database.personRevision]])),
      placesMoved: () => answer([]),
    },
  });
  return { heard, database };
}

test('R5: what moved is told within 10 s, once, and nothing where nothing moved', async () => {
  const { heard, database } = aNode();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(heard).toEqual([]);
  database.chatRevision = 9;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heard).toEqual([{ person: null, chats: [{ chatId, revision: 9 }] }]);
  database.personRevision = 3;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(heard.slice(1)).toEqual([{ person: 3, chats: [] }]);
});

test('R5: what a round could not tell because the database went away in the middle of it, the next one does', async () => {
  const { heard, database } = aNode();
  database.chatRevision = 9;
  database.isAway = true;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(heard).toEqual([]);
  database.isAway = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heard).toEqual([{ person: null, chats: [{ chatId, revision: 9 }] }]);
});
