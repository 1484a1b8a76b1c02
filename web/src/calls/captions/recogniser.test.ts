import { expect, test } from 'vitest';
import { canRecognise, type RecognitionMaker, recognise } from './recogniser.ts';
import { aBrowser } from './testing.ts';

const TRACK = { readyState: 'live' } as MediaStreamTrack;

test('captions are offered only where speech is recognised on the device with what is there', async () => {
  expect(await canRecognise(aBrowser('available').maker, 'en-US')).toBe(true);
  for (const answer of ['downloadable', 'downloading', 'unavailable', new Error('forbidden')])
    expect(await canRecognise(aBrowser(answer).maker, 'en-US')).toBe(false);
  expect(await canRecognise(undefined, 'en-US')).toBe(false);
  // As older browsers have it: they send what is said to their maker.
  const remote = { available: aBrowser('available').maker.available, prototype: {} };
  expect(await canRecognise(remote as unknown as RecognitionMaker, 'en-US')).toBe(false);
});

test('what is said is written down locally, the last words of it, until it is stopped', () => {
  const { maker, made } = aBrowser('available');
  let now = 0;
  let written = '';
  const stop = recognise({
    maker,
    language: 'de-DE',
    track: TRACK,
    now: () => now,
    write: (words) => (written = words),
    failed() {},
  });
  const [one] = made;
  expect(one).toMatchObject({ lang: 'de-DE', isLocal: true, continuous: true, starts: 1 });
  one?.hear('Guten Tag ', Array(30).fill('und').join(' '));
  expect(written.split(' ')).toHaveLength(24);
  now = 30_000;
  one?.onend?.();
  expect(one?.starts).toBe(2);
  // It ends at once: it does not work here, and is not begun over and over.
  one?.onend?.();
  expect(one?.starts).toBe(2);
  now = 60_000;
  stop();
  expect(one).toMatchObject({ isAborted: true, starts: 2 });
});
