import { CallId, ChatId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createTestClock } from '../../testing/testClock.ts';
import { type CallState, NO_CALL } from '../call.store.ts';
import { beginCall } from '../own/beginCall.ts';
import { aParticipant, aVideo } from '../testing.ts';
import type { Participant } from '../transport/media.transport.ts';
import { readHabits } from '../devices/habits.ts';
import { PAUSE_MS, SPEECH_MS } from './floor.ts';
import { createStage } from './stage.ts';

const call = {
  chatId: ChatId.parse(uuidv7()),
  callId: CallId.parse(uuidv7()),
  startedAt: '2026-11-23T12:00:00.000Z',
  isSealed: false,
};
const AT_FIRST = readHabits(null);
const me = aParticipant('Me', { isMe: true });

function start(count: number, kept: string | null = null) {
  const clock = createTestClock();
  const store = createStore<CallState>(() => ({ ...NO_CALL, active: beginCall(call) }));
  const habits = createStore(() => ({ habits: { ...AT_FIRST } }));
  const state = { kept };
  const stage = createStage({
    own: { store, media: { store: habits } },
    clock,
    kept: () => state.kept,
    keep(choice) {
      state.kept = choice;
    },
  });
  let people: readonly Participant[] = [
    me,
    ...Array.from({ length: count - 1 }, (_, index) => aParticipant(`P${index + 1}`, { spokeAt: count - index })),
  ];
  const show = (next: readonly Participant[]): void => {
    people = next;
    store.setState({ active: { ...beginCall(call), people } });
  };
  show(people);
  const nameOf = (tile: string | null): string | undefined => people.find((one) => one.identity === tile)?.name;
  return {
    stage,
    clock,
    state,
    hideMe: (isSelfHidden: boolean) => habits.setState({ habits: { ...AT_FIRST, isSelfHidden } }),
    end: () => store.setState(NO_CALL),
    /** Who speaks from now on. */
    speak: (...names: readonly string[]) =>
      show(people.map((one) => ({ ...one, isSpeaking: names.includes(one.name) }))),
    share: (name: string) => show(people.map((one) => (one.name === name ? { ...one, screen: aVideo(name) } : one))),
    remove: (name: string) => show(people.filter((one) => one.name !== name)),
    main: () => nameOf(stage.store.getState().layout.main),
    rest: () => stage.store.getState().layout.rest.map((tile) => nameOf(tile)),
  };
}

test('who speaks for a second becomes large by itself, without another event', async () => {
  const { stage, clock, speak, main } = start(3);
  stage.show('sidebar');
  expect(main()).toBe('P1');
  speak('P2');
  await clock.advance(SPEECH_MS - 1);
  expect(main()).toBe('P1');
  await clock.advance(1);
  expect(main()).toBe('P2');
  speak();
  await clock.advance(PAUSE_MS * 10);
  expect(main()).toBe('P2');
});

test('a screen that becomes large takes nobody’s place', () => {
  const { stage, share, rest } = start(5);
  stage.show('sidebar');
  expect(rest()).toEqual(['Me', 'P2', 'P3', 'P4']);
  share('P4');
  expect(rest()).toEqual(['Me', 'P1', 'P2', 'P3', 'P4']);
  stage.show('grid');
  share('P2');
  expect(rest().slice(1)).toEqual(['Me', 'P1', 'P2', 'P3', 'P4']);
});

test('when another becomes large, only those two change places', async () => {
  const { stage, clock, speak, rest } = start(5);
  stage.show('sidebar');
  expect(rest()).toEqual(['Me', 'P2', 'P3', 'P4']);
  speak('P3');
  await clock.advance(SPEECH_MS);
  expect(rest()).toEqual(['Me', 'P2', 'P1', 'P4']);
});

test('in the grid nobody moves for who speaks, as long as they are on the first page', async () => {
  const { stage, clock, speak, rest } = start(6);
  stage.fit(4);
  const before = rest();
  speak('P2');
  await clock.advance(SPEECH_MS);
  expect(rest()).toEqual(before);
  speak('P5');
  await clock.advance(PAUSE_MS + SPEECH_MS + 1);
  expect(rest()).toEqual(['Me', 'P1', 'P2', 'P5', 'P4', 'P3']);
});

test('the layout stays the very same object while only somebody speaks, so that no tile is drawn for it', () => {
  const { stage, speak } = start(4);
  const { layout } = stage.store.getState();
  speak('P1');
  speak('P1', 'P2');
  speak();
  expect(stage.store.getState().layout).toBe(layout);
});

test('nobody turns beyond the last page, and when it empties one is on the one before', () => {
  const { stage, remove } = start(5);
  stage.fit(2);
  stage.turnTo(7);
  expect(stage.store.getState().page).toBe(2);
  remove('P4');
  expect(stage.store.getState().page).toBe(1);
  stage.turnTo(-1);
  expect(stage.store.getState().page).toBe(0);
});

test('the layout is remembered on this device, what was pinned only as long as the call', () => {
  const first = start(3);
  first.stage.show('sidebar');
  first.stage.pin('somebody');
  first.end();
  expect(first.stage.store.getState().pinned).toBeNull();
  const again = start(3, first.state.kept);
  expect(again.stage.store.getState()).toMatchObject({ view: 'sidebar' });
  expect(start(3, '{"view":"upside down"}').stage.store.getState().view).toBe('grid');
});

test('who hides their own picture has its place for the others, at once', () => {
  const { hideMe, rest } = start(3);
  hideMe(true);
  expect(rest()).toEqual(['P1', 'P2']);
  hideMe(false);
  expect(rest()).toEqual(['Me', 'P1', 'P2']);
});
