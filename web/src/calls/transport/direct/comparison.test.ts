import type { CallSignal } from '@dialog/shared/calls.direct.values';
import { beforeEach, expect, test, vi } from 'vitest';
import { createComparison } from './comparison.ts';

let underWay = 0;
const { subtle } = crypto;
const digest = subtle.digest.bind(subtle);
beforeEach(() => {
  vi.spyOn(subtle, 'digest').mockImplementation((...asked) => {
    underWay += 1;
    return digest(...asked).finally(() => (underWay -= 1));
  });
});

const A = 'sha-256 AA:AA';
const B = 'sha-256 BB:BB';
const MIDDLE = 'sha-256 CC:CC';

test('both show the same four, and others in the next call', async () => {
  const one = twoSides();
  await one.meet({ anna: { mine: A, theirs: B }, ben: { mine: B, theirs: A } });
  expect(one.anna.shown()).toHaveLength(4);
  expect(one.anna.shown()).toEqual(one.ben.shown());
  const another = twoSides();
  await another.meet({ anna: { mine: A, theirs: B }, ben: { mine: B, theirs: A } });
  expect(another.anna.shown()).not.toEqual(one.anna.shown());
});

test('who passes on what both say and only puts in certificates of their own is noticed, and both are told', async () => {
  const { anna, ben, meet } = twoSides();
  await meet({ anna: { mine: A, theirs: MIDDLE }, ben: { mine: B, theirs: MIDDLE } });
  expect(anna.shown()).toBe('forged');
  expect(ben.shown()).toBe('forged');
});

test.each([
  ['what was said in an earlier call', (earlier: Said) => earlier.ben],
  ['what one has said oneself', (_earlier: Said, now: Said) => now.anna],
])('who plays %s once more is noticed', async (_what, played) => {
  const earlier = twoSides();
  const heard: Said = { anna: [], ben: [] };
  await earlier.meet({ anna: { mine: A, theirs: B }, ben: { mine: B, theirs: A } }, heard);
  const { anna, said } = twoSides();
  anna.know({ mine: A, theirs: MIDDLE });
  await settled();
  for (const kind of ['commit', 'reveal'] as const) {
    for (const signal of played(heard, said)) if (signal.kind === kind) anna.take(signal);
    await settled();
  }
  expect(said.anna.map(({ kind }) => kind)).toEqual(['commit', 'reveal']);
  expect(anna.shown()).toBe('forged');
});

test('who sits in between and speaks with each for themselves makes them see different ones', async () => {
  const left = twoSides();
  const right = twoSides();
  await left.meet({ anna: { mine: A, theirs: MIDDLE }, ben: { mine: MIDDLE, theirs: A } });
  await right.meet({ anna: { mine: MIDDLE, theirs: B }, ben: { mine: B, theirs: MIDDLE } });
  expect(left.anna.shown()).toHaveLength(4);
  expect(right.ben.shown()).toHaveLength(4);
  expect(left.anna.shown()).not.toEqual(right.ben.shown());
});

test('nothing is revealed before the other side has committed', async () => {
  const { anna, said } = twoSides();
  anna.know({ mine: A, theirs: B });
  await settled();
  expect(said.anna.map(({ kind }) => kind)).toEqual(['commit']);
});

test('a second commitment, which could have been chosen by what was revealed, counts for nothing', async () => {
  const { anna, said } = twoSides();
  anna.know({ mine: A, theirs: B });
  anna.take({ kind: 'commit', digest: 'a'.repeat(64) });
  await settled();
  expect(said.anna.map(({ kind }) => kind)).toEqual(['commit', 'reveal']);
  const chosen = twoSides();
  chosen.ben.know({ mine: B, theirs: A });
  await settled();
  for (const signal of chosen.said.ben) anna.take(signal);
  chosen.ben.take({ kind: 'commit', digest: 'b'.repeat(64) });
  await settled();
  for (const signal of chosen.said.ben) anna.take(signal);
  await settled();
  expect(anna.shown()).toBe('forged');
});

test('a number that overtakes the commitment on its way is kept until that has come', async () => {
  const { anna, ben, said } = twoSides();
  anna.know({ mine: A, theirs: B });
  ben.know({ mine: B, theirs: A });
  await settled();
  for (const signal of said.anna.splice(0)) ben.take(signal);
  await settled();
  for (const signal of said.ben.toReversed()) anna.take(signal);
  await settled();
  for (const signal of said.anna) ben.take(signal);
  await settled();
  expect(anna.shown()).toHaveLength(4);
  expect(anna.shown()).toEqual(ben.shown());
});

test('a certificate that changes afterwards is noticed', async () => {
  const { anna, meet } = twoSides();
  await meet({ anna: { mine: A, theirs: B }, ben: { mine: B, theirs: A } });
  anna.know({ mine: A, theirs: MIDDLE });
  await settled();
  expect(anna.shown()).toBe('forged');
});

test('nothing to compare is said before there is a way, and all of it then', async () => {
  const { anna, ben, said, begin, meet } = twoSides({ hasWay: false });
  const known = { anna: { mine: A, theirs: B }, ben: { mine: B, theirs: A } };
  await meet(known);
  expect([said.anna, said.ben, anna.shown()]).toEqual([[], [], null]);
  begin();
  await meet(known);
  expect(anna.shown()).toHaveLength(4);
  expect(anna.shown()).toEqual(ben.shown());
});

interface Known {
  readonly mine: string;
  readonly theirs: string;
}

type Said = Record<'anna' | 'ben', CallSignal[]>;

/** Anna and Ben, and a server that passes on what they say when it is told to. */
function twoSides({ hasWay = true } = {}) {
  const said: Said = { anna: [], ben: [] };
  const anna = createComparison({ me: 'anna', other: 'ben', send: (signal) => said.anna.push(signal), changed() {} });
  const ben = createComparison({ me: 'ben', other: 'anna', send: (signal) => said.ben.push(signal), changed() {} });
  const begin = (): void => [anna, ben].forEach((side) => side.begin());
  if (hasWay) begin();
  return {
    anna,
    ben,
    said,
    begin,
    /** `heard`: where the server keeps what they said. */
    async meet(known: { readonly anna: Known; readonly ben: Known }, heard?: Said): Promise<void> {
      anna.know(known.anna);
      ben.know(known.ben);
      for (let round = 0; round < 4; round += 1) {
        await settled();
        for (const [who, other] of [['anna', ben] as const, ['ben', anna] as const])
          for (const signal of said[who].splice(0)) {
            heard?.[who].push(signal);
            other.take(signal);
          }
      }
      await settled();
    },
  };
}

/** SHA-256 is done on another thread: until nothing is under way there, nor was begun by what came of it. */
async function settled(): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 1));
  while (underWay > 0);
}
