import type { ChatChanges } from '@dialog/shared/chats';
import { CHANGES_MAX, messageRoutes } from '@dialog/shared/messages';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChatSync } from '../chats/chats.sync.ts';
import { OUT_OF_ORDER_MS } from '../chats/follower.ts';
import { ApiError } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import { aChatModel, type ChatModel, inOneFrame } from '../testing/chatModel.ts';
import { createFakeCall, createFakeSocket } from '../testing/fakeServer.ts';
import { aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import type { ChatHistory } from './messages.store.ts';
import { createMessageSync } from './messages.sync.ts';

const me = aUserId(1);
const other = aUserId(2);

interface World {
  readonly clock: Clock;
  /** How long an answer takes: it is made when it is asked for or when it leaves, as the test schedules. */
  readonly onTheWay?: () => Promise<unknown>;
  readonly changesMax?: number;
  readonly copy?: ChatHistory;
}

function aDevice({ clock, onTheWay = () => Promise.resolve(), changesMax = CHANGES_MAX, copy }: World) {
  const server = aChatModel();
  const socket = createFakeSocket();
  const { call, answer } = createFakeCall();
  const asked: string[] = [];
  answer(messageRoutes.openChat, async () => {
    asked.push('openChat');
    await onTheWay();
    const reply = {
      summary: server.summaryFor(me),
      members: [...server.members()],
      hasMoreMembers: false,
      cursors: [],
      history: server.pageBefore(Number.POSITIVE_INFINITY, 3),
      marksRevision: 0,
    };
    await onTheWay();
    return reply;
  });
  answer(messageRoutes.listChanges, async ({ query }) => {
    asked.push('listChanges');
    await onTheWay();
    const changes = server.changesSince(Number(query.since));
    await onTheWay();
    return changes.messages.length > changesMax
      ? { kind: 'reset' as const }
      : { kind: 'changes' as const, changes, cursors: [], marks: [], marksRevision: 0 };
  });
  answer(messageRoutes.listHistory, async ({ query }) => {
    const page = server.pageBefore(Number(query.before), 3);
    await onTheWay();
    return page;
  });
  answer(messageRoutes.syncChats, async ({ body }) => {
    await onTheWay();
    const changes = {
      from: body.since,
      revision: 1,
      chats: [server.summaryFor(me)],
      gone: [],
      marks: [],
      folders: null,
    };
    await onTheWay();
    return { changes, hasMore: false };
  });
  const chats = createChatSync({ me, call, socket, clock });
  const sync = createMessageSync({ call, socket, clock, chats, copies: { read: async () => copy } });
  const history = () => sync.store.getState().histories.get(server.chatId);
  const summary = () => chats.store.getState().list.chats.get(server.chatId)?.summary;
  return { server, socket, answer, asked, chats, sync, history, summary };
}

function perform(server: ChatModel, act: string): ChatChanges {
  if (act === 'post') return server.post(other, 'text');
  if (act === 'edit') return server.edit(server.revision(), 'edited');
  return act === 'clear' ? server.clear(other) : server.rename('title');
}

test('an opened chat and its place in the list end up whole, whichever way events, answers and connections overtake each other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(
        fc.record({
          act: fc.constantFrom('post', 'post', 'edit', 'rename', 'clear', 'clearForMe', 'cut', 'older'),
          lost: fc.boolean(),
          twice: fc.boolean(),
          joined: fc.boolean(),
        }),
        {
          minLength: 1,
          maxLength: 10,
        },
      ),
      fc.constantFrom(2, CHANGES_MAX),
      async (s, acts, changesMax) => {
        const soon = () => s.schedule(Promise.resolve());
        // Timers run whenever the scheduler likes: patience must never matter for what comes out.
        const clock: Clock = { now: () => 0, after: (_, run) => (void soon().then(run), () => undefined) };
        const { server, socket, chats, sync, history, summary } = aDevice({ clock, onTheWay: soon, changesMax });
        server.post(other, 'first');
        void chats.level();
        void sync.open(server.chatId);
        let before: ChatChanges | undefined;
        let personRevision = 1;
        const clearForMe = () => {
          server.clearForMe(server.revision());
          const told = server.summaryFor(me);
          const from = personRevision;
          personRevision += 1;
          const changes = { from, revision: personRevision, chats: [told], gone: [], marks: [], folders: null };
          void soon().then(() => socket.tell('personChanged', changes));
        };
        for (const { act, lost, twice, joined } of acts) {
          void soon().then(() => {
            if (act === 'cut') return (socket.disconnect(), socket.connect());
            if (act === 'older') return sync.loadOlder(server.chatId);
            if (act === 'clearForMe') return clearForMe();
            const frame = perform(server, act);
            const told = joined && before?.revision === frame.from ? inOneFrame(before, frame) : frame;
            before = frame;
            if (!lost) void soon().then(() => socket.tell('chatChanged', told));
            if (twice) void soon().then(() => socket.tell('chatChanged', frame));
            return undefined;
          });
        }
        await s.waitIdle();
        // The beacon names what the bus lost (R5).
        socket.tell('headsMoved', { person: null, chats: [{ chatId: server.chatId, revision: server.revision() }] });
        await s.waitIdle();
        expect(history()?.messages).toEqual(server.messagesFrom(history()?.from ?? 0));
        expect(history()?.revision).toBe(server.revision());
        expect(summary()).toEqual(server.summaryFor(me));
      },
    ),
    { numRuns: 300 },
  );
}, 30_000);

