import { expect, test } from 'vitest';
import { aParticipant } from '../testing.ts';
import { routeOf, statisticsOf } from './statistics.ts';
import { aStream, figuresOf } from './testing.ts';

test('numbers are written as in the language of the page, each person by themselves and voice before picture', () => {
  const [me, anna, ben] = [aParticipant('Me', { isMe: true }), aParticipant('Anna'), aParticipant('Ben')];
  const of = (identity: string) => ({ identity, packets: 200, lost: 25 });
  const figures = figuresOf([
    aStream({ ...of(me.identity), source: 'camera', width: 1_280, height: 720, framesPerSecond: 29.7, codec: 'VP8' }),
    aStream(of(me.identity)),
    aStream({ ...of(anna.identity), direction: 'received', packets: 0, lost: 0, jitterMs: null, codec: null }),
  ]);
  const rows = (language: string) =>
    statisticsOf(figures, [me, anna, ben], language).map(({ name, rows: all }) => [
      name,
      ...all.map(({ loss, jitter, form }) => [loss, jitter, form]),
    ]);
  expect(rows('de')).toEqual([
    ['Me', ['12,5 %', '3 ms', 'opus'], ['12,5 %', '3 ms', '1280 × 720, 30/s, VP8']],
    ['Anna', ['–', '–', '–']],
  ]);
  expect(rows('en')[0]?.[1]).toEqual(['12.5 %', '3 ms', 'opus']);
});

test('only what goes from one device to the other is called direct', () => {
  const path = { isRelayed: false, protocol: 'udp' };
  expect(routeOf(path, 'direct')).toBe('straight');
  expect(routeOf(path, 'sfu')).toBe('throughServer');
  for (const way of ['direct', 'sfu'] as const) expect(routeOf({ ...path, isRelayed: true }, way)).toBe('relayed');
});
