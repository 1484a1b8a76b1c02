import { expect, test } from 'vitest';
import { verdictOf } from './network.verdict.ts';

const GOOD = { roundTripsMs: [30, 32, 29, 41, 30], kilobitsPerSecond: 20_000, canConnect: true, relay: 'udp' } as const;

test('a steady, quick and wide network is good for calls', () => {
  expect(verdictOf(GOOD)).toEqual({ kind: 'good', roundTripMs: 30, kilobitsPerSecond: 20_000 });
  expect(verdictOf({ ...GOOD, kilobitsPerSecond: null }).kind).toBe('good');
});

test.each([
  ['slow', { roundTripsMs: [400, 420, 410] }],
  ['unsteady', { roundTripsMs: [30, 30, 220, 35, 31] }],
  ['narrow', { kilobitsPerSecond: 500 }],
])('on a %s network calls may stutter', (_what, measured) => {
  expect(verdictOf({ ...GOOD, ...measured }).kind).toBe('mayStutter');
});

test('a browser that connects nothing lets no call through, however good the network is', () => {
  expect(verdictOf({ ...GOOD, canConnect: false }).kind).toBe('blocked');
});

test('a network that lets calls out only by a detour says so, and one that lets none out before all figures', () => {
  expect(verdictOf({ ...GOOD, relay: 'detour' }).kind).toBe('detour');
  expect(verdictOf({ ...GOOD, relay: 'detour', kilobitsPerSecond: 500 }).kind).toBe('mayStutter');
  expect(verdictOf({ ...GOOD, relay: 'none', kilobitsPerSecond: 500 }).kind).toBe('closed');
  expect(verdictOf({ ...GOOD, relay: null }).kind).toBe('good');
});

test('a server that does not answer is said first', () => {
  expect(verdictOf({ roundTripsMs: [], kilobitsPerSecond: null, canConnect: false, relay: 'none' })).toMatchObject({
    kind: 'silent',
    roundTripMs: null,
  });
});