test('what was missed while the connection was down is there after it, though no event tells of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (s, cuts) => {
      const soon = () => s.schedule(Promise.resolve());
      const clock: Clock = { now: () => 0, after: (_, run) => (void soon().then(run), () => undefined) };
      const { server, socket, sync, history } = aDevice({ clock, onTheWay: soon });
      server.post(other, 'first');
      void sync.open(server.chatId);
      for (let cut = 0; cut < cuts; cut += 1) {
        void soon().then(() => {
          // Posted while we were away: told to nobody here.
          server.post(other, 'missed');
          socket.connect();
        });
      }
      await s.waitIdle();
      expect(history()?.messages).toEqual(server.messagesFrom(history()?.from ?? 0));
      expect(history()?.revision).toBe(server.revision());
    }),
    { numRuns: 300 },
  );
}, 30_000);

test('an older page that was asked for before the chat was opened afresh leaves no hole', async () => {
  const clock = createTestClock();
  const { server, socket, answer, sync, history } = aDevice({ clock, changesMax: 2 });
  for (let n = 0; n < 6; n += 1) server.post(other, `${n}`);
  await sync.open(server.chatId);
  const onTheWay = Promise.withResolvers<void>();
  answer(messageRoutes.listHistory, async ({ query }) => {
    const page = server.pageBefore(Number(query.before), 3);
    await onTheWay.promise;
    return { ...page, messages: [...page.messages] };
  });
  const asking = sync.loadOlder(server.chatId);
  for (let n = 0; n < 9; n += 1) server.post(other, 'missed');
  socket.connect();
  await clock.advance(1_000);
  onTheWay.resolve();
  await asking;
  expect(history()?.messages).toEqual(server.messagesFrom(history()?.from ?? 0));
});

test('events that overtake each other by less than the patience cost no question', async () => {
  const clock = createTestClock();
  const { server, socket, asked, sync, history } = aDevice({ clock });
  await sync.open(server.chatId);
  const [first, second] = [server.post(other, 'one'), server.post(other, 'two')];
  socket.tell('chatChanged', second);
  await clock.advance(OUT_OF_ORDER_MS - 1);
  expect(history()?.messages).toHaveLength(0);
  socket.tell('chatChanged', first);
  await clock.advance(OUT_OF_ORDER_MS * 3);
  expect(history()?.messages).toHaveLength(2);
  expect(asked).toEqual(['openChat']);
});

test('a gap that does not close by itself is asked for, once', async () => {
  const clock = createTestClock();
  const { server, socket, asked, sync, history } = aDevice({ clock });
  await sync.open(server.chatId);
  server.post(other, 'lost');
  for (let n = 0; n < 5; n += 1) socket.tell('chatChanged', server.post(other, `heard ${n}`));
  await clock.advance(OUT_OF_ORDER_MS);
  expect(history()?.messages).toHaveLength(6);
  expect(asked).toEqual(['openChat', 'listChanges']);
});

test('a busy server is asked again until it answers', async () => {
  const clock = createTestClock();
  const { server, socket, answer, sync, history } = aDevice({ clock });
  await sync.open(server.chatId);
  let refusals = 3;
  answer(messageRoutes.listChanges, async ({ query }) => {
    refusals -= 1;
    if (refusals >= 0) throw new ApiError('busy');
    const changes = server.changesSince(Number(query.since));
    return { kind: 'changes' as const, changes, cursors: [], marks: [], marksRevision: 0 };
  });
  server.post(other, 'missed');
  socket.connect();
  await clock.advance(20_000);
  expect(history()?.messages).toHaveLength(1);
});

test('a chat one was removed from leaves nothing behind', async () => {
  const clock = createTestClock();
  const { server, socket, answer, chats, sync, history, summary } = aDevice({ clock });
  await chats.level();
  await sync.open(server.chatId);
  answer(messageRoutes.listChanges, async () => {
    throw new ApiError('chat-not-found');
  });
  answer(messageRoutes.syncChats, () => ({
    changes: { from: 1, revision: 2, chats: [], gone: [server.chatId], marks: [], folders: null },
    hasMore: false,
  }));
  socket.connect();
  await clock.advance(1_000);
  expect(history()).toBeUndefined();
  expect(sync.store.getState().failures.get(server.chatId)).toBe('chat-not-found');
  expect(summary()).toBeUndefined();
});

test('a removal told to the person alone closes the chat on screen; being added again opens it', async () => {
  const clock = createTestClock();
  const { server, socket, chats, sync, history } = aDevice({ clock });
  server.post(other, 'secret');
  await chats.level();
  await sync.open(server.chatId);
  socket.tell('personChanged', { from: 1, revision: 2, chats: [], gone: [server.chatId], marks: [], folders: null });
  expect(history()).toBeUndefined();
  expect(sync.store.getState().failures.get(server.chatId)).toBe('chat-not-found');
  socket.tell('personChanged', {
    from: 2,
    revision: 3,
    chats: [server.summaryFor(me)],
    gone: [],
    marks: [],
    folders: null,
  });
  await clock.advance(1_000);
  expect(history()?.messages).toHaveLength(1);
  expect(sync.store.getState().failures.size).toBe(0);
});

test('a copy kept by this browser is readable without a network and level with one', async () => {
  const clock = createTestClock();
  const elsewhere = aDevice({ clock });
  elsewhere.server.post(other, 'read yesterday');
  await elsewhere.sync.open(elsewhere.server.chatId);
  const copy = elsewhere.history();

  const { server, answer, socket, sync, history } = aDevice({ clock, ...(copy && { copy }) });
  answer(messageRoutes.listChanges, async () => {
    throw new ApiError('offline');
  });
  socket.disconnect();
  await sync.open(server.chatId);
  expect(history()?.messages.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'read yesterday' }]);
});
