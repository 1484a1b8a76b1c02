import { expect, test } from 'vitest';
import { badMoments } from './badMoments.ts';
import type { Figures } from './figures.ts';
import { aStream, figuresOf } from './testing.ts';
import type { Verdict } from './verdict.ts';

const GOOD: Verdict = { kind: 'good' };
const SLOW: Verdict = { kind: 'slow', roundTripMs: 900 };
const NARROW: Verdict = { kind: 'narrow' };

/** One after the other, each of two seconds. */
function looks(...each: readonly Figures[]): readonly Figures[] {
  return each.map((figures, at) => ({ ...figures, since: at * 2_000, at: (at + 1) * 2_000 }));
}

const losing = (direction: 'sent' | 'received', percent: number): Figures =>
  figuresOf([aStream({ direction, lost: percent })]);
const slow = (roundTripMs: number): Figures => figuresOf([aStream()], { roundTripMs });
const camera = aStream({ source: 'camera', limitedBy: 'bandwidth', bitsPerSecond: 90_000 });

test('a verdict that begins tells of all looks that led to it, one that goes on of the newest', () => {
  const four = looks(slow(20), slow(900), slow(900), slow(900));
  expect(badMoments(four, { was: GOOD, verdict: SLOW, isDirect: false })).toEqual([
    { kind: 'slow', from: 2_000, to: 8_000, loss: 0 },
  ]);
  expect(badMoments(four, { was: SLOW, verdict: SLOW, isDirect: false })).toMatchObject([{ from: 6_000, to: 8_000 }]);
  // It is said for a while longer, and is over.
  expect(badMoments(looks(slow(900), slow(20)), { was: SLOW, verdict: SLOW, isDirect: false })).toEqual([]);
});

test('in a direct call it is nobody’s connection alone that is slow, has little room, or loses', () => {
  const said = (verdict: Verdict, figures: Figures) =>
    badMoments(looks(figures), { was: verdict, verdict, isDirect: true }).map(({ kind }) => kind);
  expect(said(SLOW, slow(900))).toEqual(['slowBetween']);
  expect(said(NARROW, figuresOf([camera]))).toEqual(['narrowBetween']);
  expect(said(GOOD, losing('received', 12))).toEqual(['between']);
});

test('a loss that a verdict speaks of counts also where it is small, and without one only where it is not', () => {
  const verdict: Verdict = { kind: 'sent', percent: 5 };
  const small = looks(losing('sent', 3), losing('sent', 3), losing('sent', 10));
  expect(badMoments(small, { was: GOOD, verdict, isDirect: false })).toMatchObject([{ kind: 'sent', from: 0 }]);
  expect(badMoments(looks(losing('sent', 3)), { was: verdict, verdict, isDirect: false })).toHaveLength(1);
  expect(badMoments(looks(losing('sent', 3)), { was: GOOD, verdict: GOOD, isDirect: false })).toEqual([]);
  expect(badMoments(looks(losing('sent', 6)), { was: GOOD, verdict: GOOD, isDirect: false })).toHaveLength(1);
});

test('what is lost on another’s side is not told as a loss of mine', () => {
  const person: Verdict = { kind: 'person', identity: 'anna' };
  expect(badMoments(looks(losing('received', 12)), { was: person, verdict: person, isDirect: false })).toEqual([]);
});
