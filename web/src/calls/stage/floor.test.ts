import { expect, test } from 'vitest';
import { type Floor, listen, listenAgainIn, PAUSE_MS, SILENCE, SPEECH_MS } from './floor.ts';

/** Who has the floor after these people spoke from these moments on. */
function hear(...moments: readonly (readonly [number, ...string[]])[]): Floor {
  return moments.reduce((floor, [now, ...speaking]) => listen(floor, new Set(speaking), now), SILENCE);
}

test('whoever speaks for a second has the floor, and keeps it in silence', () => {
  expect(hear([0, 'anna'], [SPEECH_MS - 1, 'anna']).speaker).toBeNull();
  expect(hear([0, 'anna'], [SPEECH_MS, 'anna']).speaker).toBe('anna');
  expect(hear([0, 'anna'], [SPEECH_MS, 'anna'], [1_500], [60_000]).speaker).toBe('anna');
});

test('a cough does not take the floor', () => {
  expect(hear([0, 'anna'], [1_000, 'anna'], [2_000], [4_000, 'ben'], [4_400], [9_000]).speaker).toBe('anna');
});

test('coughs far apart do not add up', () => {
  expect(hear([0, 'ben'], [300], [300 + PAUSE_MS + 1, 'ben'], [1_500, 'ben']).speaker).toBeNull();
});

test('a breath within a sentence does not lose it', () => {
  expect(hear([0, 'anna'], [400], [400 + PAUSE_MS, 'anna'], [1_400, 'anna']).speaker).toBe('anna');
});

test('two who speak at once do not take turns on the screen', () => {
  const both = hear([0, 'anna'], [1_000, 'anna'], [1_200, 'anna', 'ben'], [8_000, 'anna', 'ben']);
  expect(both.speaker).toBe('anna');
  const silent = listen(both, new Set(['ben']), 8_100);
  expect(silent.speaker).toBe('anna');
  expect(listen(silent, new Set(['ben']), 8_101 + PAUSE_MS).speaker).toBe('ben');
});

test('of several who wait the one who began first is next', () => {
  expect(hear([0, 'ben'], [100, 'ben', 'anna'], [1_200, 'ben', 'anna']).speaker).toBe('ben');
});

test('it says when to listen again, so that nobody has to stop before they are seen', () => {
  const begun = hear([0, 'anna']);
  expect(listenAgainIn(begun, 0)).toBe(SPEECH_MS);
  const speaking = hear([0, 'anna'], [1_000, 'anna']);
  expect(listenAgainIn(speaking, 1_000)).toBeNull();
  const over = listen(speaking, new Set(), 2_000);
  expect(listenAgainIn(over, 2_000)).toBe(PAUSE_MS + 1);
  expect(listenAgainIn(listen(over, new Set(), 2_001 + PAUSE_MS), 2_001 + PAUSE_MS)).toBeNull();
});
