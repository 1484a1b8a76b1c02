import type { CallModerated } from '@dialog/shared/calls.moderation.values';
import { CallId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createFakeCall } from '../../testing/fakeServer.ts';
import { aChatId, aUserId } from '../../testing/ids.ts';
import { type CallState, NO_CALL } from '../call.store.ts';
import { beginCall } from '../own/beginCall.ts';
import { readHabits } from '../devices/habits.ts';
import type { LocalMediaState } from '../devices/local.media.ts';
import { createCallOrder, type OrderNote } from './call.order.ts';

const [me, anna, ben] = [aUserId(1), aUserId(2), aUserId(3)];
const chatId = aChatId(1);

test('who muted me is shown until I unmute', () => {
  const world = inCall();
  world.hear({ what: 'muted', userId: me, source: 'microphone' });
  world.want('microphone', false);
  expect(world.order.store.getState().mutedBy).toBe(anna);
  world.order.unmute();
  expect(world.wanted()).toEqual({ microphone: true, camera: true });
  expect(world.order.store.getState().mutedBy).toBeNull();
});

test('a question to unmute unmutes nobody: I decide, and who speaks already is not asked', () => {
  const world = inCall();
  world.hear({ what: 'askedToUnmute', userId: me });
  expect(world.order.store.getState().askedBy).toBeNull();
  world.want('microphone', false);
  world.hear({ what: 'askedToUnmute', userId: me });
  expect(world.order.store.getState().askedBy).toBe(anna);
  expect(world.wanted().microphone).toBe(false);
  world.order.stayMuted();
  expect(world.order.store.getState().askedBy).toBeNull();
  expect(world.wanted().microphone).toBe(false);
});

test('what is done to others, or in another call, changes nothing here', () => {
  const world = inCall();
  world.hear({ what: 'muted', userId: ben, source: 'microphone' });
  world.hear({ what: 'muted', userId: me, source: 'microphone' }, CallId.parse(uuidv7()));
  expect(world.order.store.getState().mutedBy).toBeNull();
  expect(world.notes).toHaveLength(1);
});

test('whoever was removed can be let back in as long as the call lasts', () => {
  const world = inCall();
  world.hear({ what: 'removed', userId: ben });
  expect(world.order.store.getState().removed).toEqual([ben]);
  world.hear({ what: 'admittedAgain', userId: ben });
  expect(world.order.store.getState().removed).toEqual([]);
});

test('an end is said once, with who brought it about, when the call is over', () => {
  const world = inCall();
  world.hear({ what: 'removed', userId: me });
  expect(world.notes).toEqual([]);
  world.end('removed');
  expect(world.notes).toEqual([{ by: anna, chatId, act: { what: 'removed', userId: me } }]);
  expect(world.store.getState().ended).toBeNull();
});

function inCall() {
  const callId = CallId.parse(uuidv7());
  const active = beginCall({ chatId, callId, startedAt: '2026-01-01T00:00:00.000Z' });
  const store = createStore<CallState>(() => NO_CALL);
  const source = { isWanted: true, isStarting: false, problem: null, raw: null, track: null, effect: 'off' as const };
  const media = createStore<LocalMediaState>(() => ({
    ...{ microphone: source, camera: source },
    ...{ devices: { microphone: [], camera: [], speaker: [] }, choice: {}, habits: readHabits(null) },
  }));
  const hearers: ((told: CallModerated) => void)[] = [];
  const want = (kind: 'microphone' | 'camera', isWanted: boolean): void =>
    media.setState((state) => ({ [kind]: { ...state[kind], isWanted } }));
  const world = { store, want, notes: [] as OrderNote[] };
  const order = createCallOrder({
    me,
    call: createFakeCall().call,
    socket: { on: (_name: string, hear: (told: CallModerated) => void) => void hearers.push(hear) } as never,
    own: {
      store,
      media: { store: media, want },
      dismissEnd: () => store.setState({ ended: null }),
    },
  });
  order.onNote((note) => world.notes.push(note));
  store.setState({ active });
  return Object.assign(world, {
    order,
    wanted: () => ({
      microphone: media.getState().microphone.isWanted,
      camera: media.getState().camera.isWanted,
    }),
    hear(act: CallModerated['act'], of = callId): void {
      for (const hear of hearers) hear({ callId: of, by: anna, act });
    },
    end: (reason: 'removed' | 'ended') => store.setState({ active: null, ended: { chatId, reason } }),
  });
}
