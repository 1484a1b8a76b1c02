import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import type { RouteRequest } from '@dialog/shared/contract/routes';
import { expect, test } from 'vitest';
import { EMPTY_LIST } from '../chats/chats.store.ts';
import { createChatSync } from '../chats/chats.sync.ts';
import { ApiError } from '../platform/api.ts';
import { createMemoryStorage, type Storage } from '../platform/storage.ts';
import { aChatModel } from '../testing/chatModel.ts';
import { createFakeCall, createFakeSocket } from '../testing/fakeServer.ts';
import { aChatId, aUserId } from '../testing/ids.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createDrafts } from './messages.drafts.ts';

const me = aUserId(1);
const chatId = aChatId(1);
type Saved = RouteRequest<typeof arrangingRoutes.saveDraft>['body'];

/** A device whose server keeps what it is given, or what the test says stands instead. */
async function aDevice(options: { storage?: Storage; clock?: TestClock } = {}) {
  const { storage = createMemoryStorage(), clock = createTestClock() } = options;
  const { call, answer } = createFakeCall();
  const socket = createFakeSocket();
  const model = aChatModel(1);
  const chats = createChatSync({ me, call, socket, clock });
  const saved: Saved[] = [];
  let isAway = false;
  let revision = 1;
  const changes = { from: 0, revision: 1, chats: [model.summaryFor(me)], gone: [], marks: [], folders: null };
  chats.restore(EMPTY_LIST);
  socket.tell('personChanged', changes);
  answer(arrangingRoutes.saveDraft, ({ body }) => {
    if (isAway) throw new ApiError('offline');
    saved.push(body);
    revision += 1;
    const draft = body.text === '' ? null : { text: body.text, writtenAt: at(clock.now() - body.agoMs) };
    return { draft, revision };
  });
  const drafts = createDrafts({ storage, clock, call, chats, onConnected: socket.onConnected });
  await drafts.restore();
  return {
    drafts,
    saved,
    text: () => drafts.store.getState().get(chatId),
    goAway: () => (isAway = true),
    comeBack() {
      isAway = false;
      socket.connect();
    },
    /** The other device wrote something. */
    told(text: string) {
      revision += 1;
      const summary = model.summaryFor(me);
      const place = { ...summary.place, revision, draft: text === '' ? null : { text, writtenAt: at(clock.now()) } };
      socket.tell('personChanged', {
        from: 0,
        revision,
        chats: [{ ...summary, place }],
        gone: [],
        marks: [],
        folders: null,
      });
    },
  };
}

function at(ms: number): string {
  return new Date(ms).toISOString();
}

test('what was begun is there after a reload', async () => {
  const [storage, clock] = [createMemoryStorage(), createTestClock()];
  (await aDevice({ storage, clock })).drafts.write(chatId, 'half a sen');
  await clock.advance(1_000);
  expect((await aDevice({ storage, clock })).text()).toBe('half a sen');
});

test('the last key before the page goes is kept and saved too', async () => {
  const [storage, clock] = [createMemoryStorage(), createTestClock()];
  const device = await aDevice({ storage, clock });
  device.drafts.write(chatId, 'now');
  device.drafts.flush();
  expect(device.saved).toEqual([{ text: 'now', agoMs: 0 }]);
  expect((await aDevice({ storage, clock })).text()).toBe('now');
});

test('a draft that was sent or emptied does not come back', async () => {
  const [storage, clock] = [createMemoryStorage(), createTestClock()];
  const { drafts, saved } = await aDevice({ storage, clock });
  drafts.write(chatId, 'gone soon');
  await clock.advance(1_000);
  drafts.write(chatId, '');
  await clock.advance(1_000);
  expect(saved.map(({ text }) => text)).toEqual(['gone soon', '']);
  expect((await aDevice({ storage, clock })).drafts.store.getState().size).toBe(0);
});

test('a message that is sent as quickly as it is written costs no draft', async () => {
  const clock = createTestClock();
  const { drafts, saved } = await aDevice({ clock });
  drafts.write(chatId, 'ok');
  await clock.advance(200);
  drafts.write(chatId, '');
  await clock.advance(10_000);
  expect(saved).toEqual([]);
});

test('what an older version of the app kept is read, and counts as old', async () => {
  const storage = createMemoryStorage();
  await storage.put('drafts', chatId, { chatId, text: 'from before' });
  const { text, saved } = await aDevice({ storage });
  expect(text()).toBe('from before');
  expect(saved[0]?.agoMs).toBe(31_536_000_000);
});

test('whoever types on and on is saved every second and a half at most', async () => {
  const clock = createTestClock();
  const { drafts, saved } = await aDevice({ clock });
  for (let key = 1; key <= 60; key += 1) {
    drafts.write(chatId, 'x'.repeat(key));
    await clock.advance(100);
  }
  await clock.advance(2_000);
  expect(saved.length).toBeGreaterThanOrEqual(4);
  expect(saved.length).toBeLessThanOrEqual(6);
  expect(saved.at(-1)?.text).toHaveLength(60);
});

test('what is written offline reaches the server at the next connection, with its age', async () => {
  const clock = createTestClock();
  const device = await aDevice({ clock });
  device.goAway();
  device.drafts.write(chatId, 'in the tunnel');
  await clock.advance(60_000);
  device.comeBack();
  await clock.advance(0);
  expect(device.saved).toEqual([{ text: 'in the tunnel', agoMs: 60_000 }]);
});

test('what the other device writes is shown here, and goes when it is sent there', async () => {
  const device = await aDevice();
  device.told('from the phone');
  expect(device.text()).toBe('from the phone');
  device.told('');
  expect(device.text()).toBeUndefined();
  expect(device.saved).toEqual([]);
});

test('what is being typed here is not overwritten, and what was typed a while ago is', async () => {
  const clock = createTestClock();
  const device = await aDevice({ clock });
  device.drafts.write(chatId, 'my own wo');
  await clock.advance(2_000);
  device.told('from the phone');
  expect(device.text()).toBe('my own wo');
  device.drafts.write(chatId, 'my own words');
  await clock.advance(2_000);
  // These are the later words: the server has them now and says so.
  device.told('my own words');
  await clock.advance(10_000);
  expect(device.text()).toBe('my own words');
  device.told('and the phone again');
  await clock.advance(5_000);
  expect(device.text()).toBe('and the phone again');
});
