import { expect, test } from 'vitest';
import { createMicrophoneHints, type Heard } from './microphone.hints.ts';

const SPEECH = { loudness: 0.1, peak: 0.3 };
const ROOM = { loudness: 0.001, peak: 0.004 };
const NOTHING = { loudness: 0, peak: 0 };

/** What is said at the end, and at any time, while a microphone hears this for so long. */
function listen(...parts: readonly (Omit<Heard, 'atMs'> & { readonly forMs: number })[]) {
  const hintOf = createMicrophoneHints();
  const said: (string | null)[] = [];
  let atMs = 0;
  for (const { forMs, ...heard } of parts)
    for (const until = atMs + forMs; atMs < until; atMs += 100) said.push(hintOf({ ...heard, atMs }));
  return { last: said.at(-1), ever: said.filter((hint) => hint !== null) };
}

test('who speaks while muted is told so, and a while longer', () => {
  expect(listen({ ...SPEECH, isMuted: true, forMs: 1_000 }).last).toBe('talkingMuted');
  const pause = { ...ROOM, isMuted: true, forMs: 2_000 };
  expect(listen({ ...SPEECH, isMuted: true, forMs: 1_000 }, pause).last).toBe('talkingMuted');
  expect(listen({ ...SPEECH, isMuted: true, forMs: 1_000 }, pause, { ...pause, forMs: 4_000 }).last).toBeNull();
});

test('a cough, a quiet room and a voice that is heard are nothing to say anything about', () => {
  const quiet = { ...ROOM, isMuted: true, forMs: 3_000 };
  expect(listen(quiet, { ...SPEECH, isMuted: true, forMs: 300 }, quiet).ever).toEqual([]);
  expect(listen({ ...SPEECH, isMuted: false, forMs: 30_000 }).ever).toEqual([]);
});

test('unmuting ends the hint at once, and what was said before counts no more', () => {
  const talk = { ...SPEECH, isMuted: true, forMs: 1_000 };
  expect(listen(talk, { ...SPEECH, isMuted: false, forMs: 100 }).last).toBeNull();
  expect(
    listen(talk, { ...SPEECH, isMuted: false, forMs: 100 }, { ...ROOM, isMuted: true, forMs: 200 }).last,
  ).toBeNull();
});

test('a microphone that gives nothing at all is told after some seconds; a quiet room is not nothing', () => {
  expect(listen({ ...NOTHING, isMuted: false, forMs: 5_000 }).ever).toEqual([]);
  expect(listen({ ...NOTHING, isMuted: false, forMs: 7_000 }).last).toBe('dead');
  expect(listen({ ...ROOM, isMuted: false, forMs: 60_000 }).ever).toEqual([]);
  expect(listen({ ...NOTHING, isMuted: false, forMs: 7_000 }, { ...ROOM, isMuted: false, forMs: 100 }).last).toBeNull();
});

test('the silence of a mute is not counted when it ends', () => {
  expect(
    listen({ ...NOTHING, isMuted: true, forMs: 60_000 }, { ...NOTHING, isMuted: false, forMs: 1_000 }).ever,
  ).toEqual([]);
});
