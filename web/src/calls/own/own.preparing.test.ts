import type { CallWay } from '@dialog/shared/calls.values';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { EMPTY_LIST } from '../../chats/chats.store.ts';
import type { ChatsState } from '../../chats/chats.sync.ts';
import { aListed, chatId, going } from '../../testing/ownCallWorld.ts';
import { createTestClock } from '../../testing/testClock.ts';
import { createOwnPreparing } from './own.preparing.ts';

test('a call that rings before its chat knows of it is made ready when that does, once', async () => {
  const { preparing, setCall, prepared } = aPage();
  preparing.prepare(chatId);
  await settled();
  expect(prepared).toEqual([]);
  setCall('direct');
  setCall('direct');
  await settled();
  expect(prepared).toEqual(['direct']);
});

test('one that never stands in its chat is not waited for', async () => {
  const { clock, preparing, setCall, prepared } = aPage();
  preparing.prepare(chatId);
  await clock.advance(10_000);
  setCall('direct');
  await settled();
  expect(prepared).toEqual([]);
});

function aPage() {
  const clock = createTestClock();
  const store = createStore<ChatsState>(() => ({ list: EMPTY_LIST, isKnown: true, members: new Map() }));
  const prepared: CallWay[] = [];
  const parts = { prepareTransport: (way: CallWay) => void prepared.push(way) };
  return {
    clock,
    prepared,
    preparing: createOwnPreparing({ chats: { store }, clock, loadSession: () => Promise.resolve({ parts }) }),
    setCall(way: CallWay) {
      const chats = new Map([[chatId, aListed({ call: { ...going, way } })]]);
      store.setState({ list: { ...EMPTY_LIST, chats } });
    },
  };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
