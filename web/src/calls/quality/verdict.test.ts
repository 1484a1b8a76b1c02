import { expect, test } from 'vitest';
import type { Figures } from './figures.ts';
import { aStream, figuresOf } from './testing.ts';
import { judge, LOOKS_KEPT, type Seen, type Verdict } from './verdict.ts';

const me = { identity: 'me', isMe: true, isPoor: false, isLost: false };
const anna = { identity: 'anna', isMe: false, isPoor: false, isLost: false };
const ben = { ...anna, identity: 'ben' };

/** What is said after each look. */
function said(looks: readonly Figures[], people: Seen['people'] = [me, anna, ben], isDirect = false): Verdict[] {
  let verdict: Verdict = { kind: 'good' };
  return looks.map((_, at) => {
    verdict = judge(verdict, { figures: looks.slice(Math.max(0, at + 1 - LOOKS_KEPT), at + 1), people, isDirect });
    return verdict;
  });
}

function sentLosing(percent: number): Figures {
  return figuresOf([aStream({ lost: percent })]);
}

function receivedLosing(lost: { readonly anna: number; readonly ben?: number }): Figures {
  const streams = Object.entries(lost).map(([identity, percent]) =>
    aStream({ identity, direction: 'received', lost: percent }),
  );
  return figuresOf(streams);
}

function times<T>(count: number, one: T): T[] {
  return Array.from({ length: count }, () => one);
}

test('that my link loses what I send is said after six seconds, with the share', () => {
  expect(said(times(3, sentLosing(12)))).toEqual([{ kind: 'good' }, { kind: 'good' }, { kind: 'sent', percent: 12 }]);
});

test('one bad moment is not worth a word', () => {
  const looks = [...times(5, sentLosing(0)), sentLosing(13), ...times(5, sentLosing(0))];
  expect(said(looks).every(({ kind }) => kind === 'good')).toBe(true);
});

test('what was lost at once while a way was looked for is not said of the link that was found', () => {
  for (const looks of [
    [sentLosing(0), sentLosing(60), ...times(5, sentLosing(0))],
    [...times(3, sentLosing(0)), sentLosing(40), sentLosing(30), ...times(5, sentLosing(0))],
  ])
    expect(said(looks).every(({ kind }) => kind === 'good')).toBe(true);
});

test('in a direct call nobody can tell on which side it is lost', () => {
  const both = figuresOf([aStream({ lost: 12 }), aStream({ identity: 'anna', direction: 'received', lost: 8 })]);
  expect(said(times(3, both), [me, anna], true).at(-1)).toEqual({ kind: 'between', percent: 10 });
  expect(said(times(3, receivedLosing({ anna: 9 })), [me, anna], true).at(-1)).toEqual({ kind: 'between', percent: 9 });
});

test('what was said stays while the loss goes up and down about the mark, and its number with it', () => {
  const looks = Array.from({ length: 40 }, (_, at) => sentLosing(at % 2 === 0 ? 4 : 7));
  const kinds = said(looks).slice(4);
  expect(new Set(kinds.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(kinds[0]).toMatchObject({ kind: 'sent' });
});

test('a link that is good again is good after ten seconds', () => {
  const verdicts = said([...times(6, sentLosing(12)), ...times(8, sentLosing(0))]);
  expect(verdicts[9]).toMatchObject({ kind: 'sent' });
  expect(verdicts[10]).toEqual({ kind: 'good' });
});

test('what is lost of everyone is lost on my side', () => {
  expect(said(times(3, receivedLosing({ anna: 9, ben: 11 }))).at(-1)).toEqual({ kind: 'received', percent: 10 });
});

test('what is lost of one alone is lost on theirs', () => {
  expect(said(times(5, receivedLosing({ anna: 12, ben: 0 }))).at(-1)).toEqual({ kind: 'person', identity: 'anna' });
});

test('of two people in a call, the other is left time to say that it is on their side', () => {
  const looks = times(5, receivedLosing({ anna: 12 }));
  expect(said(looks.slice(1), [me, anna]).at(-1)).toEqual({ kind: 'good' });
  expect(said(looks, [me, anna]).at(-1)).toEqual({ kind: 'received', percent: 12 });
  expect(said(looks, [me, { ...anna, isPoor: true }]).at(-1)).toEqual({ kind: 'person', identity: 'anna' });
});

test('a long way and a narrow one are told apart', () => {
  const slow = figuresOf([aStream()], { roundTripMs: 900 });
  expect(said(times(3, slow)).at(-1)).toEqual({ kind: 'slow', roundTripMs: 900 });
  const camera = aStream({ source: 'camera', limitedBy: 'bandwidth', bitsPerSecond: 90_000 });
  expect(said(times(3, figuresOf([camera], { roomBps: 100_000 }))).at(-1)).toEqual({ kind: 'narrow' });
  expect(said(times(3, figuresOf([camera]))).at(-1)).toEqual({ kind: 'narrow' });
});

test('a picture that takes little is no narrow link while more would get through, and alone nobody has a poor one', () => {
  const camera = aStream({ source: 'camera', limitedBy: 'bandwidth', bitsPerSecond: 90_000 });
  expect(said(times(3, figuresOf([camera], { roomBps: 2_000_000 }))).at(-1)).toEqual({ kind: 'good' });
  expect(said(times(3, figuresOf([camera])), [me]).at(-1)).toEqual({ kind: 'good' });
});

test('a computer that is busy for a moment goes without a word, one that stays so does not', () => {
  const busy = figuresOf([aStream({ source: 'camera', limitedBy: 'cpu' })]);
  expect(said(times(9, busy)).at(-1)).toEqual({ kind: 'good' });
  expect(said(times(10, busy)).at(-1)).toEqual({ kind: 'busy' });
});
