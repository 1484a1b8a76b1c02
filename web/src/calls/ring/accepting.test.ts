import type { Chat, ChatSummary } from '@dialog/shared/chats';
import { CallId, type ChatId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { EMPTY_LIST, type ListedChat } from '../../chats/chats.store.ts';
import type { ChatsState } from '../../chats/chats.sync.ts';
import { aChatId, aUserId } from '../../testing/ids.ts';
import { createTestClock } from '../../testing/testClock.ts';
import { type CallState, NO_CALL } from '../call.store.ts';
import { acceptCall } from './accepting.ts';

const chatId = aChatId(1);
const callId = CallId.parse(uuidv7());

function aPage(going?: CallId, isFirst = true) {
  const store = createStore<ChatsState>(() => ({ list: EMPTY_LIST, isKnown: false }) as ChatsState);
  const clock = createTestClock();
  const did: string[] = [];
  const calls = createStore<CallState>(() => NO_CALL);
  const own = {
    store: calls,
    media: { want: (kind: string, isWanted: boolean) => void did.push(`${kind} ${isWanted ? 'on' : 'off'}`) },
    openLobby(at: ChatId) {
      did.push('lobby');
      calls.setState({ lobby: { chatId: at, isJoining: false, failure: null } });
    },
    join: () => void did.push('join'),
    closeLobby: () => void did.push('away'),
  };
  const claim = async (): Promise<boolean> => isFirst;
  const hear = (id: CallId) => {
    const call: Chat['call'] = { id, startedBy: aUserId(1), startedAt: '2026-01-01T00:00:00.000Z', way: 'sfu' };
    const summary = { chat: { id: chatId, call } } as ChatSummary;
    store.setState({ list: { ...EMPTY_LIST, chats: new Map([[chatId, { summary } as ListedChat]]) } });
  };
  if (going) hear(going);
  const accept = (isAtOnce: boolean) =>
    acceptCall({ own, claim, chats: { store }, clock }, { chatId, callId, isAtOnce });
  return { accept, hear, did, clock, own };
}

test('who accepts a call in a notification is in it, or at its door where only an address says so', async () => {
  const open = aPage(callId);
  open.accept(true);
  await open.clock.advance(0);
  expect(open.did).toEqual(['camera off', 'lobby', 'join']);
  const fresh = aPage(callId);
  fresh.accept(false);
  expect(fresh.did).toEqual(['lobby']);
});

test('a page that has just begun waits for its chats, and enters once', async () => {
  const page = aPage();
  page.accept(true);
  expect(page.did).toEqual([]);
  page.hear(callId);
  page.hear(callId);
  await page.clock.advance(0);
  expect(page.did).toEqual(['camera off', 'lobby', 'join']);
});

test('a call that is over is not begun anew, and neither is another one joined', async () => {
  const page = aPage(CallId.parse(uuidv7()));
  page.accept(true);
  await page.clock.advance(11_000);
  page.hear(callId);
  expect(page.did).toEqual([]);
});

test('who accepts in a notification what another device has answered is not in it', async () => {
  const page = aPage(callId, false);
  page.accept(true);
  await page.clock.advance(0);
  expect(page.did).toEqual(['camera off', 'lobby', 'away']);
});

test.each([true, false])(
  'who turns to another door while it is asked whose call it is stays there',
  async (isFirst) => {
    const page = aPage(callId, isFirst);
    page.accept(true);
    page.own.openLobby(aChatId(2));
    await page.clock.advance(0);
    expect(page.did).toEqual(['camera off', 'lobby', 'lobby']);
  },
);
