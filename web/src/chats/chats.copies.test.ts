import { expect, test } from 'vitest';
import { createMemoryStorage } from '../platform/storage.ts';
import { aChatModel } from '../testing/chatModel.ts';
import { createFakeCall, createFakeSocket } from '../testing/fakeServer.ts';
import { aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { keepListCopies, readListCopy } from './chats.copies.ts';
import { EMPTY_LIST } from './chats.store.ts';
import { createChatSync } from './chats.sync.ts';

const me = aUserId(1);

test('the list is kept as it was arranged, folders too', async () => {
  const [storage, clock, socket] = [createMemoryStorage(), createTestClock(), createFakeSocket()];
  const sync = createChatSync({ me, call: createFakeCall().call, socket, clock });
  sync.restore(EMPTY_LIST);
  const stop = keepListCopies({ sync, storage, clock });
  const model = aChatModel();
  model.arrange({ pinOrder: 2, draft: { text: 'half a sen', writtenAt: '2026-01-01T00:00:00.000Z' } });
  const folders = [{ id: '018f4d5e-0000-7000-8000-000000000001' as never, name: 'Work', chatIds: [model.chatId] }];
  socket.tell('personChanged', { from: 0, revision: 1, chats: [model.summaryFor(me)], gone: [], marks: [], folders });
  await clock.advance(2_000);
  stop();
  expect(await readListCopy(storage)).toEqual(sync.store.getState().list);
});

test('what an older version of the app kept, without places, is fetched anew', async () => {
  const storage = createMemoryStorage();
  const { place: _, ...summary } = aChatModel().summaryFor(me);
  await storage.put('chats', 'list', { revision: 7, chats: [{ summary, countedAt: 0, heard: [], taken: [] }] });
  expect(await readListCopy(storage)).toBeUndefined();
});
