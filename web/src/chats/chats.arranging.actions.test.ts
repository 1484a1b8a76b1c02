import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import { expect, test } from 'vitest';
import { ApiError } from '../platform/api.ts';
import { aChatModel } from '../testing/chatModel.ts';
import { createFakeCall, createFakeSocket } from '../testing/fakeServer.ts';
import { aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createArrangingActions } from './chats.arranging.actions.ts';
import { EMPTY_LIST } from './chats.store.ts';
import { createChatSync } from './chats.sync.ts';

const me = aUserId(1);

function aList() {
  const { call, answer } = createFakeCall();
  const socket = createFakeSocket();
  const model = aChatModel();
  const sync = createChatSync({ me, call, socket, clock: createTestClock() });
  sync.restore(EMPTY_LIST);
  socket.tell('personChanged', {
    from: 0,
    revision: 1,
    chats: [model.summaryFor(me)],
    gone: [],
    marks: [],
    folders: null,
  });
  const place = () => sync.store.getState().list.chats.get(model.chatId)?.summary.place;
  return { answer, socket, model, place, actions: createArrangingActions(call, sync) };
}

test('what is arranged shows at once, and stays as the server says', async () => {
  const { answer, model, place, actions } = aList();
  answer(arrangingRoutes.arrangeChat, () => {
    model.arrange({ pinOrder: -4 });
    return { from: 1, revision: 2, chats: [model.summaryFor(me)], gone: [], marks: [], folders: null };
  });
  const pinning = actions.pin(model.chatId, true);
  expect(place()?.pinOrder).toBe(0);
  await pinning;
  expect(place()?.pinOrder).toBe(-4);
});

test('what cannot be done is undone', async () => {
  const { answer, model, place, actions } = aList();
  answer(arrangingRoutes.arrangeChat, () => {
    throw new ApiError('offline');
  });
  const muting = actions.mute(model.chatId, '2030-01-01T00:00:00.000Z');
  expect(place()?.mutedUntil).not.toBeNull();
  await expect(muting).rejects.toThrow('offline');
  expect(place()?.mutedUntil).toBeNull();
});

test('what another device did meanwhile is not undone', async () => {
  const { answer, socket, model, place, actions } = aList();
  answer(arrangingRoutes.arrangeChat, () => {
    model.arrange({ isMarkedUnread: true });
    socket.tell('personChanged', {
      from: 1,
      revision: 2,
      chats: [model.summaryFor(me)],
      gone: [],
      marks: [],
      folders: null,
    });
    throw new ApiError('busy');
  });
  await expect(actions.archive(model.chatId, true)).rejects.toThrow('busy');
  expect(place()).toMatchObject({ isMarkedUnread: true, archivedAt: null });
});
