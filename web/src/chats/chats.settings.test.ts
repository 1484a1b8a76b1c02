import { changedSettings, type SettingsChange } from '@dialog/shared/settings';
import type { Settings } from '@dialog/shared/settings.values';
import { expect, test } from 'vitest';
import { createFakeCall, createFakeSocket } from '../testing/fakeServer.ts';
import { aUserId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { EMPTY_LIST } from './chats.store.ts';
import { createChatSync } from './chats.sync.ts';

function aSync() {
  const [clock, socket] = [createTestClock(), createFakeSocket()];
  const sync = createChatSync({ me: aUserId(1), call: createFakeCall().call, socket, clock });
  sync.restore(EMPTY_LIST);
  const guess = (change: SettingsChange) => sync.guessSettings((settings) => changedSettings(settings, change));
  const tell = (settings: Settings): void => {
    const { revision } = sync.store.getState().list;
    socket.tell('personChanged', {
      ...{ from: revision, revision: revision + 1 },
      ...{ chats: [], gone: [], marks: [], folders: null, settings },
    });
  };
  return { tell, guess, settings: () => sync.store.getState().list.settings };
}

test('of two changes in a row that were both refused nothing stays, and the one that was not does', () => {
  const { guess, settings } = aSync();
  const before = settings();
  const [undoFirst, undoSecond] = [
    guess({ privacy: { write: 'nobody' } }),
    guess({ notifications: { showsContent: !before.notifications.showsContent } }),
  ];
  undoFirst();
  expect(settings().privacy.write).toBe(before.privacy.write);
  expect(settings().notifications.showsContent).toBe(!before.notifications.showsContent);
  undoSecond();
  expect(settings()).toEqual(before);
});

test('what the server says meanwhile is not undone', () => {
  const { tell, guess, settings } = aSync();
  const undo = guess({ privacy: { write: 'nobody' } });
  const told = changedSettings(EMPTY_LIST.settings, { privacy: { call: 'nobody' } });
  tell(told);
  undo();
  expect(settings()).toEqual(told);
});

test('the answer to one change takes back no other one that still waits for its own', () => {
  const { tell, guess, settings } = aSync();
  const [write, receipts] = [{ privacy: { write: 'friends' } }, { privacy: { readReceipts: false } }] as const;
  const settled = [guess(write), guess(receipts)];
  const first = changedSettings(EMPTY_LIST.settings, write);
  tell(first);
  settled[0]?.();
  expect(settings().privacy).toMatchObject({ write: 'friends', readReceipts: false });
  tell(changedSettings(first, receipts));
  settled[1]?.();
  expect(settings().privacy).toMatchObject({ write: 'friends', readReceipts: false });
});
